// SPDX-License-Identifier: Apache-2.0
// #/diagnosis/STEP: the readiness questionnaire area by area, the ethics checklist, and what comes of them.
// Answers live here and in this tab's sessionStorage (a phone drops a page that is out of sight); the server stores none, signing out removes them.
import {call} from './api.js';
import {h, replace} from './dom.js';
import {busy, dialog} from './parts.js';
import {said, text} from './texts.js';
import {ethicsForm, faultOf, firmForm, questionsForm} from './diagnosis_form.js';
import {resultView} from './diagnosis_result.js';
import './texts_diagnosis.js';

export const styles = ['page_diagnosis.css'];

const KEY = 'ieum-diagnosis';
const blank = () => ({answers: {}, ethics: {}, firm: {name: '', region: '', size: '', founded: '', ksic: ''}, demand: '', maker: '', goods: null,
    need: [], text: ''});

let kept = blank();
try { kept = {...kept, ...JSON.parse(sessionStorage.getItem(KEY))}; } catch { /* nothing kept */ }
let form = null; // the questionnaire, the types of need, the checklist
let told = new Map(); // what the server refused: id of the control → its sentence, until the entry changes
let wanted = null; // the control to go to once its step is shown

function keep() {
    try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* only not kept */ }
}

const given = (value) => value !== undefined && value !== '';
const goods = () => (kept.maker ? kept.maker === 'yes' : kept.goods === true);
/** The wording for a firm that makes goods, where there is one. */
const worded = (one) => said((goods() && one.maker) || one.title || one.text);

// ---- steps

function stepsOf() {
    const count = (ids, answers) => ({all: ids.length, done: ids.filter((id) => given(answers[id])).length});
    const ids = (list) => list.map((one) => one.id);
    return [{id: 'firm', title: text('dia.firm')},
        ...form.questionnaire.areas.map((area) => ({id: area.id, title: worded(area), area, count: () => count(ids(area.questions), kept.answers)})),
        {id: 'ethics', title: text('dia.ethics'), count: () => count(ids(form.ethics.items), kept.ethics)},
        {id: 'result', title: text('dia.result')}];
}

function navigation(steps, now) {
    const bar = h('progress', {id: 'dia-progress', 'aria-label': text('dia.title')}), words = h('label', {for: 'dia-progress'});
    const counts = new Map();
    const items = steps.map((step) => {
        const seen = h('span', {class: 'count', 'aria-hidden': 'true'}), read = h('span', {class: 'unseen'});
        if (step.count) counts.set(step, {seen, read});
        return h('li', h('a', {href: `#/diagnosis/${step.id}`, 'aria-current': step === now && 'step'}, h('span', step.title),
            step.count && [' ', seen, read]));
    });
    const update = () => {
        let all = 0, done = 0;
        for (const [step, {seen, read}] of counts) {
            const count = step.count();
            seen.textContent = text('dia.done', count);
            read.textContent = text('dia.done.said', count);
            if (step.area) { all += count.all; done += count.done; }
        }
        bar.max = all;
        bar.value = done;
        words.textContent = text('dia.progress', {all, done});
    };
    update();
    return {update, element: h('div', {class: 'dia-steps no-print'}, h('nav', {'aria-label': text('dia.steps')}, h('ol', items)),
        h('p', {class: 'row'}, words, bar))};
}

const between = (steps, now) => {
    const at = steps.indexOf(now), before = steps[at - 1], after = steps[at + 1];
    return h('p', {class: 'row ends no-print dia-between'},
        before ? h('a', {class: 'button', href: `#/diagnosis/${before.id}`}, text('dia.back', {title: before.title})) : h('span'),
        after && h('a', {class: 'button primary', href: `#/diagnosis/${after.id}`},
            after.id === 'result' ? text('dia.to_result') : text('dia.next', {title: after.title})));
};

// ---- entries that cannot be

/** id of the control → what is wrong with it; where the engine knows more than the page, its own words. */
function faults() {
    const all = new Map(told);
    for (const area of form.questionnaire.areas)
        for (const question of area.questions) {
            const fault = faultOf(question, kept.answers[question.id]);
            if (fault) all.set(`answer-${question.id}`, fault);
        }
    return all;
}

/** The control that a pointer of the engine means: /firm/ksic/0, /demand/firm/founded, /answers/data-months. */
function controlOf(pointer) {
    const [first, second, third] = (pointer ?? '').split('/').slice(1);
    if (first === 'answers' && second) return `answer-${second}`;
    if (first === 'ethics' && second) return `ethics-${second}`;
    const field = first === 'firm' ? second : first === 'demand' && second === 'firm' ? third : null;
    if (field) return field in kept.firm ? `firm-${field}` : null;
    if (first === 'demand') return ['need', 'title'].includes(second) ? 'text' : 'demand';
    return first === 'need' ? 'need' : null;
}

