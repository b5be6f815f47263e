// SPDX-License-Identifier: Apache-2.0
// #/import: a file is brought, looked at, put in order by a person (which column is which field, what to do with firms that are there already), and
// then imported, all of it or nothing. What was chosen outlives a change of the language.
import {dropUpload, importUpload, may, templateLink, upload} from './api.js';
import {announce, h, replace, table} from './dom.js';
import {busy, field, opens, problemBox, select} from './parts.js';
import {number, said, text} from './texts.js';
import {badge} from './texts_round.js';
import './texts_shadow.js';

export const styles = ['page_round.css'];

const kinds = ['suppliers', 'demands', 'outcomes'];
const fresh = (kind = 'suppliers') => ({kind, file: null, upload: null, preview: null, mapping: {}, merge: {}, done: null});
let state = fresh();

// ---- choosing ----

function chooser(take) {
    const kind = select({value: state.kind, onchange: () => {
        state.kind = kind.value;
        replace(templates, templateLinks());
    }}, kinds.map((one) => [one, text(`kind.${one}`)]));
    const input = h('input', {type: 'file', accept: '.csv,.xlsx,.jsonl,.json', onchange: () => input.files[0] && take(input.files[0])});
    const templateLinks = () => [text('imp.template'), ': ', ['csv', 'xlsx'].map((format) =>
        [h('a', {href: templateLink(state.kind, format), download: true,
            'aria-label': `${text('imp.template')}: ${text(`kind.${state.kind}`)} ${format.toUpperCase()}`},
            format.toUpperCase()), ' '])];
    const templates = h('p', templateLinks());
    const over = (event, on) => {
        event.preventDefault();
        zone.classList.toggle('over', on);
    };
    const zone = h('div', {class: 'panel drop', ondragover: (event) => over(event, true), ondragleave: (event) => over(event, false),
        ondrop: (event) => {
        over(event, false);
        if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
    }}, h('div', {class: 'fields'}, field(text('imp.kind'), kind), field(text('imp.file'), input, text('imp.drop'))), templates);
    return zone;
}

// ---- what was found ----

/** The columns of a file and the fields they are put to; choices go into `mapping`. */
export function columnTable({columns, fields}, mapping) {
    const options = (column) => [['', text(column.how === 'extra' ? 'imp.extra' : 'imp.none')],
        ...fields.map((one) => [one.field, said(one.label) + (one.required ? ' *' : '')])];
    return table({caption: text('imp.columns'), stacks: true, columns: [{label: text('imp.column'), head: true}, {label: text('imp.sample')},
        {label: text('imp.field')}, {label: text('imp.how')}],
        rows: columns.map((one) => [`${one.column}. ${one.header}`, one.sample.join(' · '),
            select({'aria-label': `${text('imp.field')}: ${one.header}`, value: mapping[one.column] ?? one.field ?? '', onchange: (event) => {
                mapping[one.column] = event.target.value || null;
            }}, options(one)),
            [badge(one.how === 'known' || one.how === 'chosen' ? 'yes' : one.how === 'weak' ? 'changed' : '', text(`how.${one.how}`)), one.unit > 1
                && ` ${text('imp.unit', {unit: number(one.unit)})}`]])});
}

/** Every cell that cannot be read, with its row and column. */
export function problemTable({problems: list, problem_count: count}) {
    if (!count) return null;
    return [h('p', {class: 'note warn'}, text('imp.problem_count', {n: count}), count > list.length && ` ${text('imp.shown', {n: list.length})}`),
        table({caption: text('imp.problems'), stacks: true, columns: [{label: text('imp.row'), right: true}, {label: text('imp.column'), head: true},
            {label: text('imp.value')}, {label: text('imp.reason')}],
            rows: list.map((one) => [one.row, one.column ? `${one.column}. ${one.header ?? ''}` : one.header ?? '–', one.value ?? '',
                [said(one.text), one.expected && ` (${text('imp.expected')}: ${one.expected})`]])})];
}

