// SPDX-License-Identifier: Apache-2.0
// The same pairs and limits by every method: bars for what people ask first, and a table of all measures.
import {call, save} from './api.js';
import {h, replace, svg, table} from './dom.js';
import {busy, fileButtons, problemBox} from './parts.js';
import {number, text} from './texts.js';
import {word} from './texts_round.js';

export const measures = {pairs: 0, total: 4, worst_pair: 4, worst_demand: 4, unmatched_demands: 0, idle_suppliers: 0, blocking_pairs: 0, envy: 0,
    greatest_exposure: 0, exposure_gini: 4, newcomers: 0};
const drawn = ['total', 'worst_demand', 'newcomers'];

const LETTER = 14, NARROW = 8; // widths of a Korean and a Latin letter of the chart's text
const widthOf = (words) => [...words].reduce((sum, letter) => sum + (letter > '\u1100' ? LETTER : NARROW), 0);

/**
 * Horizontal bars with their names and values beside them: items [{label, value, text, mark?}]. The same numbers stand in a table, so that listeners
 * get the title alone. Nothing where there is nothing to draw.
 */
export function bars(title, items) {
    const most = Math.max(...items.map((one) => one.value), 0), high = 26, right = 90, room = 320;
    if (!(most > 0)) return null;
    const left = Math.max(150, 16 + Math.max(...items.map((one) => widthOf(one.label)))), wide = left + room + right;
    return h('figure', {class: 'chart whole'}, h('figcaption', title), svg('svg',
        {viewBox: `0 0 ${wide} ${items.length * high}`, width: wide, role: 'img', 'aria-label': title}, items.map((one, i) => [
        svg('text', {x: left - 8, y: i * high + 17, 'text-anchor': 'end', class: 'name'}, one.label),
        svg('rect', {x: left, y: i * high + 4, height: high - 8, width: Math.max(1, one.value / most * room),
            class: one.mark ? 'amount marked' : 'amount'}),
        svg('text', {x: left + 6 + one.value / most * room, y: i * high + 17, class: 'value'}, one.text)])));
}

function answerOf(view, {method, comparison}) {
    if (!comparison) return h('p', text('pro.none'));
    const name = (one) => `${one.method === method ? '● ' : ''}${word('method', one.method)}`, able = comparison.filter((one) => one.measures);
    const keys = Object.keys(measures).filter((key) => able.some((one) => one.measures[key] !== undefined));
    const show = (one, key) => (one.measures ? number(one.measures[key], measures[key]) : text('cmp.infeasible'));
    return [drawn.filter((key) => keys.includes(key)).map((key) => bars(text(`cmp.${key}`),
        able.map((one) => ({label: name(one), value: one.measures[key] ?? 0, text: show(one, key), mark: one.method === method})))),
        table({caption: text('cmp.table'), columns: [{label: text('cmp.measure'), head: true},
            ...comparison.map((one) => ({label: name(one), right: true}))],
            rows: keys.map((key) => [text(`cmp.${key}`), ...comparison.map((one) => show(one, key))])}),
        fileButtons(['svg', 'csv', 'xlsx'], (format) => save('round', {step: 'compare', round: view.id}, format))];
}

export function comparePanel(view) {
    const place = h('div', {'aria-live': 'polite'}, busy());
    call('round', {step: 'compare', round: view.id}).then((result) => replace(place, answerOf(view, result)), (error) =>
        replace(place, problemBox(error)));
    return [h('p', {class: 'hint'}, text('cmp.hint')), place];
}
