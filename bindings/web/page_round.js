// SPDX-License-Identifier: Apache-2.0
// #/round/ID: one round, from applications to settlement. What all its parts share is the `view`: the round as it was read, the names of firms,
// what stood in dialogs that were closed, and how to read and draw again.
import {call} from './api.js';
import {h, replace} from './dom.js';
import {aiNotice} from './parts.js';
import {said, text} from './texts.js';
import {date, word} from './texts_round.js';
import {stepButton} from './page_round_act.js';
import {comparePanel} from './page_round_compare.js';
import {confirmButton, consentPanel, publishButton} from './page_round_consent.js';
import {historyPanel} from './page_round_history.js';
import {objectionPanel} from './page_round_objections.js';
import {proposalPanel, proposeButton, rematchButton} from './page_round_proposal.js';
import {selectButton, selectionPanel} from './page_round_selection.js';
import {whatIfPanel} from './page_round_what_if.js';

export const styles = ['page_round.css'];

const stages = ['open', 'selected', 'proposed', 'consent', 'confirmed', 'published', 'agreement', 'done', 'settled'];
const tabs = {selection: selectionPanel, proposal: proposalPanel, whatif: whatIfPanel, compare: comparePanel, consent: consentPanel,
    objections: objectionPanel, history: historyPanel};
const firstTab = {draft: 'selection', open: 'selection', selected: 'selection', proposed: 'proposal'};

const kept = new Map(); // views of rounds that were open: what was typed outlives a change of page or language

function learnNames(view) {
    const {selection, proposal} = view.data;
    for (const one of selection?.applicants ?? []) view.names.set(one.demand, one.name);
    for (const one of proposal?.applicants ?? []) {
        view.names.set(one.id, one.name);
        for (const supplier of [...one.suggestions ?? [], ...one.barred ?? []]) view.names.set(supplier.supplier, supplier.name);
    }
    for (const pair of proposal?.assignment?.proposed ?? []) view.names.set(pair.supplier, pair.supplier_name);
}

function makeView(id) {
    const view = {id, drafts: {}, changes: [], names: new Map(), tab: null};
    view.name = (party) => [party, view.names.get(party)].filter(Boolean).join(' ');
    view.pair = (demand, supplier) => `${view.name(demand)} – ${view.name(supplier)}`;
    view.side = (side) => {
        const place = view.program?.consent?.third_parties?.find((one) => one.id === side);
        return place ? said(place.title) : word('side', side);
    };
    view.load = async () => {
        view.data = await call('round', {step: 'show', round: id});
        learnNames(view);
    };
    view.refresh = async (key) => {
        await view.load();
        view.draw(key);
    };
    return view;
}

// ---- the head ----

function stageLine(view) {
    const at = stages.indexOf(view.data.round.state);
    return h('ol', {class: 'stages', 'aria-label': text('round.steps')}, stages.map((stage, i) =>
        h('li', {class: i < at ? 'passed' : i === at && 'here', 'aria-current': i === at && 'step'},
        h('span', {class: 'mark', 'aria-hidden': 'true'}, i < at ? '✓' : i + 1), word('state', stage), i < at
            && h('span', {class: 'unseen'}, ` (${text('round.passed')})`))));
}

function nextWords(view) {
    const {round, stale, pairs} = view.data;
    if (stale) return text('next.stale');
    if (['consent', 'proposed'].includes(round.state) && pairs.some((pair) => ['declined', 'lapsed'].includes(pair.state)
        && pair.pass === view.data.passes.length)) return text('next.declined');
    return text(`next.${round.state}`);
}

function nextButtons(view) {
    const {round, stale} = view.data;
    const open = () => stepButton(view, text('sel.open'), {step: 'open', title: text('sel.open')}, {primary: true});
    if (stale) return proposeButton(view, true);
    const go = () => h('button', {type: 'button', class: 'primary', onclick: () => view.go('consent')}, text('con.go'));
    return {draft: open, open: () => [selectButton(view, true), proposeButton(view)], selected: () => [proposeButton(view, true), selectButton(view)],
        proposed: () => [go(), proposeButton(view), confirmButton(view)], consent: () => [go(), confirmButton(view), rematchButton(view)],
        confirmed: () => publishButton(view), published: go, agreement: go, done: go}[round.state]?.() ?? null;
}

