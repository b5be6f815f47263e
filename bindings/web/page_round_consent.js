// SPDX-License-Identifier: Apache-2.0
// What both sides answered, until when; confirmation and publication by a named person; then the stages of the program's fulfilment, pair by pair.
import {link, may} from './api.js';
import {h, table} from './dom.js';
import {opens} from './parts.js';
import {said, text} from './texts.js';
import {badge, date, word} from './texts_round.js';
import {reasonField, stepButton} from './page_round_act.js';

const living = ['proposed', 'confirmed', 'published', 'agreed', 'done', 'settled'];

export const confirmButton = (view, primary) => stepButton(view, text('con.confirm'), {step: 'confirm', title: text('con.confirm'),
    hint: text('con.confirm_hint'), typed: true, danger: true,
    fields: [reasonField(false)]}, {primary});
export const publishButton = (view) => stepButton(view, text('con.publish'), {step: 'publish', title: text('con.publish'),
    hint: text('con.publish_hint'), typed: true, danger: true,
    fields: [reasonField(false)]}, {primary: true});

/** The result sheet of a demand, or of the whole round. */
export const sheetLink = (view, demand) => may(view.session, 'report', 'result')
    && h('a', {href: link('report', {kind: 'result', round: view.id, ...demand && {demand}}, 'html'), target: '_blank', rel: 'noopener',
        'aria-label': demand && `${text('con.sheet')}: ${view.name(demand)}${text('new_window')}`,
        title: demand && text('con.sheet') + text('new_window')},
        text(demand ? 'con.sheet' : 'pro.result'));

// ---- answers ----

const asked = (view) => ['demand', 'supplier'].filter((side) => view.program?.consent?.[side] !== false);

function sidesOf(view, pair) { // the two firms, and the third parties that were named
    return [...asked(view), ...pair.third_parties.map((one) => one.place)];
}

function answer(view, pair, side) {
    const {demand, supplier} = pair, given = pair.consents.find((one) => one.side === side), about = view.pair(demand, supplier),
        name = view.side(side);
    if (given) return [badge(given.yes ? 'yes' : 'no', `${given.yes ? '✓' : '✕'} ${word('say', given.yes ? 'yes' : 'no')}`),
        h('span', {class: 'hint by'}, given.author?.by ?? '–', h('br'), date(given.author?.at))];
    if (pair.state !== 'proposed') return '–';
    const button = stepButton(view, text('con.ask'), {step: 'consent', request: {demand, supplier, side},
        title: text('con.title', {side: name, pair: about}), button: text('con.save'),
        fields: [{name: 'answer', kind: 'select', label: text('con.answer'), options: [['yes', word('say', 'yes')], ['no', word('say', 'no')]]},
            reasonField(false)]}, {about: `${name} ${about}`});
    return button ? [button, h('span', {class: 'only-print'}, text('con.waits'))] : text('con.waits');
}

function thirds(view, pair) {
    const places = view.program?.consent?.third_parties ?? [], free = places.filter((place) =>
        !pair.third_parties.some((one) => one.place === place.id));
    const {demand, supplier} = pair;
    return [pair.third_parties.map((one) => h('p', `${view.side(one.place)}: ${view.name(one.party)} `, answer(view, pair, one.place))),
        pair.state === 'proposed' && free.length > 0 && stepButton(view, text('con.third_add'),
            {step: 'third', request: {demand, supplier}, title: `${text('con.third_add')}: ${view.pair(demand, supplier)}`, button: text('con.third_add'),
            fields: [{name: 'side', kind: 'select', label: text('con.place'), options: free.map((place) => [place.id, view.side(place.id)])},
                {name: 'party', label: text('con.party'), required: true}]}, {about: view.pair(demand, supplier)})];
}

// ---- what else can be done with a pair ----

const grades = () => [['', text('con.no_grade')], ...text('con.grades').split('|').map((label, i) => [i, label])];

// The stage that comes next: after the last one noted; a pair of an earlier version has its state alone. `grade`: whether it completes the work.
function nextStage(view, pair) {
    const stages = view.data.stages ?? [], last = pair.fulfilled?.at(-1)?.stage, work = stages.filter((one) => one.kind !== 'settlement').length;
    const passed = last ? stages.findIndex((one) => one.id === last) + 1 : {published: 0, agreed: 1, done: work, settled: stages.length}[pair.state];
    const stage = passed === undefined || (last && !passed) ? null : stages[passed];
    return stage && {...stage, grade: passed + 1 === work};
}

