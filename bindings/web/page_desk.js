// SPDX-License-Identifier: Apache-2.0
// The desk: a need as it is typed, or a registered demand → suggestions with their reasons, what to ask next, past cases, a shortlist to print.
import {call} from './api.js';
import {h, replace, announce} from './dom.js';
import {dialog, problemBox} from './parts.js';
import {number, said, text} from './texts.js';
import {addWords} from './desk_card.js';
import {askForm, paint, slashOn} from './desk_form.js';
import {taken} from './hand.js';
import {entry, panel, sheet} from './desk_list.js';
import {fitting, pastCases, questions, results, ruleWords, serves, startHere, understood} from './desk_shown.js';
import './texts_desk.js';

export const styles = ['page_desk.css'];

const KEY = 'ieum-desk', RESTING = 400, SLOW = 300; // milliseconds: before past cases are asked for; before an old answer is shown as old

// What outlives a change of language or a look at another page; it survives a reload too, in this tab alone.
let kept = {text: '', program: null, k: 5, answers: [], list: []};
try { kept = {...kept, ...JSON.parse(sessionStorage.getItem(KEY))}; } catch { /* nothing kept */ }
const open = new Set(); // suppliers whose numbers are open
const folds = {understood: innerWidth > 820, programs: innerWidth > 820, questions: innerWidth > 820}; // on a narrow screen the suggestions come first
const files = new Map(); // program files that were read
let programs = null;

const newest = (list) => {
    const today = new Date().toISOString().slice(0, 10);
    const runs = (one) => one.effective_from <= today && today <= (one.effective_to ?? '9999');
    return [...list].sort((a, b) => runs(b) - runs(a) || Boolean(b.routes) - Boolean(a.routes) || (b.effective_from ?? '').localeCompare(a.effective_from ?? ''))[0];
};

function programFile(id) {
    if (!files.has(id)) {
        files.set(id, call('program', {action: 'show', program: id}).then((told) => told.program, (error) => {
            files.delete(id);
            throw error;
        }));
    }
    return files.get(id);
}

/** What another page handed over, {program, text}; a need that stands here already gives way only when the person says so. → the program, or null */
async function take(given) {
    const {program = null, text: words} = given ?? {};
    if (words && words !== kept.text) {
        const actions = [{id: 'yes', label: text('desk.take.do'), primary: true}];
        if (kept.text.trim() && !await dialog({title: text('desk.take'), body: h('p', text('desk.take.sure')), actions})) return null;
        Object.assign(kept, {text: words, answers: []});
    }
    if (program) kept.program = program;
    return program;
}

export async function show(root, {params, session}) {
    programs ??= (await call('program', {action: 'list'})).programs;
    const record = params[0] ? await call('cases', {demand: params[0], k: 3}) : null;
    const desk = new Desk(root, session, record, await take(taken('desk')));
    desk.start();
    return () => desk.stop();
}

class Desk {
    constructor(root, session, record, program) {
        Object.assign(this, {root, session, record, kept, programs, cases: record?.cases ?? null, asked: '',
            reply: null, words: null, file: null, fault: null, chosen: null, running: null});
        const known = (id) => programs.some((one) => one.id === id);
        this.answers = record ? [] : kept.answers;
        this.program = [program, record?.program, kept.program].find(known) ?? newest(programs)?.id;
        this.stopped = new AbortController();
    }

    start() {
        this.more = h('div', {class: 'desk-more'});
        this.results = h('section', {class: 'desk-results', 'aria-label': text('desk.results')});
        this.past = h('section', {'aria-labelledby': 'desk-cases'});
        const shortlist = h('section', {class: 'desk-list panel pale', 'aria-labelledby': 'desk-list', tabindex: '-1'});
        this.paper = h('div', {class: 'only-print'});
        replace(this.root, h('div', {class: 'desk'}, askForm(this), this.more, this.results, shortlist), this.paper);
        this.list = panel(shortlist, kept.list, {changed: () => { this.keep(); this.drawListed(); }, print: () => window.print()});
        const listen = (where, what, does) => where.addEventListener(what, does, {signal: this.stopped.signal});
        listen(window, 'beforeprint', () => this.drawPaper());
        listen(document, 'keydown', (event) => this.key(event));
        this.draw();
        this.ask();
        if (this.box && document.activeElement === document.body) this.box.focus({preventScroll: true});
    }

    stop() {
        this.stopped.abort();
        this.rest();
    }

    /** Ends what runs or waits to run. */
    rest() {
        [this.timer, this.later, this.slow].forEach(clearTimeout);
        this.running?.abort();
        this.running = null;
        this.told?.stop();
        this.results.classList.remove('waits-long');
        this.waiting?.remove();
        this.results.removeAttribute('aria-busy');
    }

