// SPDX-License-Identifier: Apache-2.0
// #/accounts, for administrators: accounts and their roles, tokens that are shown once, and the monthly review of who read whose data.
import {call, may, save} from './api.js';
import {h, replace, table} from './dom.js';
import {busy, dialog, field, fileButtons, opens, problemBox, select, toast} from './parts.js';
import {said, text} from './texts.js';
import {badge, date, minute} from './texts_round.js';
import './texts_accounts.js';

export const styles = ['page_round.css'];

const fresh = () => ({account: '', role: 'desk', month: new Date().toISOString().slice(0, 7), shown: false});
let kept = fresh(); // what was typed and asked for outlives a change of the language

// A token is shown once, in a dialog, and is nowhere afterwards.
function tokenDialog({account, token}) {
    const shown = h('input', {readonly: true, value: token, class: 'token', 'aria-label': text('acc.token'), onfocus: () => shown.select()});
    const copy = h('button', {type: 'button', onclick: async () => {
        shown.select();
        await navigator.clipboard?.writeText(token).catch(() => {});
        toast(text('acc.copied'));
    }}, text('acc.copy'));
    return dialog({title: text('acc.token'), body: h('div', h('p', text('acc.once', {account})), h('p', {class: 'row'}, shown, copy)), actions: []});
}

export async function show(root, {session}) {
    const told = h('div'), list = h('div', busy()), review = h('section', {'aria-labelledby': 'review-title'});
    const {roles} = await call('access', {action: 'operations'});
    const roleOptions = Object.entries(roles).map(([id, words]) => [id, `${said(words)} — ${said(words.for)}`]);
    const send = async (request, words) => {
        replace(told);
        try {
            const result = await call('account', {by: session.account, ...request});
            await load();
            if (result.token) await tokenDialog(result);
            else toast(text('acc.saved', {what: words}));
            return true;
        } catch (problem) {
            replace(told, problemBox(problem));
            told.scrollIntoView({block: 'nearest'});
            return false;
        }
    };

    /* Asks for what an action needs, then takes it. */
    async function ask(title, request, controls, hint, danger) {
        const reason = h('input', {autocomplete: 'off'}), body = h('div', hint && h('p', hint),
            controls.map((one) => field(one.label, one.control, one.hint)), field(text('acc.reason'), reason));
        if (await dialog({title, body, actions: [{id: 'do', label: title, primary: true, danger}]}) !== 'do') return;
        for (const one of controls) request[one.name] = one.read ? one.read(one.control.value) : one.control.value;
        if (reason.value.trim()) request.reason = reason.value.trim();
        await send(request, title);
    }

    const button = (label, account, run) => h('button', {type: 'button', class: 'small', 'aria-label': `${label}: ${account}`, onclick: run}, label);
    const days = () => ({name: 'days', label: text('acc.days'), control: h('input', {type: 'number', min: 1, max: 730, value: 365}), read: Number});

    function acts({account, role, active}) {
        const revokeOld = select({}, [['no', text('no')], ['yes', text('yes')]]);
        return h('div', {class: 'acts'},
            button(text('acc.token'), account, () => ask(text('acc.token'), {action: 'token', account},
                [days(), {name: 'revoke', label: text('acc.token_more'), control: revokeOld, read: (value) => value === 'yes'}])),
            button(text('acc.change'), account, () => ask(text('acc.change'), {action: 'role', account},
                [{name: 'role', label: text('acc.role'), control: select({value: role}, roleOptions)}])),
            active && button(text('acc.revoke_all'), account, () => ask(text('acc.revoke_all'), {action: 'revoke', account}, [],
                text('acc.revoke_hint'), true)));
    }

    const tokenList = ({account, tokens}) => h('ul', {class: 'plain'}, tokens.map((one) =>
        h('li', badge(one.state === 'active' ? 'yes' : '', text(`token.${one.state}`)), ' ', text('acc.until', {date: date(one.expires)}), ' ',
        one.state === 'active' && button(text('acc.revoke'), `${account} ${one.token_id}`, () =>
            ask(text('acc.revoke_one', {token: one.token_id}), {action: 'revoke', token_id: one.token_id}, [], '', true)))));

    async function load() {
        const {accounts} = await call('account', {action: 'list'});
        replace(list, table({caption: text('acc.list'), stacks: true, columns: [{label: text('acc.account'), head: true}, {label: text('acc.role')},
            {label: text('acc.state')}, {label: text('acc.tokens')}, {label: text('acc.acts')}],
            rows: accounts.map((one) => [one.account, said(roles[one.role]) || one.role, badge(one.active ? 'yes' : '',
                text(one.active ? 'acc.active' : 'acc.ended')),
                opens([text('acc.count', {active: one.tokens.filter((token) => token.state === 'active').length, all: one.tokens.length}),
                    h('span', {class: 'unseen'}, `: ${one.account}`)], tokenList(one)), acts(one)])}));
    }

    function newForm() {
        const account = h('input', {name: 'account', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', value: kept.account,
            oninput: () => { kept.account = account.value; }}), until = days();
        const role = select({value: kept.role, onchange: () => { kept.role = role.value; }}, roleOptions);
        return h('form', {class: 'panel', 'aria-labelledby': 'account-new', novalidate: true, onsubmit: async (event) => {
            event.preventDefault();
            if (!account.value.trim()) return account.focus();
            if (await send({action: 'create', account: account.value.trim(), role: role.value, days: Number(until.control.value)},
                text('acc.make'))) kept.account = account.value = '';
        }}, h('h2', {id: 'account-new'}, text('acc.new')), h('div', {class: 'fields'}, field(text('acc.account'), account, text('acc.name_hint')),
            field(text('acc.role'), role), field(until.label, until.control)),
        h('p', h('button', {type: 'submit', class: 'primary'}, text('acc.make'))));
    }

    replace(root, h('h1', text('acc.title')), told, list, newForm(), review);
    await load();
    if (may(session, 'access', 'review')) drawReview(review);
    return ({signedOut} = {}) => { if (signedOut) kept = fresh(); };
}

