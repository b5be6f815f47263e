// SPDX-License-Identifier: Apache-2.0
// The answering side of the desk: what the need was understood as, what to ask next, the suggestions, who was ruled out, past cases.
import {h, replace} from './dom.js';
import {aiNotice, opens, problemBox} from './parts.js';
import {call, may} from './api.js';
import {number, said, text} from './texts.js';
import {card, glance, joined, pairs} from './desk_card.js';
import './texts_diagnosis.js'; // its words for a program that fits

const EXAMPLES = [['desk.example.1', 'ai-manufacturing'], ['desk.example.2', 'ai-manufacturing'], ['desk.example.3', 'ai-bio']];
const demandLink = (id, words) => h('a', {href: `#/desk/${encodeURIComponent(id)}`}, words ?? id);

export function understood(desk) {
    const known = desk.reply.understood ?? [];
    if (!known.length) return h('p', {class: 'quiet'}, text('desk.understood.none'));
    const from = new Map(); // concept → its words, as they stand in the text
    for (const one of [...(desk.words?.mentions ?? []).filter((word) => !word.negated), ...(desk.words?.meaning ?? [])]) {
        const words = from.get(one.concept) ?? [];
        if (one.kind || !words.length) from.set(one.concept, [...new Set([...words, one.text])]);
    }
    return h('ul', {class: 'understood'}, known.slice(0, 6).map((one) => h('li', h('strong', said(one.title)),
        h('span', {class: 'quiet'}, text(`desk.facet.${one.facet}`), ' · ', text('desk.sure', {percent: number(100 * one.confidence)})),
        from.has(one.concept) && h('span', {class: 'words'}, from.get(one.concept).slice(0, 3).map((word) => [h('q', word), ' '])))));
}

/** Of a desk that routes: the programs in force that fit need and readiness, or may, with what is left to confirm. */
export function fitting(desk) {
    const {need_types: need, programs} = desk.reply, fit = programs.filter((one) => one.id !== desk.reply.program.id);
    const titles = (need?.types ?? []).map((one) => said(one.title)).join(', ');
    const confirm = (open) => open.length > 0 && opens(text('desk.programs.confirm', {count: open.length}), h('ul', {class: 'quiet'},
        open.map((reason) => h('li', said(reason)))));
    const badge = (one) => h('span', {class: one.fits && !one.to_confirm ? 'badge good' : 'badge warn'},
        text(!one.fits ? 'dia.fits.open' : one.to_confirm ? 'dia.fits.confirm' : 'dia.fits'));
    return [titles && h('p', text(need.from === 'text' ? 'dia.needs.understood' : 'dia.needs.told', {needs: titles})),
        fit.length ? h('ul', {class: 'understood'}, fit.map((one) => h('li', h('strong', said(one.title)), ' ', badge(one),
            h('span', {class: 'words'}, said(one.next)),
            confirm(one.reasons.filter((reason) => reason.met !== true)))))
            : h('p', {class: 'quiet'}, text('dia.programs.none'))];
}

export function questions(desk) {
    const {answers, reply} = desk, chosen = new Set(answers.map((one) => one.concept)), asks = reply.questions ?? [];
    const given = (one) => h('li', {class: 'chip answer'}, said(one.title), h('button', {type: 'button', class: 'plain',
        'aria-label': text('desk.undo', {title: said(one.title)}), onclick: () => desk.answer(one)}, '×'));
    return [
        answers.length > 0 && h('ul', {class: 'chips', 'aria-label': text('desk.answered')}, answers.map(given)),
        h('p', {class: 'hint'}, text(asks.length ? 'desk.questions.hint' : 'desk.questions.none')),
        asks.map((question) => h('div', {class: 'question', role: 'group', 'aria-label': said(question.text)}, h('h3', said(question.text)),
            h('div', {class: 'row'}, question.answers.filter((one) => !chosen.has(one.concept)).map((one) => h('button',
                {type: 'button', class: 'small', onclick: () => desk.answer(one)}, said(one.title)))))),
    ];
}

export function startHere(desk) {
    const example = ([key, program]) => h('li', h('button', {type: 'button', onclick: () => {
        if (desk.programs.some((one) => one.id === program)) desk.programChoice.value = desk.use(program);
        desk.box.value = desk.kept.text = text(key);
        desk.keep();
        desk.box.focus();
        desk.ask();
    }}, h('small', said(desk.programs.find((one) => one.id === program)?.title)), h('span', text(key))));
    return h('div', {class: 'panel pale start'}, h('h2', text('desk.start')), h('p', text('desk.start.what')),
        h('ol', {class: 'steps'}, ['write', 'read', 'ask', 'print'].map((step) => h('li', text(`desk.start.${step}`)))),
        may(desk.session, 'diagnose') && h('p', text('desk.start.which'), ' ', h('a', {href: '#/diagnosis'}, text('desk.start.diagnosis'))),
        h('h3', text('desk.start.try')), h('ul', {class: 'examples'}, EXAMPLES.map(example)));
}

