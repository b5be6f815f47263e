// SPDX-License-Identifier: Apache-2.0
// Objections: filed for a demand firm, answered by a named person with a reason. While one is open, its pairs stand still.
import {h, table} from './dom.js';
import {text} from './texts.js';
import {badge, date, word} from './texts_round.js';
import {reasonField, stepButton} from './page_round_act.js';

const signed = (author) => (author ? [author.reason, h('br'), h('span', {class: 'hint'}, `${author.by ?? '–'} ${date(author.at)}`)] : '');

function answerButton(view, {number, demand}) {
    return stepButton(view, text('obj.do'), {step: 'answer', request: {number}, title: text('obj.title', {n: number}), button: text('con.save'),
        fields: [
        {name: 'upheld', kind: 'select', label: text('obj.decision'), options: [['no', text('obj.rejected')], ['yes', text('obj.upheld')]],
            read: (value) => value === 'yes'}, reasonField()]},
    {primary: true, about: view.name(demand)});
}

export function objectionPanel(view) {
    const {objections, selection, proposal, round} = view.data;
    if (['draft', 'open'].includes(round.state)) return h('p', text('obj.early'));
    const applicants = [...new Set([...(selection?.applicants ?? []).map((one) => one.demand),
        ...(proposal?.applicants ?? []).map((one) => one.id)])].sort();
    return [objections.length ? table({stacks: true, caption: text('obj.table'), columns: [{label: text('obj.number'), right: true},
        {label: text('sel.firm'), head: true}, {label: text('obj.text')}, {label: text('round.state')}, {label: text('obj.answer')}],
        rows: objections.map((one) => [one.number, view.name(one.demand), signed(one.author),
            badge(one.state === 'open' ? 'held' : one.state, one.state === 'open' ? text('state.waiting') : word('state', one.state)),
            one.state === 'open' ? answerButton(view, one) : signed(one.answered)])}) : h('p', text('obj.none')),
    applicants.length > 0 && h('p', {class: 'row'}, stepButton(view, text('obj.file'), {step: 'object', title: text('obj.file'), fields: [
        {name: 'demand', kind: 'select', label: text('sel.firm'), options: applicants.map((id) => [id, view.name(id)])},
            {...reasonField(), label: text('obj.text')}]}, {primary: true}))];
}
