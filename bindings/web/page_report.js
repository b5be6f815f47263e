// SPDX-License-Identifier: Apache-2.0
// #/report: what a council reads, section by section: a chart where there is one, always the table of its numbers; to print, and to take along.
import {call, link} from './api.js';
import {h, replace, svg, table} from './dom.js';
import {busy, field, problemBox, select} from './parts.js';
import {number, said, text} from './texts.js';
import {bars} from './page_round_compare.js';
import './texts_report.js';

export const styles = ['page_round.css'];

const kept = {kind: 'council', program: '', year: ''};

// ---- numbers ----

const write = (cell, unit) => {
    if (cell === null || cell === undefined) return '–';
    if (unit === 'state') return text(`state.${cell}`);
    if (typeof cell !== 'number') return said(cell);
    if (unit === 'share') return `${number(cell * 100, 1)} %`;
    return unit === 'ratio' ? number(cell, 2) : unit === 'coefficient' ? number(cell, 3) : number(cell, unit === 'index' ? 0 : undefined);
};
/* Of a table of measures each row says its unit, in a column that is not shown. */
const unitOf = (section, row, i) => (section.columns[i].unit === 'by_row' ? row[section.columns.findIndex((one) => one.unit === 'unit')]
    : section.columns[i].unit);
const named = (column) => said({ko: column.ko, en: column.en});

// ---- charts ----

const drawnColumns = (section) => (section.chart_columns ?? []).map((id) => section.columns.findIndex((column) => column.id === id)).filter((at) =>
    at >= 0);

function barChart(section) {
    return drawnColumns(section).map((at) => bars(drawnColumns(section).length > 1 ? `${said(section.title)}: ${named(section.columns[at])}`
        : said(section.title),
        section.rows.filter((row) => typeof row[at] === 'number').map((row) => ({label: write(row[0]), value: row[at],
            text: write(row[at], section.columns[at].unit)}))));
}

const dashes = ['', '6 4', '2 3', '10 3 2 3'];

/* A line a column over the rows (years); its name stands at its end, so that no colour is needed to tell it. */
function lineChart(section) {
    const columns = drawnColumns(section), wide = 560, high = 220, left = 16, right = 130, top = 16, bottom = 28;
    const most = Math.max(1, ...section.rows.flatMap((row) => columns.map((at) => row[at] ?? 0)));
    const x = (i) => left + (section.rows.length > 1 ? i / (section.rows.length - 1) * (wide - left - right) : 0), y = (value) =>
        top + (1 - value / most) * (high - top - bottom);
    const ends = columns.map((at) => ({at, y: y(section.rows.at(-1)?.[at] ?? 0)})).sort((a, b) => a.y - b.y);
    ends.forEach((one, i) => { if (i && one.y < ends[i - 1].y + 17) one.y = ends[i - 1].y + 17; });
    return h('figure', {class: 'chart whole'}, h('figcaption', said(section.title)), svg('svg',
        {viewBox: `0 0 ${wide} ${high}`, width: wide, role: 'img', 'aria-label': said(section.title)},
        svg('line', {x1: left, x2: wide - right, y1: high - bottom, y2: high - bottom, class: 'axis'}),
        section.rows.map((row, i) => svg('text', {x: x(i), y: high - 8, 'text-anchor': i ? 'middle' : 'start', class: 'value'},
            write(row[0], 'text'))),
        columns.map((at, c) => {
            const points = section.rows.map((row, i) => [x(i), row[at]]).filter(([, value]) => typeof value === 'number');
            return [svg('polyline', {points: points.map(([a, value]) => `${a},${y(value)}`).join(' '), class: 'line',
                'stroke-dasharray': dashes[c % dashes.length]}),
                points.map(([a, value]) => svg('circle', {cx: a, cy: y(value), r: 3, class: 'amount marked'}))];
        }),
        ends.map((one) => svg('text', {x: wide - right + 8, y: one.y + 5, class: 'name'},
            `${named(section.columns[one.at])} ${write(section.rows.at(-1)?.[one.at], section.columns[one.at].unit)}`))));
}

