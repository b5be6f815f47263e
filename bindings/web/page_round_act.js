// SPDX-License-Identifier: Apache-2.0
// A step of a round, taken by a person. A dialog asks what the step needs; the write names the revision that was on the page. When somebody else
// was faster, the dialog says what changed since, keeps what was typed, and offers to look or to do it again. What stood in a dialog that was
// closed is there when it opens again.
import {events, may} from './api.js';
import {announce, h, replace} from './dom.js';
import {field, problemBox, select, toast} from './parts.js';
import {text} from './texts.js';
import {historyTable} from './page_round_history.js';

let made = 0;

function control(one, value) {
    const shared = {name: one.name, required: one.required};
    if (one.kind === 'select') return select({...shared, value: value || one.options[0][0]}, one.options);
    if (one.kind === 'area') return h('textarea', {...shared, rows: 3, value: value ?? ''});
    return h('input', {...shared, type: one.kind ?? 'text', value: value ?? '', min: one.min, list: one.list, autocomplete: 'off'});
}

function row(one, drafts) {
    const input = control(one, drafts[one.name] ?? one.value), wrong = h('p', {class: 'wrong', id: `wrong-${++made}`});
    const box = field(one.label, input, one.hint);
    box.append(wrong);
    input.setAttribute('aria-describedby', [input.getAttribute('aria-describedby'), wrong.id].filter(Boolean).join(' '));
    input.addEventListener('input', () => { drafts[one.name] = input.value; });
    return {one, input, wrong, box};
}

function checkRows(rows) { // whether all is filled in as it must be; the first that is not takes the focus
    let first = null;
    for (const {one, input, wrong} of rows) {
        const value = input.value.trim();
        const message = one.required && !value ? text('act.must') : one.same && value !== one.same ? text('act.type_wrong') : '';
        replace(wrong, message);
        input.setAttribute('aria-invalid', String(message !== ''));
        if (message && !first) first = input;
    }
    first?.focus();
    return !first;
}

function readRows(rows) {
    const values = {};
    for (const {one, input} of rows) {
        const value = input.value.trim();
        if (!one.same && value) values[one.name] = one.read ? one.read(value) : value;
    }
    return values;
}

async function clashBox(view, seen) { // what others did since `seen`, from the round as it stands now
    await view.load();
    return h('div', {class: 'problem', role: 'alert'}, h('p', text('act.clash')),
        historyTable(view, view.data.history.filter((step) => step.number > seen), text('act.clash_table')));
}

/**
 * act(view, {step, request?, title, hint?, fields?, typed?, button?, danger?, focus?}): takes the step. `request`: members that are no field.
 * `fields`: [{name, label, kind?: select | area | date | number, options?, required?, value?, hint?, list?, read?}]. `typed`: the round's id has to
 * be typed. `focus`: key of the button that gets the focus back. A step that asks for nothing is taken at once.
 */
export function act(view, action) {
    const key = [action.step, ...Object.values(action.request ?? {})].join(' ');
    const drafts = view.drafts[key] ??= {};
    const fields = [...action.fields ?? []];
    if (action.typed) fields.push({name: 'typed', label: text('act.type', {id: view.id}), same: view.id, required: true});
    const rows = fields.map((one) => row(one, drafts));
    const told = h('div'), heading = h('h2', {id: `act-${++made}`}, action.title);
    const submit = h('button', {type: 'submit', class: action.danger ? 'danger' : 'primary'}, action.button ?? action.title);
    const look = h('button', {type: 'button', hidden: true, onclick: () => box.close()}, text('act.look'));
    const box = h('dialog', {'aria-labelledby': heading.id}, h('form', {novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        take();
    }}, heading, action.hint && h('p', action.hint), told, rows.map((one) => one.box), h('p', {class: 'hint'},
        text('act.who', {by: view.session.account})),
    h('p', {class: 'row'}, submit, look, h('button', {type: 'button', onclick: () => box.close()}, text('close')))));
    let busy = false, done = false, clashed = false;

    async function take() {
        if (busy || !checkRows(rows)) return;
        const seen = view.data.round.revision;
        busy = submit.disabled = true;
        try {
            await events('round', {...action.request, ...readRows(rows), step: action.step, round: view.id, by: view.session.account, revision: seen},
                (message) => replace(told, h('p', {class: 'hint', role: 'status'}, message)));
            delete view.drafts[key];
            done = true;
        } catch (problem) {
            clashed = problem.status === 409 && problem.pointer === '/revision';
            replace(told, clashed ? await clashBox(view, seen).catch(problemBox) : problemBox(problem));
            look.hidden = !clashed;
            replace(submit, clashed ? text('act.again') : action.button ?? action.title);
        }
        if (!done) {
            busy = submit.disabled = false;
            if (!box.open) box.showModal();
            return submit.focus();
        }
        await view.load().catch(() => {}); // the page behind is read anew before one can act on it again
        if (box.open) box.close();
        else box.remove();
        toast(text('round.saved', {what: action.title}));
        view.draw(action.focus);
    }

    box.addEventListener('close', () => {
        box.remove();
        if (done) return;
        if (Object.values(drafts).some(Boolean)) announce(text('act.kept', {what: action.title}));
        if (clashed) view.draw(action.focus);
    });
    document.body.append(box);
    if (rows.length || action.hint) box.showModal();
    else take();
}

/** The field that most steps need. */
export const reasonField = (required = true) => ({name: 'reason', kind: 'area', required, label: text(required ? 'act.reason'
    : 'act.reason_optional'),
    hint: required && text('act.reason_hint')});

/** A button that takes a step; nothing when the account may not. `about` says to those who do not see the row what it is about. */
export function stepButton(view, label, action, {primary, about} = {}) {
    if (!may(view.session, 'round', action.step)) return null;
    const key = [action.step, label, Object.values(action.request ?? {}).join(' ')].join('|');
    return h('button', {type: 'button', class: primary ? 'primary' : 'small', 'data-key': key, 'aria-label': about && `${label}: ${about}`,
        onclick: () => act(view, {focus: key, ...action})}, label);
}
