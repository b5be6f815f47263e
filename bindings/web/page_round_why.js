// SPDX-License-Identifier: Apache-2.0
// Why a pair, or why not: what the rules and the points say, what forcing or barring it would take, and the words it rests on.
import {call, may} from './api.js';
import {h, replace, table} from './dom.js';
import {busy, problemBox} from './parts.js';
import {number, said, text} from './texts.js';

const POINTS = 100; // of a score of 1

function costWords(view, {state, possible, cost, score_to_flip: flip, adds = [], drops = [], capacity = []}) {
    const inside = state === 'chosen' || state === 'locked', list = (pairs) => pairs.map(([d, s]) => view.pair(d, s)).join(', ');
    const words = !possible ? text('why.never') : cost < 0 ? text('why.gain', {cost: number(-cost, 4)})
        : text(inside ? 'why.cost_out' : 'why.cost_in', {cost: number(cost, 4)});
    return h('ul', h('li', words), flip !== null && flip !== undefined && h('li', text(inside ? 'why.flip_down' : 'why.flip_up',
        {score: number(flip * POINTS, 1)})),
        possible && adds.length > 0 && h('li', text('why.adds', {list: list(adds)})), possible && drops.length > 0
            && h('li', text('why.drops', {list: list(drops)})),
        capacity.map((one) => h('li', text('why.capacity', {who: view.name(one.demand ?? one.supplier ?? one.group), gain: number(one.gain, 4)}))));
}

function pointsTable({criteria}) {
    return table({caption: text('why.points'), columns: [{label: text('why.criterion'), head: true}, {label: text('pro.points'), right: true},
        {label: text('why.of'), right: true}],
        rows: criteria.map((one) => [said(one.title), number(one.points, 1), number(one.of, 0)])});
}

function evidence({evidence: spans}) {
    if (!spans?.length) return null;
    const side = (name) => spans.filter((one) => one.side === name);
    return [h('h3', text('why.evidence')), h('ul', side('demand').map((one) => h('li', '“', h('mark', one.text), '” → ',
        side('supplier').filter((two) => two.joint === one.joint).map((two, i) =>
        [i > 0 && ', ', '“', h('mark', two.text), '”']), one.concept_title && ` (${said(one.concept_title)})`)))];
}

function answerOf(view, why) {
    const {explained, takes_part: takesPart, rank, rules, details = [], suggestion} = why;
    return [h('p', h('strong', takesPart ? text(`why.${explained?.state ?? 'not_chosen'}`) : text('why.out')), ' ', rank > 0
        && text('why.rank', {rank})),
        [...rules ?? [], ...details].map((one) => one.text && h('p', said(one.text))), explained && costWords(view, explained),
        suggestion && [h('p', said(suggestion.reason)), pointsTable(suggestion), evidence(suggestion)]];
}

async function showWhy(view, demand, supplier) {
    const body = h('div', busy());
    const box = h('dialog', {class: 'wide', 'aria-labelledby': 'why-title'}, h('h2', {id: 'why-title'},
        text('why.title', {pair: view.pair(demand, supplier)})), body,
        h('p', {class: 'row'}, h('button', {type: 'button', class: 'primary', onclick: () => box.close()}, text('close'))));
    box.addEventListener('close', () => box.remove());
    document.body.append(box);
    box.showModal();
    replace(body, await call('round', {step: 'why', round: view.id, demand, supplier}).then((why) => answerOf(view, why)).catch(problemBox));
}

export const whyButton = (view, demand, supplier) => may(view.session, 'round', 'why') && h('button',
    {type: 'button', class: 'small', 'aria-label': `${text('pro.why')} ${view.pair(demand, supplier)}`,
    onclick: () => showWhy(view, demand, supplier)}, text('pro.why'));
