// SPDX-License-Identifier: Apache-2.0
// Applicants and their verdicts, in words; the ranking with the line down to which was selected; the reserve list.
import {call} from './api.js';
import {h, replace, table} from './dom.js';
import {busy, opens, problemBox} from './parts.js';
import {number, said, text} from './texts.js';
import {badge, word} from './texts_round.js';
import {reasonField, stepButton} from './page_round_act.js';

export const selectButton = (view, primary) => stepButton(view, text(view.data.selection ? 'sel.redo' : 'sel.do'),
    {step: 'select', title: text('sel.do'), fields: view.data.selection ? [reasonField(false)] : []}, {primary});

const won = (amount) => number(amount);

function counts(selection) {
    const {counts: of, budget, rules} = selection;
    return h('ul', {class: 'facts'}, h('li', text('sel.counts', of)), rules.quota !== null && rules.quota !== undefined
        && h('li', text('sel.quota', rules)),
        of.applicants_per_place && h('li', text('sel.ratio', {ratio: number(of.applicants_per_place, 2)})),
        budget.total_krw && h('li', text('sel.budget', {total: won(budget.total_krw), spent: won(budget.spent_krw), left: won(budget.left_krw)})),
        selection.committee && h('li', said(selection.committee.note)));
}

function verdict(one, reserve) {
    const at = reserve.indexOf(one.demand);
    const words = at >= 0 ? text('sel.reserve', {n: at + 1}) : text(`sel.${one.verdict}`);
    return badge(one.verdict, words);
}

const flagList = (flags, about) => flags?.length > 0 && opens([`${text('sel.flags')} (${flags.length})`, h('span', {class: 'unseen'}, `: ${about}`)],
    h('ul', flags.map((flag) => h('li', said(flag.text)))));

function ranking(view, selection, reserve) {
    const ranked = selection.applicants.filter((one) => one.rank !== null);
    const region = table({stacks: true, caption: text('sel.table'), columns: [{label: text('sel.rank'), right: true},
        {label: text('sel.firm'), head: true}, {label: text('sel.total'), right: true},
        {label: text('sel.grant'), right: true}, {label: text('sel.verdict')}, {label: text('sel.why')}],
    rows: ranked.map((one) => [one.rank, view.name(one.demand), number(one.total, 2), won(one.amount_krw), verdict(one, reserve),
        [said(one.reason), flagList(one.flags, view.name(one.demand))]])});
    const last = ranked.findIndex((one) => one.demand === selection.line?.last_selected);
    const why = {quota: 'sel.line_quota', budget: 'sel.line_budget', below_least: 'sel.line_least'}[selection.line?.reason] ?? 'sel.line_all';
    if (last >= 0) region.querySelectorAll('tbody tr')[last].after(h('tr', {class: 'line'},
        h('td', {colspan: 6}, text('sel.line', {n: selection.counts.selected, why: text(why)}))));
    return region;
}

function fallen(view, selection) {
    const out = selection.applicants.filter((one) => one.rank === null);
    return out.length > 0 && table({stacks: true, caption: text('sel.fallen'), columns: [{label: text('sel.firm'), head: true},
        {label: text('sel.verdict')}, {label: text('sel.why')}],
        rows: out.map((one) => [view.name(one.demand), verdict(one, []), [said(one.reason), flagList(one.flags, view.name(one.demand))]])});
}

// Before a selection: what the program's applications are worth now.
function verdictsNow(view) {
    const place = h('div', busy());
    call('check', {program: view.data.round.program, all: true}).then(({demands}) => {
        for (const one of demands) view.names.set(one.id, one.name);
        replace(place, h('p', {class: 'hint'}, text('sel.before')), table({stacks: true, caption: text('sel.verdicts'),
            columns: [{label: text('sel.firm'), head: true}, {label: text('sel.verdict')}, {label: text('sel.why')}],
            rows: demands.map((one) => {
                const kind = !one.eligible ? 'ineligible' : one.to_confirm.length ? 'confirm' : 'eligible';
                return [view.name(one.id), badge(kind, text(`sel.${kind}`)), one.details.length > 0
                    && h('ul', {class: 'plain'}, one.details.map((detail) => h('li', said(detail.text))))];
            })}));
    }, (error) => replace(place, problemBox(error)));
    return place;
}

const stillGoing = ['selected', 'proposed', 'consent', 'confirmed', 'published', 'agreement'];

export function selectionPanel(view) {
    const {selection, round} = view.data;
    if (!selection) return verdictsNow(view);
    if (selection.erased) return h('p', text('sel.erased'));
    const reserve = selection.applicants.filter((one) => one.verdict === 'reserve').sort((a, b) => a.rank - b.rank).map((one) => one.demand);
    const admitted = new Set(view.data.history.filter((step) => step.step === 'admit').map((step) => step.details?.demand));
    const first = reserve.find((one) => !admitted.has(one));
    return [counts(selection), ranking(view, selection, reserve), fallen(view, selection),
        first && stillGoing.includes(round.state) && h('p', stepButton(view, text('sel.admit'),
            {step: 'admit', request: {demand: first}, title: `${text('sel.admit')}: ${view.name(first)}`,
            button: word('step', 'admit'), fields: [reasonField()]}))];
}
