// SPDX-License-Identifier: Apache-2.0
// #/shadow: past decisions beside the rules and points of today. Three files are brought and looked at as for an import, then compared; nothing is
// stored. What was brought outlives a change of the language.
import {call, dropUpload, importUpload, saveShadow, shadowUploads, templateLink, upload} from './api.js';
import {announce, h, replace, table} from './dom.js';
import {aiNotice, busy, field, fileButtons, opens, problemBox, select} from './parts.js';
import {number, said, text} from './texts.js';
import {badge, word} from './texts_round.js';
import {columnTable, problemTable} from './page_import.js';
import {measures} from './page_round_compare.js';
import './texts_shadow.js';

export const styles = ['page_round.css'];

const parts = ['suppliers', 'demands', 'decisions'];
const fresh = () => ({program: '', files: Object.fromEntries(parts.map((part) => [part, {mapping: {}}])), result: null, asked: null});
let state = fresh();

// ---- a file of the three ----

function fileBox(part, ready) {
    const file = state.files[part], place = h('div', {'aria-live': 'polite'});
    const input = h('input', {type: 'file', accept: '.csv,.xlsx,.jsonl,.json', onchange: () => input.files[0] && take(input.files[0])});

    async function take(chosen) {
        if (file.upload) dropUpload(file.upload);
        Object.assign(file, {name: chosen.name, mapping: {}, upload: null, preview: null});
        replace(place, busy());
        try {
            file.upload = await upload(chosen);
            await look();
        } catch (problem) {
            replace(place, problemBox(problem));
        }
        ready();
    }

    async function look() {
        file.preview = await importUpload(file.upload, {kind: part, preview: true, mapping: file.mapping});
        draw();
        announce(`${file.name}: ${text('sha.rows', {n: file.preview.rows})}`);
    }

    function draw() {
        const {preview} = file;
        if (!preview) return replace(place);
        const wrong = preview.problem_count + preview.missing.length;
        return replace(place, h('p', h('strong', preview.name), ` · ${text('sha.rows', {n: preview.rows})} `,
            badge(wrong ? 'no' : 'yes', text(wrong ? 'sha.wrong' : 'sha.good', {n: wrong}))),
        preview.missing.length > 0 && h('p', {class: 'note warn'}, text('imp.missing', {list: preview.missing.map((id) =>
            said(preview.fields.find((one) => one.field === id)?.label) || id).join(', ')})), problemTable(preview),
        preview.columns.length > 0 && opens(text('imp.columns'), columnTable(preview, file.mapping), h('p', h('button', {type: 'button', onclick: () =>
            look().catch((problem) => replace(place, problemBox(problem))).then(ready)}, text('imp.again')))));
    }

    draw();
    return h('section', {class: 'panel', 'aria-label': text(`kind.${part}`)}, field(text(`kind.${part}`), input), h('p', {class: 'hint'},
        text('imp.template'), ': ', ['csv', 'xlsx'].map((format) => [h('a', {href: templateLink(part, format), download: true,
            'aria-label': `${text('imp.template')}: ${text(`kind.${part}`)} ${format.toUpperCase()}`}, format.toUpperCase()), ' '])), place);
}

// ---- the answer ----

const share = (one) => (one ? `${number(one.share * 100)} %` : '–');

function agreement({agreement: of, counts}) {
    const rows = [['first', of.first], ['top_3', of.top_3], ['top_10', of.top_10]].map(([key, one]) => [text(`sha.${key}`), `${one.count}/${counts.judged}`,
        share(one)]);
    for (const key of ['barred', 'ineligible']) rows.push([text(`sha.${key}`), `${counts[key]}/${counts.judged}`,
        counts.judged ? share({share: counts[key] / counts.judged}) : '–']);
    return table({caption: text('sha.agreement'), columns: [{label: text('sha.past'), head: true}, {label: text('sha.number'), right: true},
        {label: text('sha.share'), right: true}], rows});
}

