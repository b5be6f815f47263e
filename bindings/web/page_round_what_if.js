// SPDX-License-Identifier: Apache-2.0
// What the proposal would be with something changed: changes chosen by clicks, the pairs of now and then side by side, what differs marked in
// words. Nothing is kept.
import {call} from './api.js';
import {h, replace, table} from './dom.js';
import {busy, field, problemBox, select} from './parts.js';
import {number, text} from './texts.js';
import {badge, word} from './texts_round.js';
import {parties} from './page_round_proposal.js';

const kinds = ['suppliers_out', 'demands_out', 'locks', 'vetoes', 'lift', 'capacity', 'places', 'method'];
const needs = {suppliers_out: ['supplier'], demands_out: ['demand'], locks: ['demand', 'supplier'], vetoes: ['demand', 'supplier'],
    lift: ['demand', 'supplier'], capacity: ['supplier', 'most'],
    places: ['demand', 'most'], method: ['method']};

function changesOf(list) { // as op round takes them
    const changes = {};
    for (const {kind, demand, supplier, most, method} of list) {
        if (kind === 'method') changes.method = method;
        else if (kind === 'capacity') (changes.capacity ??= {})[supplier] = most;
        else if (kind === 'places') (changes.places ??= {})[demand] = most;
        else (changes[kind] ??= []).push(kind === 'suppliers_out' ? supplier : kind === 'demands_out' ? demand : [demand, supplier]);
    }
    return changes;
}

const words = (view, {kind, demand, supplier, most, method}) =>
    `${text(`wi.${kind}`)}: ${[demand && view.name(demand), supplier && view.name(supplier), most !== undefined && text('wi.most', {most}),
    method && word('method', method)].filter(Boolean).join(' – ')}`;

// ---- now and then ----

function rowsOf(view, before, after) {
    const byDemand = (pairs) => Map.groupBy ? Map.groupBy(pairs, (pair) => pair.demand) : pairs.reduce((map, pair) => map.set(pair.demand,
        [...map.get(pair.demand) ?? [], pair]), new Map());
    const now = byDemand(before), then = byDemand(after), show = (pairs = []) => pairs.map((pair) =>
        `${view.name(pair.supplier)} (${number(pair.points, 1)})`).join(', ') || '–';
    return [...new Set([...now.keys(), ...then.keys()])].sort().map((demand) => {
        const a = now.get(demand), b = then.get(demand), ids = (pairs = []) => pairs.map((pair) => pair.supplier).sort().join();
        const mark = ids(a) === ids(b) ? 'same' : !a ? 'added' : !b ? 'dropped' : 'changed';
        return {mark, cells: [view.name(demand), show(a), show(b), badge(mark, text(`wi.${mark}`))]};
    });
}

function answerOf(view, {differences, before, proposal}) {
    const after = proposal.assignment;
    if (!after || after.status !== 'optimal') return h('p', {class: 'problem'}, text('wi.impossible'));
    for (const pair of after.proposed) view.names.set(pair.supplier, pair.supplier_name);
    const rows = rowsOf(view, before?.proposed ?? [], after.proposed), {total} = differences, change = total.after - total.before;
    const region = table({stacks: true, caption: text('wi.table'), columns: [{label: text('pro.demand'), head: true}, {label: text('wi.now')},
        {label: text('wi.then')}, {label: text('wi.difference')}], rows: rows.map((one) => one.cells)});
    region.querySelectorAll('tbody tr').forEach((row, i) => { if (rows[i].mark !== 'same') row.className = 'changed'; });
    return [h('p', h('strong', text('wi.total', {before: number(total.before, 4), after: number(total.after, 4),
        change: (change > 0 ? '+' : '') + number(change, 4)})), ' ',
        rows.every((one) => one.mark === 'same') && text('wi.nothing')), region];
}

// ---- choosing changes ----

function builder(view, add) {
    const {demands, list} = parties(view, 'what-if-suppliers'), place = h('div', {class: 'fields'});
    const kind = select({onchange: () => draw()}, kinds.map((one) => [one, text(`wi.${one}`)]));
    const controls = {demand: select({}, demands), supplier: h('input', {list: 'what-if-suppliers', autocomplete: 'off', required: true}),
        most: h('input', {type: 'number', min: 0, value: 1}),
        method: select({}, ['max_sum', 'leximin', 'stable', 'random', 'rematch'].map((one) => [one, word('method', one)]))};
    const labels = {demand: 'pro.demand', supplier: 'pro.supplier', most: 'wi.number', method: 'round.method'};
    const boxes = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, field(text(labels[name]), control)]));
    const draw = () => replace(place, needs[kind.value].map((name) => boxes[name]));
    draw();
    return h('form', {novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        const change = {kind: kind.value};
        for (const name of needs[kind.value]) {
            const value = controls[name].value.trim();
            if (!value) return controls[name].focus();
            change[name] = name === 'most' ? Number(value) : name === 'supplier' ? value.split(' ')[0] : value;
        }
        add(change);
        kind.focus();
    }}, list, h('div', {class: 'fields'}, field(text('wi.change'), kind), place), h('p', {class: 'row'},
        h('button', {type: 'submit'}, text('wi.add'))));
}

export function whatIfPanel(view) {
    const pairs = view.data.proposal?.assignment?.proposed;
    if (!pairs) return h('p', text('wi.first'));
    const chosen = h('div'), answer = h('div', {'aria-live': 'polite'});
    const run = async () => {
        replace(answer, busy());
        replace(answer, await call('round', {step: 'what-if', round: view.id, changes: changesOf(view.changes)}).then((result) => answerOf(view,
            result)).catch(problemBox));
    };
    const draw = () => replace(chosen, h('h3', text('wi.changes')), view.changes.length ? h('ul', {class: 'chips'},
        view.changes.map((one, i) => h('li', {class: 'chip'}, words(view, one), ' ',
        h('button', {type: 'button', class: 'small', 'aria-label': text('wi.remove', {what: words(view, one)}), onclick: () => {
            view.changes.splice(i, 1);
            draw();
            chosen.querySelector('button')?.focus();
        }}, '×')))) : h('p', {class: 'hint'}, text('wi.no_changes')),
    view.changes.length > 0 && h('p', {class: 'row'}, h('button', {type: 'button', class: 'primary', onclick: run}, text('wi.run')),
        h('button', {type: 'button', onclick: () => {
        view.changes = [];
        replace(answer);
        draw();
    }}, text('wi.clear'))));
    const add = (change) => {
        if (!view.changes.some((one) => JSON.stringify(one) === JSON.stringify(change))) view.changes.push(change);
        draw();
    };
    const click = (label, about, change) => h('button', {type: 'button', class: 'small', 'aria-label': `${label}: ${about}`, onclick: () =>
        add(change)}, label);
    draw();
    return [h('p', {class: 'hint'}, text('wi.hint')), table({stacks: true, caption: text('wi.now'),
        columns: [{label: text('pro.demand'), head: true}, {label: text('pro.supplier')}, {label: text('pro.points'), right: true},
        {label: text('wi.change'), acts: true}],
        rows: pairs.map(({demand, supplier, points}) => [view.name(demand), view.name(supplier), number(points, 1), h('div', {class: 'acts'},
            click(text('wi.suppliers_out'), view.name(supplier), {kind: 'suppliers_out', supplier}),
                click(text('wi.vetoes'), view.pair(demand, supplier), {kind: 'vetoes', demand, supplier}),
            click(text('wi.demands_out'), view.name(demand), {kind: 'demands_out', demand}))])}),
    builder(view, add), chosen, answer];
}