const short = (value) => (value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function duplicateRow(one) {
    const choice = select({'aria-label': `${text('imp.choice')}: ${text('imp.row')} ${one.row}`, value: state.merge[one.row] ?? one.choice ?? '',
        onchange: () => {
        if (choice.value) state.merge[one.row] = choice.value;
        else delete state.merge[one.row];
    }}, [['', text(one.asks ? 'imp.choose' : 'merge.replace')], ...one.choices.map((name) => [name, text(`merge.${name}`)])]);
    const {existing, differs = []} = one;
    return [one.row, one.id ?? '', text(`dup.${one.reason}`), [existing.id, existing.name, existing.region, existing.row
        && `(${text('imp.row')} ${existing.row})`].filter(Boolean).join(' '),
        differs.length > 0 && opens(text('imp.differs', {n: differs.length}), h('ul',
            differs.map((it) => h('li', `${it.field}: ${short(it.stored)} → ${short(it.file)}`)))), choice];
}

function duplicates({duplicates: list, duplicate_count: count, undecided}, again) {
    const asking = list.filter((one) => one.asks || one.reason !== 'same_id'), changing = list.filter((one) => !asking.includes(one));
    const columns = [{label: text('imp.row'), right: true}, {label: 'ID', head: true}, {label: text('imp.reason')}, {label: text('imp.there')},
        {label: text('imp.difference')}, {label: text('imp.choice')}];
    const rows = (some) => table({caption: text('imp.duplicates'), hidden: true, stacks: true, columns, rows: some.map(duplicateRow)});
    const reasons = [...new Set(asking.map((one) => one.reason))];
    const all = reasons.map((reason) => field(text('imp.all', {reason: text(`dup.${reason}`)}), select({value: '', onchange: (event) => {
        for (const one of asking) if (one.reason === reason) delete state.merge[one.row];
        state.merge[reason] = event.target.value || undefined;
        again();
    }}, [['', text('imp.choose')], ...asking.find((one) => one.reason === reason).choices.map((name) => [name, text(`merge.${name}`)])])));
    return [count > list.length && h('p', {class: 'hint'}, text('imp.shown', {n: list.length})),
        asking.length > 0 && [h('h3', text('imp.duplicates')), h('p', {class: 'hint'}, text('imp.duplicates_hint')),
            undecided > 0 && h('p', {class: 'note warn'}, text('imp.undecided', {n: undecided})), h('div', {class: 'fields'}, all), rows(asking)],
        changing.length > 0 && opens(text('imp.changing', {n: changing.length}), rows(changing))];
}

// ---- the page ----

export async function show(root, {session}) {
    const place = h('div');
    const request = () => ({kind: state.kind, mapping: state.mapping,
        merge: Object.fromEntries(Object.entries(state.merge).filter(([, choice]) => choice)), by: session.account});

    function draw(focus) {
        replace(place, state.done ? doneView() : state.preview ? previewView() : chooser(take));
        if (focus) place.querySelector('h2')?.focus();
    }

    async function take(file) {
        state = {...fresh(state.kind), file: file.name};
        const bar = h('progress', {max: 1, value: 0, 'aria-label': text('imp.sending')});
        replace(place, h('p', text('imp.sending'), ` ${file.name} `, bar));
        try {
            state.upload = await upload(file, (share) => { bar.value = share; });
            await look();
        } catch (problem) {
            back();
            place.prepend(problemBox(problem));
        }
    }

    async function look() {
        replace(place, busy());
        state.preview = await importUpload(state.upload, {...request(), preview: true});
        draw(true);
        announce(text('imp.counts', state.preview));
    }

    const again = () => look().catch((problem) => {
        draw();
        place.prepend(problemBox(problem));
    });

    async function run() {
        const shown = [...place.childNodes];
        replace(place, busy());
        try {
            state.done = await importUpload(state.upload, {...request(), table: state.preview.table});
            draw(true);
        } catch (problem) {
            replace(place, problemBox(problem), shown);
        }
    }

    function back() {
        if (state.upload) dropUpload(state.upload);
        state = fresh(state.kind);
        draw();
    }

    function previewView() {
        const it = state.preview, label = (id) => said(it.fields.find((one) => one.field === id)?.label) || id;
        const ready = !it.problem_count && !it.missing.length && !it.undecided && it.records > 0;
        return [h('h2', {tabindex: '-1'}, text('imp.preview', {name: it.name})), h('p', {class: 'hint'}, `${text(`kind.${it.kind}`)} · `,
            text('imp.about', {format: it.format, encoding: it.encoding ?? '–', rows: it.rows})),
            h('p', h('strong', text('imp.counts', it))), it.missing.length > 0 && h('p', {class: 'note warn'},
                text('imp.missing', {list: it.missing.map(label).join(', ')})), problemTable(it),
            it.columns.length > 0 && columnTable(it, state.mapping), duplicates(it, again), h('p', {class: 'hint'}, ready ? text('imp.whole') : text('imp.not_yet')),
            h('p', {class: 'row'}, h('button', {type: 'button', class: 'primary', disabled: !ready, onclick: run},
                text('imp.do', {n: it.created + it.changed})),
                h('button', {type: 'button', onclick: again}, text('imp.again')), h('button', {type: 'button', onclick: back}, text('imp.another')))];
    }

    function doneView() {
        const {created, changed, unchanged = 0, skipped = 0} = state.done, count = (one) => one?.count ?? one ?? 0;
        return [h('h2', {tabindex: '-1'}, text('imp.done')), h('p', {class: 'note good'}, `${state.file}: `,
            text('imp.done_counts', {created: count(created), changed: count(changed), unchanged: count(unchanged), skipped})),
            h('p', h('a', {href: '#/rounds'}, text('imp.next'))), h('h2', text('imp.another')), chooser(take)];
    }

    replace(root, h('h1', text('imp.title')), h('p', {class: 'lead'}, text('imp.lead')), place,
        may(session, 'shadow') && h('p', h('a', {href: '#/shadow'}, text('sha.open'))));
    draw();
    return ({signedOut} = {}) => { if (signedOut) state = fresh(); };
}