function against(one) {
    const failed = [...one.details, ...one.pair_details].filter((finding) => finding.verdict === 'fail').map((finding) => said(finding.text));
    const [first] = one.behind;
    if (first) failed.push(text('sha.behind', {supplier: `${one.best.supplier} ${one.best.name}`, points: number(one.best.points, 1),
        title: said(first.title), by: number(first.points, 1)}));
    return [!one.eligible && badge('ineligible', text('sha.rule')), one.barred && badge('ineligible', text('sha.pair_rule')),
        failed.length > 0 && h('ul', {class: 'plain'}, failed.map((words) => h('li', words)))];
}

/* `asked`: what it came of, [ids, request], to have it once more as a file. */
function resultView(result, asked) {
    const {counts, decisions, not_seen: left, comparison} = result;
    const able = comparison.filter((one) => one.measures), keys = Object.keys(measures).filter((key) => able.some((one) => one.measures[key] !== undefined));
    const name = (one) => (one.method === 'decided' ? text('sha.decided') : word('method', one.method));
    return [h('h2', {tabindex: '-1'}, text('sha.result')), aiNotice(result, said(result.program.title)), h('p', h('strong', text('sha.counts', counts))),
        h('div', {class: 'no-print'}, fileButtons(['csv', 'xlsx'], (format) => saveShadow(...asked, format))),
        agreement(result), table({stacks: true, caption: text('sha.each'), columns: [{label: text('pro.demand'), head: true}, {label: text('sha.decided')},
            {label: text('sel.rank'), right: true}, {label: text('pro.points'), right: true}, {label: text('sha.against')}],
        rows: decisions.map((one) => [`${one.demand} ${one.demand_name}`, `${one.supplier} ${one.supplier_name}`,
            one.rank ? `${one.rank}/${one.allowed}` : '–', number(one.points, 1), against(one)])}),
        left.length > 0 && table({stacks: true, caption: text('sha.not_seen'), columns: [{label: text('imp.row'), right: true},
            {label: text('pro.demand'), head: true}, {label: text('pro.supplier')}, {label: text('imp.reason')}],
        rows: left.map((one) => [one.line, one.demand, one.supplier, said(one.text)])}),
        able.length > 0 && table({caption: text('cmp.table'), columns: [{label: text('cmp.measure'), head: true},
            ...able.map((one) => ({label: name(one), right: true}))],
        rows: [...keys.map((key) => [text(`cmp.${key}`), ...able.map((one) => number(one.measures[key], measures[key]))]),
            [text('sha.same'), ...able.map((one) => share(one.agreement))]]}),
        result.warnings.map((one) => h('p', {class: 'note warn'}, said(one.text ?? one)))];
}

// ---- the page ----

export async function show(root, {session}) {
    const {programs} = await call('program', {action: 'list'});
    const program = select({value: state.program || programs[0]?.id, onchange: () => { state.program = program.value; }},
        programs.map((one) => [one.id, said(one.title)]));
    state.program = program.value;
    const answer = h('div', {'aria-live': 'polite'}), button = h('button', {type: 'submit', class: 'primary'}, text('sha.run'));
    const ready = () => {
        button.disabled = !parts.every((part) => state.files[part].preview && !state.files[part].preview.problem_count
            && !state.files[part].preview.missing.length);
    };
    const draw = () => replace(answer, state.result && resultView(state.result, state.asked));
    replace(root, h('p', {class: 'crumb no-print'}, h('a', {href: '#/import'}, text('nav.import'))), h('h1', text('sha.title')), h('p', {class: 'lead'},
        text('sha.lead')), h('form', {class: 'no-print', novalidate: true, onsubmit: async (event) => {
        event.preventDefault();
        replace(answer, busy());
        const choices = Object.fromEntries(parts.filter((part) => Object.keys(state.files[part].mapping).length).map((part) =>
            [part, {mapping: state.files[part].mapping}]));
        try {
            const asked = [Object.fromEntries(parts.map((part) => [part, state.files[part].upload])),
                {program: program.value, ...Object.keys(choices).length && {choices}}];
            state.result = await shadowUploads(...asked);
            state.asked = asked;
            draw();
            answer.querySelector('h2').focus();
        } catch (problem) {
            replace(answer, problemBox(problem));
        }
    }}, h('div', {class: 'fields'}, field(text('round.program'), program)), parts.map((part) => fileBox(part, ready)), h('p', button)), answer);
    ready();
    draw();
    return ({signedOut} = {}) => { if (signedOut) state = fresh(); };
}