function headOf(view) {
    const {round, notice, proposal, selection, settings, draw} = view.data, decider = notice.decided_by;
    return [h('p', {class: 'crumb no-print'}, h('a', {href: '#/rounds'}, text('round.back'))), h('h1', text('round.one', {id: round.id})),
        h('p', {class: 'lead'},
            `${said(view.program?.title) || round.program} · ${word('state', round.state)} · ${text('round.revision')} ${round.revision}`),
            stageLine(view),
        h('section', {class: 'panel next no-print', 'aria-labelledby': 'round-next'}, h('h2', {id: 'round-next'}, text('round.next')), h('p', nextWords(view)),
            h('p', {class: 'row'}, nextButtons(view))),
        h('div', {class: 'decides'}, proposal?.model ? aiNotice(proposal, said(view.program?.title)) : selection?.program
            && aiNotice({...selection, model: {id: settings.model ?? 'rubric', hash: selection.model_hash}}, said(view.program?.title)),
            h('p', said(notice.text), ' ', decider ? text('round.decided', {by: decider.by, at: date(decider.at)}) : text('round.undecided')),
            draw && settings.method === 'random' && h('p', {class: 'hint'}, text('round.made_by', {hash: draw.commitment})))];
}

// ---- the parts ----

function tabList(view, panel) {
    const names = Object.keys(tabs);
    const choose = (name) => {
        view.tab = name;
        drawPanel(view, panel, list);
        document.getElementById(`tab-${name}`).focus();
    };
    view.go = choose;
    const list = h('div', {class: 'tabs', role: 'tablist', 'aria-label': text('round.tabs'), onkeydown: (event) => {
        const move = {ArrowRight: 1, ArrowLeft: -1, Home: -names.indexOf(view.tab), End: names.length - 1 - names.indexOf(view.tab)}[event.key];
        if (move === undefined) return;
        event.preventDefault();
        choose(names[(names.indexOf(view.tab) + move + names.length) % names.length]);
    }}, names.map((name) => h('button', {type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'round-panel', onclick: () => choose(name)},
        text(`tab.${name}`))));
    return list;
}

function drawPanel(view, panel, list) {
    for (const tab of list.children) {
        const chosen = tab.id === `tab-${view.tab}`;
        tab.setAttribute('aria-selected', String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${view.tab}`);
    replace(panel, h('h2', text(`tab.${view.tab}`)), tabs[view.tab](view));
}

function drawRound(view, root, key) {
    const panel = h('div', {id: 'round-panel', role: 'tabpanel', class: 'tabpanel', tabindex: '-1'}), list = tabList(view, panel);
    view.tab ??= firstTab[view.data.round.state] ?? 'consent';
    replace(root, headOf(view), list, panel);
    drawPanel(view, panel, list);
    if (!key) return;
    const buttons = [...root.querySelectorAll('[data-key]')], tail = key.slice(key.lastIndexOf('|')); // the same button, or another of the same pair
    const same = buttons.find((one) => one.dataset.key === key), near = tail.length > 1 && buttons.find((one) => one.dataset.key.endsWith(tail));
    (same || near || panel).focus();
}

export async function show(root, {params, session}) {
    const id = params[0] ?? '', whose = `${session.account} ${id}`, view = kept.get(whose) ?? makeView(id);
    kept.set(whose, view);
    Object.assign(view, {session, draw: (key) => drawRound(view, root, key)});
    await view.load();
    view.program = (await call('program', {action: 'show', program: view.data.round.program}).catch(() => null))?.program;
    view.draw();
    return ({signedOut} = {}) => { if (signedOut) kept.clear(); };
}