function stageButton(view, pair) {
    const stage = nextStage(view, pair), {demand, supplier} = pair, about = view.pair(demand, supplier);
    if (!stage || pair.held) return null;
    const title = said(stage.title), needs = (item) => stage.with.includes(item);
    const fields = [needs('result') && {name: 'result', kind: 'select', label: text('con.result'), options: [['pass', text('con.pass')], ['fail', text('con.fail')]]},
        needs('amount') && {name: 'amount_krw', kind: 'number', min: 0, label: text('con.amount'), required: true, read: Number},
        needs('evidence') && {name: 'evidence', label: text('con.evidence'), hint: text('con.evidence_hint'), required: true,
            read: (value) => value.split(',').map((one) => one.trim()).filter(Boolean)},
        needs('note') && {name: 'note', kind: 'area', label: text('con.note'), required: true},
        stage.grade && {name: 'grade', kind: 'select', label: text('con.grade'), options: grades(), read: Number}, reasonField(false)];
    return stepButton(view, text('con.stage', {stage: title}), {step: 'fulfil', request: {demand, supplier, stage: stage.id}, title: `${title}: ${about}`,
        button: text('con.stage', {stage: title}), fields: fields.filter(Boolean)}, {about});
}

// What was noted of the stages so far, on the pair's row.
const passedOf = (view, pair) => (pair.fulfilled ?? []).map((one) => h('span', {class: 'hint by'},
    said((view.data.stages ?? []).find((stage) => stage.id === one.stage)?.title) || one.stage,
    one.result && ` (${text(`con.${one.result}`)})`, ` ${date(one.author?.at)}`));

function pairActs(view, pair) {
    const {demand, supplier, state} = pair, request = {demand, supplier}, about = view.pair(demand, supplier);
    const leave = (side) => stepButton(view, `${word('side', side)} ${text('con.withdraw')}`,
        {step: 'withdraw', request: {[side]: pair[side]}, title: text('con.withdraw_title', {who: view.name(pair[side])}),
        hint: text('con.withdraw_hint'), button: text('con.withdraw'), danger: true, fields: [reasonField()]}, {about});
    const rest = [state === 'proposed' && pair.due && stepButton(view, text('con.extend'),
        {step: 'extend', request, title: `${text('con.extend')}: ${about}`, button: text('con.extend'),
        fields: [{name: 'until', kind: 'date', label: text('con.until'), required: true, value: pair.due}, reasonField()]}, {about}),
            state !== 'settled' && [leave('demand'), leave('supplier')]];
    return h('div', {class: 'acts'},
        stageButton(view, pair),
         ['published', 'agreed', 'done', 'settled'].includes(state) && sheetLink(view, demand), may(view.session, 'round', 'withdraw')
             && state !== 'settled' && opens([text('con.rest'), h('span', {class: 'unseen'}, `: ${about}`)], h('div', {class: 'acts'}, rest)));
}

const dueOf = (pair) => [h('span', {class: 'short'}, pair.due ?? '–'), pair.overdue && [' ', badge('no', text('con.late'))]];
const stateOf = (pair) => h('span', {class: 'short'}, word('state', pair.state), pair.held && [' ', badge('held', text('state.held'))]);

export function consentPanel(view) {
    const {pairs} = view.data;
    if (!pairs.length) return h('p', text('con.none'));
    const live = pairs.filter((pair) => living.includes(pair.state)), gone = pairs.filter((pair) => !living.includes(pair.state));
    const ready = live.filter((pair) => pair.state !== 'proposed' || sidesOf(view, pair).every((side) =>
        pair.consents.some((one) => one.side === side && one.yes)));
    const third = (view.program?.consent?.third_parties ?? []).length > 0;
    const head = (last) => [{label: text('con.pair'), head: true}, {label: text('round.state')}, ...asked(view).map((side) => ({label: text(`con.${side}`)})),
        third && {label: text('con.third')},
        {label: text('con.due')}, last].filter(Boolean);
    const cells = (pair, acts) => [view.pair(pair.demand, pair.supplier), stateOf(pair), ...asked(view).map((side) => answer(view, pair, side)),
        ...third ? [thirds(view, pair)] : [], dueOf(pair), acts];
    return [h('p', h('strong', text('con.counts', {all: pairs.length, ready: ready.length, waiting: live.length - ready.length, gone: gone.length}))),
        table({stacks: true, caption: text('con.table'), columns: head({label: text('pro.acts'), acts: true}), rows: live.map((pair) => cells(pair, [pairActs(view, pair), passedOf(view, pair)]))}),
        gone.length > 0 && table({stacks: true, caption: text('con.ended'), columns: head({label: text('act.reason')}),
            rows: gone.map((pair) => cells(pair, pair.consents.map((one) => one.author?.reason).filter(Boolean).join(' · ')))}),
        h('p', {class: 'row'}, ['proposed', 'consent'].includes(view.data.round.state) && [confirmButton(view), rematchButtonOf(view)])];
}

const rematchButtonOf = (view) => stepButton(view, text('pro.rematch'), {step: 'rematch', title: text('pro.rematch'), fields: [reasonField(false)]});
