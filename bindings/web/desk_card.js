// SPDX-License-Identifier: Apache-2.0
// How the desk shows one suggestion: rank, points, the words of both sides it rests on, bars by criterion, and on request the tables behind them.
import {h, record, svg, table, cutter} from './dom.js';
import {number, said, text} from './texts.js';

const fieldName = (pointer) => {
    const [, key] = pointer.split('/');
    const words = text(`desk.field.${key}`);
    return words.startsWith('desk.') ? pointer : words;
};

/**
 * A text with the words marked that the spans cover (start, end in code points, text, joint); where spans overlap, the first one's mark is seen. A span
 * whose words are not there any more stays unmarked.
 */
export function markWords(whole, spans) {
    const cut = cutter(whole), runs = [], parts = [];
    const good = spans.filter((span) => cut(span.start, span.end) === span.text);
    const edges = [...new Set([0, Infinity, ...good.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i++) {
        const words = cut(edges[i], edges[i + 1]), joint = good.find((span) => span.start <= edges[i] && edges[i] < span.end)?.joint;
        if (runs.length && runs.at(-1).joint === joint) runs.at(-1).words += words;
        else runs.push({joint, words});
    }
    for (const {joint, words} of runs) {
        const [, before, core, after] = /^(\s*)(.*?)(\s*)$/s.exec(words); // no mark hangs over the end of a line
        if (joint === undefined) parts.push(words);
        else parts.push(before, core && h('mark', {class: `j${joint % 4}`}, core), after);
    }
    return parts;
}

/** Evidence of both sides, joined: [{joint, title, sides: {demand: [...], supplier: [...]}}]. */
export function joined(evidence) {
    const joints = new Map();
    for (const one of evidence ?? []) {
        const joint = joints.get(one.joint) ?? {joint: one.joint, title: said(one.concept_title), demand: [], supplier: []};
        joint[one.side].push(one);
        joints.set(one.joint, joint);
    }
    return [...joints.values()];
}

function quoted(words) {
    return words.map((one) => [h('q', {lang: 'ko'}, h('mark', {class: `j${one.joint % 4}`}, one.text)), ' ']);
}

/** The pairs of words as a list; `left` and `right` name the sides for those who listen. Where words stand is told but for the need itself. */
export function pairs(evidence, left, right) {
    const all = joined(evidence);
    const fields = (words) => [...new Set(words.map((one) => fieldName(one.field)))].join(', ');
    const elsewhere = (words) => words.some((one) => one.field !== '/need') && h('small', fields(words));
    return h('ul', {class: 'pairs'}, all.map((one) => h('li',
        h('span', h('span', {class: 'unseen'}, `${left}: `), quoted(one.demand), elsewhere(one.demand)),
        h('span', {class: 'to', 'aria-hidden': 'true'}, '→'),
        h('span', h('span', {class: 'unseen'}, `${right}: `), quoted(one.supplier),
            h('small', [fields(one.supplier), one.title].filter(Boolean).join(' · '))))));
}

function bars(criteria) {
    return h('ul', {class: 'bars'}, criteria.map((one) => h('li',
        h('span', said(one.title) || one.id),
        h('span', {class: 'right'}, `${number(one.points, 1)} / ${number(one.of)}`),
        svg('svg', {viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
            svg('rect', {class: 'track', width: 100, height: 8, rx: 1}),
            svg('rect', {class: 'fill', width: Math.max(0, Math.min(100, one.of ? 100 * one.points / one.of : 0)).toFixed(2), height: 8, rx: 1})))));
}

function tables(s, program, rubric) {
    const features = new Map((program?.features ?? []).map((one) => [one.id, said(one.title)]));
    const criteria = new Map(s.criteria.map((one) => [one.id, said(one.title)]));
    const name = s.name ?? s.supplier;
    const part = (value) => (rubric ? number(100 * value, 1) : number(value, 3));
    const rows = s.contributions.map((one) => [features.get(one.feature) ?? one.feature,
        one.value === null ? text('desk.missing') : number(one.value, 2), part(one.contribution)]);
    for (const one of s.kernel ?? []) rows.push([criteria.get(one.criterion) ?? one.criterion, '', part(one.contribution)]);
    if (s.bias !== undefined) rows.push([text('desk.bias'), '', part(s.bias)]);
    return [
        table({caption: text('desk.criteria', {name}), columns: [{label: text('desk.criterion'), head: true},
            {label: text('desk.column.points'), right: true}, {label: text('desk.column.of'), right: true}],
        rows: s.criteria.map((one) => [said(one.title) || one.id, number(one.points, 1), number(one.of)])}),
        table({caption: text('desk.features', {name}), columns: [{label: text('desk.feature'), head: true},
            {label: text('desk.value'), right: true}, {label: text('desk.contribution'), right: true}], rows}),
    ];
}

/**
 * One suggestion. view: {program: the program's file or null, rubric: whether contributions are points, chosen, listed, open,
 * choose(), add(), toggle(open), serves(): a node}.
 */
export function card(s, view) {
    const inside = h('div');
    const fill = () => { if (!inside.firstChild) inside.append(...tables(s, view.program, view.rubric), view.serves()); };
    const numbers = h('details', {open: view.open, ontoggle: () => { view.toggle(numbers.open); if (numbers.open) fill(); }},
        h('summary', {'data-focus': `numbers:${s.supplier}`}, text('desk.numbers'), h('span', {class: 'unseen'}, `: ${s.name ?? s.supplier}`)), inside);
    if (view.open) fill();
    return h('li', {class: `suggestion${view.chosen ? ' chosen' : ''}`, 'data-supplier': s.supplier, onpointerenter: view.choose, onfocusin: view.choose},
        h('header', h('span', {class: 'rank'}, text('desk.rank', {rank: s.rank})),
            h('h3', record(s.name ?? s.supplier), ' ', h('small', s.supplier)),
            h('div', {class: 'total'}, h('strong', text('desk.points', {points: number(s.points, 1)})), h('small', text('desk.of')))),
        s.probability !== undefined && h('p', {class: 'quiet'}, text('desk.chance', {percent: number(100 * s.probability)})),
        s.to_confirm?.length > 0 && h('p', h('span', {class: 'badge warn'}, text('desk.confirm')), ' ', s.to_confirm.map(view.rule).join(' · ')),
        s.evidence.length ? pairs(s.evidence, text('desk.side.demand'), text('desk.side.supplier')) : h('p', {class: 'quiet'}, text('desk.why.none')),
        bars(s.criteria),
        h('footer', h('button', {type: 'button', class: view.listed ? 'small add' : 'small primary add', 'data-focus': `add:${s.supplier}`, onclick: view.add},
            addWords(s, view.listed)), numbers));
}

/** All suggestions in one look: a line each, which leads to its card. */
export function glance(suggestions, go) {
    return h('ol', {class: 'glance', 'aria-label': text('desk.glance')}, suggestions.map((s) => h('li', h('button', {type: 'button', class: 'plain',
        'data-focus': `glance:${s.supplier}`, onclick: () => go(s.supplier)},
    h('span', {class: 'rank'}, s.rank), h('span', {class: 'name', lang: 'ko'}, s.name ?? s.supplier),
    svg('svg', {viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true'}, svg('rect', {class: 'track', width: 100, height: 8}),
        svg('rect', {class: 'fill', width: Math.max(0, Math.min(100, s.points)).toFixed(2), height: 8})),
    h('span', {class: 'right'}, text('desk.points', {points: number(s.points, 1)}))))));
}

/** The words on a suggestion's button; who it is about is said to those who do not see the card around it. */
export const addWords = (s, listed) => [listed ? `✓ ${text('desk.added')}` : text('desk.add'),
    h('span', {class: 'unseen'}, ` · ${s.name ?? s.supplier}${listed ? ` (${text('desk.added.undo')})` : ''}`)];