const stepOf = (control) => {
    if (control.startsWith('ethics-')) return 'ethics';
    return form.questionnaire.areas.find((area) => area.questions.some((one) => `answer-${one.id}` === control))?.id ?? 'firm';
};

function goTo(control) {
    wanted = control;
    location.replace(`#/diagnosis/${stepOf(control)}`);
}

// ---- asking

function request() {
    const {answers, ethics, firm, demand, maker, need, text: words} = kept, asks = {answers: {}};
    for (const area of form.questionnaire.areas)
        for (const {id, kind} of area.questions) if (given(answers[id])) asks.answers[id] = kind === 'number' ? Number(answers[id]) : answers[id];
    if (Object.values(ethics).some(given)) asks.ethics = Object.fromEntries(Object.entries(ethics).filter(([, value]) => given(value)));
    if (need.length) asks.need = need;
    if (maker) asks.maker = maker === 'yes';
    if (demand.trim()) return {...asks, demand: demand.trim()};
    const about = {};
    for (const name of ['name', 'region', 'size', 'founded']) if (firm[name].trim()) about[name] = firm[name].trim();
    const ksic = firm.ksic.split(/[\s,;]+/).filter(Boolean);
    if (ksic.length) about.ksic = ksic;
    // What is written about the problem is read as a demand's text is.
    const named = {name: `(${text('dia.title')})`, ...about};
    if (words.trim()) return {...asks, demand: {id: 'diagnosis', program: 'diagnosis', need: words.trim(), firm: named}};
    return Object.keys(about).length ? {...asks, firm: about} : asks;
}

async function showResult(root, frame, session) {
    const wrong = faults();
    if (wrong.size) return void goTo(wrong.keys().next().value);
    const place = h('div', busy());
    replace(root, frame.head, place, frame.foot);
    try {
        const reply = await call('diagnose', request());
        kept.goods = reply.maker;
        keep();
        replace(place, resultView({reply, kept, form, session, worded}));
    } catch (error) {
        if (error.name !== 'Problem' || error.status === 401) throw error;
        const control = error.code === 'not_found' && kept.demand.trim() ? 'demand' : controlOf(error.pointer);
        if (!control) throw error;
        told.set(control, error.sentence);
        goTo(control);
    }
}

// ---- the page

export async function show(root, {params, session}) {
    form ??= await call('diagnose', {questionnaire: true});
    const steps = stepsOf(), now = steps.find((step) => step.id === params[0]) ?? steps[0];
    const fresh = h('button', {type: 'button', class: 'plain', onclick: async () => {
        const actions = [{id: 'yes', label: text('dia.new.do'), primary: true}];
        if (!await dialog({title: text('dia.new'), body: h('p', text('dia.new.sure')), actions})) return;
        kept = blank();
        told = new Map();
        keep();
        if (now === steps[0]) show(root, {params, session});
        else location.hash = '#/diagnosis/firm';
    }}, text('dia.new'));
    const steering = navigation(steps, now);
    const title = now === steps[0] ? text('dia.title') : `${text('dia.title')}: ${now.title}`;
    const head = [h('div', {class: 'row ends'}, h('h1', {tabindex: '-1'}, title), h('span', {class: 'no-print'}, fresh)), steering.element];
    if (now.id === 'result') return showResult(root, {head, foot: between(steps, now)}, session);
    const shown = faults();
    const context = {kept, form, worded, shown, changed: (control) => {
        told.delete(control);
        keep();
        steering.update();
    }};
    const body = now.id === 'firm' ? firmForm(context, {reworded: () => show(root, {params, session})}) : now.id === 'ethics' ? ethicsForm(context)
        : questionsForm(context, now.area);
    replace(root, head, now === steps[0] && h('p', {class: 'lead'}, text('dia.lead')),
        wanted && h('p', {class: 'problem', role: 'alert'}, text('dia.wrong', {count: shown.size})),
        h('form', {class: 'dia-form', novalidate: true, onsubmit: (event) => {
            event.preventDefault();
            location.hash = `#/diagnosis/${steps[steps.indexOf(now) + 1].id}`;
        }}, body, between(steps, now)), h('p', {class: 'hint'}, text('dia.kept')));
    if (wanted) {
        const control = root.querySelector(`[id="${CSS.escape(wanted)}"]`);
        (control?.matches('fieldset') ? control.querySelector('input') : control)?.focus();
        wanted = null;
    }
}