// ---- the monthly review ----

function countTable(name, list) {
    const first = name.slice(3); // by_account → account
    return list.length > 0 && table({caption: text(`rev.${name}`), columns: [{label: text(`rev.${name}`), head: true},
        ...['count', 'subjects', 'refused'].map((key) => ({label: text(`rev.${key}`), right: true}))],
        rows: list.map((one) => [one[first] || '–', one.count, one.subjects, one.refused])});
}

function reviewOf(it, request) {
    return [h('p', h('strong', text('rev.counted', {n: it.entry_count})), ' ', it.broken > 0 && text('rev.broken', {n: it.broken})),
        fileButtons(['csv', 'xlsx'], (format) => save('access', request, format)),
        h('h3', text('rev.unusual')), it.unusual.length ? h('ul', it.unusual.map((one) =>
            h('li', badge('changed', one.account || '–'), ` ${one.when} · `, said(one.text)))) : h('p', text('rev.none')),
        ['by_account', 'by_operation', 'by_day'].map((name) => countTable(name, it[name])),
        it.entries.length > 0 && opens(text('rev.entries'), table({caption: text('rev.entries'), hidden: true,
            columns: ['time', 'account', 'origin', 'op', 'status', 'subject'].map((key) => ({label: text(`rev.${key}`), head: key === 'time'})),
            rows: it.entries.map((one) => [minute(one.time), one.account ?? '–', one.origin, [one.op, one.step].filter(Boolean).join(' '), one.status,
                (one.subject ?? []).join(', ')])}))];
}

function drawReview(place) {
    const month = h('input', {type: 'month', value: kept.month}), answer = h('div', {'aria-live': 'polite'});
    const run = async () => {
        Object.assign(kept, {month: month.value, shown: true});
        const request = {action: 'review', month: month.value};
        replace(answer, busy());
        replace(answer, await call('access', request).then((result) => reviewOf(result, request)).catch(problemBox));
    };
    replace(place, h('h2', {id: 'review-title'}, text('rev.title')), h('form', {onsubmit: (event) => {
        event.preventDefault();
        run();
    }}, h('div', {class: 'fields'}, field(text('rev.month'), month)), h('p', h('button', {type: 'submit'}, text('rev.show')))), answer);
    if (kept.shown) run();
}
