// SPDX-License-Identifier: Apache-2.0
// #/rounds: all rounds, and a form for a new one.
import {call, may} from './api.js';
import {h, replace, table} from './dom.js';
import {field, problemBox, select, toast} from './parts.js';
import {said, text} from './texts.js';
import {minute, word} from './texts_round.js';

export const styles = ['page_round.css'];
const methods = ['max_sum', 'leximin', 'stable', 'random'];

function listRounds(rounds, programs) {
    if (!rounds.length) return h('p', text('round.none'));
    const title = (id) => said(programs.find((one) => one.id === id)?.title) || id;
    return table({stacks: true, caption: text('round.title'), hidden: true,
        columns: [{label: text('round.id'), head: true}, {label: text('round.program')}, {label: text('round.state')}, {label: text('round.changed')},
            {label: text('round.revision'), right: true}],
        rows: [...rounds].reverse().map((round) => [h('a', {href: `#/round/${encodeURIComponent(round.id)}`}, round.id), title(round.program),
            word('state', round.state),
            minute(round.changed), round.revision])});
}

function newForm(programs, session) {
    const told = h('div');
    const form = h('form', {class: 'panel', 'aria-labelledby': 'round-new', novalidate: true, onsubmit: make},
        h('h2', {id: 'round-new'}, text('round.new')), told,
        h('div', {class: 'fields'},
            field(text('round.id'), h('input', {name: 'round', required: true, autocomplete: 'off'}), text('round.id_hint')),
            field(text('round.program'), select({name: 'program'}, programs.map((one) => [one.id, said(one.title)]))),
            field(text('round.method'), select({name: 'method'}, [['', text('round.method_default')],
                ...methods.map((one) => [one, word('method', one)])])),
            field(text('round.intake'), select({name: 'intake'}, [['batch', text('round.batch')], ['rolling', text('round.rolling')]])),
            field(text('round.from'), h('input', {name: 'applied_from', type: 'date'})), field(text('round.to'),
                h('input', {name: 'applied_to', type: 'date'}))),
        h('p', h('button', {type: 'submit', class: 'primary'}, text('round.make'))));

    async function make(event) {
        event.preventDefault();
        const request = {step: 'new', by: session.account};
        for (const {name, value} of form.elements) if (name && value.trim()) request[name] = value.trim();
        try {
            const {round} = await call('round', request);
            toast(text('round.saved', {what: text('round.new')}));
            location.hash = `#/round/${encodeURIComponent(round.id)}`;
        } catch (problem) {
            replace(told, problemBox(problem));
            form.elements[problem.pointer?.slice(1)]?.focus();
        }
    }
    return form;
}

export async function show(root, {session}) {
    const [{rounds}, {programs}] = await Promise.all([call('round', {step: 'list'}), call('program', {action: 'list'})]);
    replace(root, h('h1', text('round.title')), listRounds(rounds, programs), may(session, 'round', 'new') && newForm(programs, session));
}