export function results(desk) {
    const {counts, suggestions, details = []} = desk.reply;
    const fails = details.filter((one) => one.verdict === 'fail'), confirms = details.filter((one) => one.verdict !== 'fail');
    const sentences = (all) => h('ul', all.map((one) => h('li', said(one.text))));
    return [
        h('div', {class: 'row ends'}, h('h2', text('desk.results')),
            h('p', {class: 'quiet'}, text('desk.results.count', {count: suggestions.length, all: number(counts.suppliers)}))),
        aiNotice(desk.reply, desk.programTitle()),
        fails.length > 0 && h('div', {class: 'problem'}, h('p', h('strong', text('desk.ineligible'))), sentences(fails)),
        confirms.length > 0 && opens(text('desk.to-confirm', {count: confirms.length}), sentences(confirms)),
        suggestions.length === 0 && h('p', {class: 'note warn'}, text(counts.suppliers ? 'desk.results.none' : 'desk.results.nobody')),
        suggestions.length > 1 && glance(suggestions, (supplier) => desk.goTo(supplier)),
        h('ol', {class: 'suggestions', onkeydown: arrows}, suggestions.map((one) => card(one, desk.view(one)))),
        barred(desk),
    ];
}

function arrows(event) { // up and down between the suggestions' buttons
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.altKey || event.ctrlKey || !event.target.matches('.add')) return;
    const all = [...event.currentTarget.querySelectorAll('.add')];
    const next = all[all.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)];
    event.preventDefault();
    next?.focus();
    next?.closest('.suggestion').scrollIntoView({block: 'nearest'});
}

/** A pair rule in words: the page's own for the usual ones, else the program's sentence without what only a pair can fill in. */
export function ruleWords(id, program) {
    const words = text(`desk.rule.${id}`);
    if (!words.startsWith('desk.')) return words;
    const rule = program?.pair_rules?.find((one) => one.id === id);
    return rule ? said(rule.reason).replace(/\[[^\]]*\]/g, '').replace(/\{\w+\}/g, '…') : id;
}

function barred(desk) {
    const out = desk.reply.barred ?? [], rules = [...new Set(out.flatMap((one) => one.reasons))];
    const by = (rule) => out.filter((one) => one.reasons.includes(rule));
    return out.length > 0 && opens(text('desk.barred', {count: number(out.length)}), h('ul', rules.map((rule) => h('li',
        text('desk.barred.rule', {rule: ruleWords(rule, desk.file), count: number(by(rule).length)}),
        h('p', {class: 'quiet'}, by(rule).slice(0, 100).map((one) => one.name ?? one.supplier).join(', '), by(rule).length > 100 && ' …')))));
}

export function pastCases({cases}) {
    if (!cases) return null;
    const line = (one) => h('li', h('h3', demandLink(one.demand, one.title)),
        h('p', {class: 'quiet'}, [one.name, one.applied, text('desk.cases.like', {percent: number(100 * one.likeness)}),
            !one.outcomes.length && text('desk.outcome.none')].filter(Boolean).join(' · ')),
        one.outcomes.length > 0 && h('p', one.outcomes.map((outcome) => `${outcome.supplier} ${text(`desk.outcome.${outcome.stage}`)}`).join(' · ')),
        opens(text('desk.cases.need'), one.need && h('p', one.need),
            joined(one.evidence).length > 0 && [h('h4', text('desk.cases.words')), pairs(one.evidence, text('desk.side.demand'), text('desk.cases'))]));
    return [h('h2', {id: 'desk-cases'}, text('desk.cases')),
        cases.length ? h('ul', {class: 'past'}, cases.map(line)) : h('p', {class: 'quiet'}, text('desk.cases.none'))];
}

/** The other way round: whom a supplier could serve, asked for when somebody wants to know. */
export function serves(supplier, program, signal) {
    const place = h('div');
    const line = (one) => h('li', demandLink(one.demand, one.title), ` ${one.name ?? ''} · ${text('desk.points', {points: number(one.points, 1)})}`);
    const ask = async () => {
        try {
            const {reached} = await call('suggest', {program, supplier, k: 5}, {signal});
            replace(place, reached.length ? h('ul', reached.map(line)) : h('p', {class: 'quiet'}, text('desk.serves.none')));
        } catch (error) {
            if (error.name !== 'AbortError') replace(place, problemBox(error));
        }
    };
    return h('div', h('p', h('button', {type: 'button', class: 'small', onclick: ask}, text('desk.serves'))), place);
}
