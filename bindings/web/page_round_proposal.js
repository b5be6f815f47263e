// SPDX-License-Identifier: Apache-2.0
// The proposal: who is paired with whom, for how many points and why; what proves it, in words; locks, vetoes and recusals by a click and a reason.
import {link} from './api.js';
import {h, table} from './dom.js';
import {opens} from './parts.js';
import {number, said, text} from './texts.js';
import {badge, date, word} from './texts_round.js';
import {reasonField, stepButton} from './page_round_act.js';
import {sheetLink} from './page_round_consent.js';
import {whyButton} from './page_round_why.js';

const UNIT = 1e-9; // of the integers of a certificate
const methodField = () => ({name: 'method', kind: 'select', label: text('round.method'),
    options: [['', text('round.method_default')], ...['max_sum', 'leximin', 'stable', 'random'].map((one) => [one, word('method', one)])]});

export const proposeButton = (view, primary) => stepButton(view, text(view.data.passes.length ? 'pro.redo' : 'pro.do'),
    {step: 'propose', title: text('pro.do'), fields: [methodField(), reasonField(false)]}, {primary});
export const rematchButton = (view) => stepButton(view, text('pro.rematch'), {step: 'rematch', title: text('pro.rematch'),
    fields: [reasonField(false)]});

// ---- what proves it ----

function proofWords({method, certificate, kept}) {
    const {kind, stages, checked, seed, q, denominator} = certificate;
    if (kind === 'prices') return text('pro.proof_prices');
    if (kind === 'stable') return text('pro.proof_stable', {checked});
    if (kind === 'marginals') return text('pro.proof_random', {seed, q: `${q}/${denominator}`});
    return method === 'rematch' ? text('pro.proof_rematch', {kept}) : text('pro.proof_leximin', {stages: stages.length});
}

function proof(view, assignment) {
    const {certificate} = assignment, {bound} = certificate, bounded = bound !== undefined;
    return h('section', {class: 'panel proof', 'aria-labelledby': 'round-proof'}, h('h3', {id: 'round-proof'}, text('pro.certificate')),
        h('p', text('pro.facts', {method: word('method', assignment.method), pairs: assignment.proposed.length, total: number(assignment.total, 4)}),
            bounded && [' · ', text('pro.bound', {bound: number(bound * UNIT, 4), gap: number((bound - certificate.total) * UNIT, 4)})]),
        h('p', h('strong', proofWords(assignment)), ' ', text('pro.proof_not')),
        h('p', {class: 'hint'}, text('pro.checker')),
        h('p', {class: 'row no-print'}, h('a', {href: link('round', {step: 'show', round: view.id}, 'json'), download: `${view.id}.json`},
            text('pro.download')),
            h('a', {href: link('round', {step: 'show', round: view.id}, 'xlsx'), download: true}, 'XLSX'),
            h('a', {href: link('round', {step: 'show', round: view.id}, 'csv'), download: true}, 'CSV'), sheetLink(view)));
}

// ---- locks, vetoes, recusals ----

/** The buttons of a pair: why, lock, veto, recuse, or take back what restricts it. */
function pairButtons(view, demand, supplier) {
    const about = view.pair(demand, supplier), request = {demand, supplier}, past = ['done', 'settled'].includes(view.data.round.state);
    const restricted = view.data.restrictions.find((one) => one.demand === demand && one.supplier === supplier);
    const step = (name, more = []) => stepButton(view, text(`pro.${name}`),
        {step: name, request, title: text(`pro.${name}_title`, {pair: about}), hint: name !== 'recuse' && name !== 'lift' && text(`pro.${name}_hint`),
            button: text(`pro.${name}`), fields: [...more, reasonField()]}, {about});
    const kinds = ['exclusion', 'challenge', 'abstention'].map((kind) => [kind, text(`kind.${kind}_hint`)]);
    return h('div', {class: 'acts'}, whyButton(view, demand, supplier),
        past ? null : restricted ? step('lift') : [step('lock'), step('veto'), step('recuse',
            [{name: 'kind', kind: 'select', label: text('pro.kind'), options: kinds}])]);
}

const mark = (view, demand, supplier) => view.data.restrictions.filter((one) => one.demand === demand && one.supplier === supplier)
    .map((one) => badge(one.kind, word('kind', one.kind)));

