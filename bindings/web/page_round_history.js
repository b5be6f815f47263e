// SPDX-License-Identifier: Apache-2.0
// What happened in a round: who took which step, when and why; and whether log, documents, rules and proof still hold.
import {call, may} from './api.js';
import {h, replace, table} from './dom.js';
import {busy, problemBox} from './parts.js';
import {said, text} from './texts.js';
import {minute, word} from './texts_round.js';

function about(view, {demand, supplier, party, kind, side, answer, until, number, upheld, method} = {}) {
    return [demand && view.name(demand), supplier && view.name(supplier), party && view.name(party), kind && word('kind', kind), side
        && view.side(side),
        answer && word('say', answer), until, number && `#${number}`, upheld !== undefined && word('state', upheld ? 'upheld' : 'rejected'),
        method && word('method', method)].filter(Boolean).join(' · ');
}

export function historyTable(view, history, caption) {
    return table({caption, stacks: true, columns: [{label: text('round.revision'), right: true}, {label: text('his.step'), head: true},
        {label: text('his.about')},
        {label: text('round.state')},
        {label: text('pro.by')}, {label: text('pro.at')}, {label: text('act.reason')}],
    rows: history.map((step) => [step.number, word('step', step.step), about(view, step.details), word('state', step.to), step.by ?? '–',
        minute(step.at), step.reason ?? ''])});
}

function checks(result) {
    return h('div', h('p', h('strong', text(result.sound ? 'his.ok' : 'his.not_ok'))),
        table({stacks: true, caption: text('his.checks'), columns: [{label: text('his.checks'), head: true}, {label: text('sel.verdict')},
        {label: text('his.about')}],
        rows: result.checks.map((one) => [word('check', one.check), one.ok === null ? '–' : text(one.ok ? 'his.ok' : 'his.not_ok'),
            said(one.text)])}));
}

export function historyPanel(view) {
    const answer = h('div', {'aria-live': 'polite'});
    const ask = (step, show) => may(view.session, 'round', step) && h('button', {type: 'button', onclick: async () => {
        replace(answer, busy());
        replace(answer, await call('round', {step, round: view.id}).then(show).catch(problemBox));
    }}, text(`his.${step}`));
    const passes = view.data.passes.length > 0;
    return [passes && h('p', {class: 'row'}, ask('verify', checks), ask('replay', (result) =>
        h('p', h('strong', text(result.same ? 'his.same' : 'his.not_same'))))), answer,
        historyTable(view, [...view.data.history].reverse(), text('his.table'))];
}