    keep() {
        try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* only not kept */ }
    }

    use(program) {
        kept.program = this.program = program;
        this.file = null;
        this.keep();
        this.tellProgram();
        return program;
    }

    /** What the chosen program is for, below its name. */
    async tellProgram() {
        const {program} = this;
        try {
            const file = await programFile(program);
            if (program === this.program) replace(this.about, said(file.summary));
        } catch (error) { // the name alone will do
            if (error.name !== 'Problem') throw error;
        }
    }

    async fresh() {
        if (kept.text.trim() || kept.list.length) {
            const actions = [{id: 'yes', label: text('desk.new.do'), primary: true}];
            if (!await dialog({title: text('desk.new'), body: h('p', text('desk.new.sure')), actions})) return;
        }
        this.answers = [];
        Object.assign(kept, {text: '', answers: this.answers});
        kept.list.length = 0;
        this.keep();
        if (this.record) return void (location.hash = '#/desk');
        this.box.value = '';
        this.list.draw();
        this.ask();
        this.box.focus();
    }

    // ---- asking

    askAfter(milliseconds) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), milliseconds);
    }

    /** Asks for suggestions; what was asked before is given up, so that an older answer never follows a newer one. */
    async ask() {
        this.rest();
        const {record} = this, words = kept.text.normalize('NFC');
        if (!record && Array.from(words.trim()).length < 2) {
            if (!words.trim()) this.answers.length = 0;
            this.keep();
            Object.assign(this, {reply: null, words: null, cases: null, fault: null, asked: ''});
            return this.draw();
        }
        const mine = this.running = new AbortController(), {signal} = mine;
        const asks = record ? {demand: record.demand} : {need: words};
        this.results.setAttribute('aria-busy', 'true');
        this.slow = setTimeout(() => this.wait(), SLOW);
        const optional = (promise) => promise.catch((error) => {
            if (error.name === 'AbortError' || error.status === 401) throw error;
            return null;
        });
        try {
            const answers = this.answers.map((one) => one.concept);
            const [reply, read, file] = await Promise.all([
                call('suggest', {program: this.program, ...asks, k: kept.k, questions: true, ...(answers.length && {answers})}, {signal}),
                optional(call('explain-text', {text: record ? record.need ?? '' : words}, {signal})),
                optional(programFile(this.program))]);
            if (mine !== this.running) return;
            Object.assign(this, {reply, words: read, file, fault: null, asked: words});
            if (!reply.suggestions.some((one) => one.supplier === this.chosen)) this.chosen = reply.suggestions[0]?.supplier ?? null;
            this.refreshListed();
            this.rest();
            this.draw();
            this.tell();
            if (!record) this.later = setTimeout(() => this.askCases(words), RESTING);
        } catch (error) {
            if (error.name === 'AbortError' || mine !== this.running) return;
            if (error.name !== 'Problem') console.error(error);
            this.rest();
            this.fault = error;
            this.drawResults();
        }
    }

    async askCases(need) {
        const mine = this.running = new AbortController();
        try {
            const {cases} = await call('cases', {need, k: 3}, {signal: mine.signal});
            if (mine !== this.running) return;
            this.cases = cases;
            replace(this.past, pastCases(this));
        } catch (error) { // the suggestions stand without them
            if (error.name !== 'AbortError' && error.name !== 'Problem') console.error(error);
        }
    }

    /** An answer takes longer: what is there fades; where nothing is there yet, it is said. */
    wait() {
        this.results.classList.add('waits-long');
        if (this.reply) return;
        this.waiting = h('p', {class: 'note'}, text('desk.waiting'));
        this.results.prepend(this.waiting);
        announce(text('desk.waiting'));
    }

    tell() {
        const {suggestions} = this.reply, [first] = suggestions;
        announce(first ? text('desk.results.said', {count: suggestions.length, name: first.name ?? first.supplier, points: number(first.points, 1)})
            : text('desk.results.none'));
    }

    answer(given) {
        const at = this.answers.findIndex((one) => one.concept === given.concept);
        if (at >= 0) this.answers.splice(at, 1);
        else this.answers.push({concept: given.concept, title: given.title});
        this.keep();
        this.drawMore();
        this.more.querySelector('#desk-questions').focus();
        this.ask();
    }

    // ---- showing

    draw() {
        this.drawMore();
        this.drawResults();
        paint(this);
    }

    /** Draws into `root` and gives the focus back to what is there again under the same name. */
    into(root, ...children) {
        const focus = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
        replace(root, ...children);
        if (focus) root.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({preventScroll: true});
    }

    drawMore() {
        if (!this.reply) return void replace(this.more);
        const fold = (name, content) => {
            const whole = h('details', {class: 'fold', open: folds[name], ontoggle: () => { folds[name] = whole.open; }},
                h('summary', {id: `desk-${name}`, 'data-focus': name}, h('h2', text(`desk.${name}`))), content);
            return whole;
        };
        this.into(this.more, fold('understood', understood(this)), this.reply.programs && fold('programs', fitting(this)), fold('questions', questions(this)));
    }

    drawResults() {
        const {reply, fault} = this;
        this.told?.stop();
        this.told = fault && problemBox(fault, {retry: () => this.ask()});
        if (!reply) return this.into(this.results, this.told ?? startHere(this));
        replace(this.past, pastCases(this));
        this.into(this.results, this.told, this.told && h('p', {class: 'quiet'}, text('desk.results.old')), results(this), this.past);
    }

    /** What a suggestion's card needs to know and may do. */
    view({supplier}, one = this.reply.suggestions.find((each) => each.supplier === supplier)) {
        return {
            program: this.file, rubric: this.reply.model.id === 'rubric', chosen: supplier === this.chosen, open: open.has(supplier),
            listed: this.isListed(supplier), rule: (id) => ruleWords(id, this.file), choose: () => this.choose(supplier), add: () => this.add(one),
            serves: () => serves(supplier, this.program, this.stopped.signal),
            toggle: (is) => { if (is) open.add(supplier); else open.delete(supplier); },
        };
    }

    choose(supplier) {
        if (this.chosen === supplier) return;
        this.chosen = supplier;
        for (const one of this.results.querySelectorAll('.suggestion')) one.classList.toggle('chosen', one.dataset.supplier === supplier);
        paint(this);
    }

    goTo(supplier) {
        const card = this.results.querySelector(`.suggestion[data-supplier="${CSS.escape(supplier)}"]`);
        card.querySelector('.add').focus({preventScroll: true});
        card.scrollIntoView({block: 'start'});
    }

    programTitle() {
        return said(programs.find((one) => one.id === this.reply.program.id)?.title);
    }

    // ---- the shortlist

    isListed(supplier) {
        return kept.list.some((item) => item.supplier === supplier);
    }

    question() {
        const {reply, record} = this, {id, version} = reply.program;
        return {demand: record?.demand ?? null, title: record?.title ?? null, need: record ? record.need ?? '' : this.asked,
            answers: this.answers.map((one) => one.title), program: {id, version, title: programs.find((one) => one.id === id)?.title},
            model: reply.model, data_hash: reply.data_hash};
    }

    add(one) {
        const at = kept.list.findIndex((item) => item.supplier === one.supplier);
        if (at >= 0) kept.list.splice(at, 1);
        else kept.list.push(entry(one, this.question()));
        this.keep();
        this.list.draw();
        this.drawListed();
        announce(text(at >= 0 ? 'desk.list.lost' : 'desk.list.has', {name: one.name ?? one.supplier, count: kept.list.length}));
    }

    /** What is on the list from this consultation follows the newest answer, so that the sheet shows what the page shows. */
    refreshListed() {
        const asked = this.question();
        for (const item of kept.list) {
            const now = this.reply.suggestions.find((one) => one.supplier === item.supplier);
            if (now && item.asked.demand === asked.demand) Object.assign(item, {...entry(now, asked), note: item.note});
        }
        this.keep();
        this.list.draw();
    }

    drawListed() {
        for (const one of this.results.querySelectorAll('.suggestion')) {
            const listed = this.isListed(one.dataset.supplier), button = one.querySelector('.add');
            button.classList.toggle('primary', !listed);
            replace(button, addWords(this.reply.suggestions.find((s) => s.supplier === one.dataset.supplier), listed));
        }
    }

    drawPaper() {
        const items = kept.list.length || !this.reply ? kept.list : this.reply.suggestions.map((one) => entry(one, this.question()));
        replace(this.paper, sheet(items, this.session.account, (id) => ruleWords(id, this.file)));
    }

    key(event) {
        if (event.isComposing || event.defaultPrevented || !this.box) return;
        const {target, key} = event, typing = target.closest?.('input, textarea, select, dialog');
        if (key === '/' && slashOn() && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
            event.preventDefault();
            this.box.focus();
        } else if (key === 'ArrowDown' && event.ctrlKey && target === this.box) {
            event.preventDefault();
            this.results.querySelector('.suggestion .add, .examples button')?.focus();
        }
    }
}