function restrictions(view) {
    const {restrictions: list, withdrawals} = view.data;
    if (!list.length && !withdrawals.length) return null;
    const tail = ({author}) => [author?.by ?? '–', date(author?.at), author?.reason ?? ''];
    return table({stacks: true, caption: text('pro.restrictions'), columns: [{label: text('pro.measure')}, {label: text('his.about'), head: true},
        {label: text('pro.by')}, {label: text('pro.at')}, {label: text('act.reason')},
        {label: text('pro.acts'), acts: true}],
    rows: [...list.map((one) => [badge(one.kind, word('kind', one.kind)), view.pair(one.demand, one.supplier), ...tail(one),
        pairButtons(view, one.demand, one.supplier)]),
        ...withdrawals.map((one) => [text('con.withdraw'), view.name(one.id), ...tail(one), ''])]});
}

// ---- pairs and shortlists ----

const suggestionOf = (proposal, demand, supplier) => proposal.applicants.find((one) => one.id === demand)?.suggestions?.find((one) =>
    one.supplier === supplier);

function pairTable(view, proposal) {
    return table({stacks: true, caption: text('pro.table'), columns: [{label: text('pro.demand'), head: true}, {label: text('pro.supplier')},
        {label: text('pro.points'), right: true}, {label: text('pro.why_col')}, {label: text('pro.acts'), acts: true}],
        rows: proposal.assignment.proposed.map((pair) => [view.name(pair.demand), [view.name(pair.supplier), ' ',
            mark(view, pair.demand, pair.supplier)], number(pair.points, 1),
            said(suggestionOf(proposal, pair.demand, pair.supplier)?.reason), pairButtons(view, pair.demand, pair.supplier)])});
}

function unmatched(view, assignment) {
    const has = new Set(assignment.proposed.map((pair) => pair.demand)), without = assignment.instance.demands.filter((one) => !has.has(one));
    return without.length > 0 && h('p', {class: 'note warn'}, text('pro.unmatched', {list: without.map(view.name).join(', ')}));
}

function shortlists(view, proposal) {
    const takesPart = new Set(proposal.assignment?.instance.demands ?? []);
    return [h('h3', {class: 'no-print'}, text('pro.shortlists')), proposal.applicants.filter((one) => takesPart.has(one.id)).map((one) =>
        opens(`${view.name(one.id)}${one.title ? ` — ${one.title}` : ''}`,
        table({stacks: true, caption: `${text('pro.shortlists')}: ${view.name(one.id)}`, hidden: true,
            columns: [{label: text('sel.rank'), right: true}, {label: text('pro.supplier'), head: true}, {label: text('pro.points'), right: true},
                {label: text('pro.why_col')}, {label: text('pro.acts'), acts: true}],
            rows: one.suggestions.map((two) => [two.rank, [view.name(two.supplier), ' ', mark(view, one.id, two.supplier)], number(two.points, 1),
                said(two.reason), pairButtons(view, one.id, two.supplier)])})))];
}

/** Lists of all demands and suppliers of the proposal, to choose from; `id` names the datalist of suppliers. */
export function parties(view, id) {
    const {demands = [], suppliers = []} = view.data.proposal?.assignment?.instance ?? {};
    return {demands: demands.map((one) => [one, view.name(one)]), list: h('datalist', {id},
        suppliers.map((one) => h('option', {value: one}, view.name(one))))};
}

function otherPair(view) {
    const {demands, list} = parties(view, 'round-suppliers');
    const place = h('div'), demand = h('select', {id: 'other-demand'}, demands.map(([value, label]) => h('option', {value}, label)));
    const supplier = h('input', {id: 'other-supplier', list: 'round-suppliers', autocomplete: 'off'});
    const draw = () => place.replaceChildren(supplier.value.trim() ? pairButtons(view, demand.value, supplier.value.trim().split(' ')[0]) : '');
    demand.addEventListener('change', draw);
    supplier.addEventListener('input', draw);
    return h('section', {class: 'panel no-print', 'aria-labelledby': 'other-pair'}, h('h3', {id: 'other-pair'}, text('pro.other')),
        h('p', {class: 'hint'}, text('pro.other_hint')), list,
        h('div', {class: 'fields'}, h('div', {class: 'field'}, h('label', {for: 'other-demand'}, text('pro.demand')), demand),
            h('div', {class: 'field'}, h('label', {for: 'other-supplier'}, text('pro.supplier')), supplier)), place);
}

export function proposalPanel(view) {
    const {proposal} = view.data;
    if (!proposal) return [h('p', text('pro.none')), restrictions(view)];
    if (proposal.erased) return [h('p', text('sel.erased')), restrictions(view)];
    const {assignment} = proposal;
    if (!assignment) return [h('p', text('pro.none')), restrictions(view)];
    return [proof(view, assignment), pairTable(view, proposal), unmatched(view, assignment), restrictions(view), otherPair(view),
        shortlists(view, proposal)];
}