// ---- the page ----

function sectionView(section) {
    const texts = (column) => column.unit === 'text' || column.unit === 'state';
    const shown = section.columns.map((column, i) => i).filter((i) => section.columns[i].unit !== 'unit');
    return h('section', h('h2', said(section.title)), section.note && h('p', {class: 'hint'}, said(section.note)),
        section.rows.length > 0 && (section.chart === 'bars' ? barChart(section) : section.chart === 'lines' && section.rows.length > 1 ? lineChart(section) : null),
        table({caption: said(section.title), hidden: true, columns: shown.map((i) =>
            ({label: named(section.columns[i]), right: !texts(section.columns[i]), head: i === 0})),
            rows: section.rows.map((row) => shown.map((i) => write(row[i], unitOf(section, row, i))))}));
}

function reportView(report, request) {
    const annex = report.sections.filter((section) => section.place === 'annex');
    const programs = report.programs ?? []; // statistics are of the whole store, of no program or year
    return [h('p', h('strong', report.year ? text('rep.head', {year: report.year, day: report.day}) : text('rep.day', {day: report.day})),
        programs.length > 0 && ` · ${programs.map((one) => said(one.title)).join(', ')}`),
        report.kind === 'statistics' && h('ul', {class: 'hint'}, report.notes.map((note) => h('li', said(note)))),
        h('p', {class: 'row no-print'}, h('button', {type: 'button', onclick: () => print()}, text('print')),
            ['csv', 'xlsx'].map((format) => h('a', {href: link('report', request, format), download: true,
                'aria-label': `${format.toUpperCase()}: ${text('rep.title')}`}, format.toUpperCase())),
            h('a', {href: link('report', request, 'html'), target: '_blank', rel: 'noopener'}, text('rep.html'))),
        programs.filter((one) => one.undated).map((one) => h('p', {class: 'note warn'},
            text('rep.undated', {n: one.undated, title: said(one.title)}))),
        report.sections.length ? report.sections.filter((section) => section.place !== 'annex').map(sectionView) : h('p', text('rep.none')),
        annex.length > 0 && [h('h2', {class: 'sheet'}, text('rep.annex')), annex.map(sectionView)], report.notice
            && h('p', {class: 'hint'}, said(report.notice.text))];
}

export async function show(root) {
    const {programs} = await call('program', {action: 'list'});
    const now = new Date().getFullYear(), years = Array.from({length: 10}, (_, i) => String(now - i));
    const kind = select({value: kept.kind}, [['council', text('rep.council')], ['year', text('rep.yearly')], ['statistics', text('rep.statistics')]]);
    const program = select({value: kept.program}, [['', text('rep.all')], ...programs.map((one) => [one.id, said(one.title)])]);
    const year = select({value: kept.year}, [['', text('rep.latest')], ...years.map((one) => [one, one])]), answer = h('div');
    const run = async () => {
        Object.assign(kept, {kind: kind.value, program: program.value, year: year.value});
        const whole = kept.kind === 'statistics';
        const request = {kind: kept.kind, ...!whole && kept.program && {program: kept.program}, ...!whole && kept.year && {year: Number(kept.year)}};
        replace(answer, busy());
        replace(answer, await call('report', request).then((report) => reportView(report, request)).catch((error) => problemBox(error,
            {retry: run})));
    };
    const offer = () => { program.disabled = year.disabled = kind.value === 'statistics'; };
    kind.addEventListener('change', offer);
    offer();
    replace(root, h('h1', text('rep.title')), h('form', {class: 'panel no-print', onsubmit: (event) => {
        event.preventDefault();
        run();
    }}, h('div', {class: 'fields'}, field(text('rep.kind'), kind), field(text('rep.program'), program), field(text('rep.year'), year)),
        h('p', h('button', {type: 'submit', class: 'primary'}, text('rep.show')))), answer);
    await run();
}
