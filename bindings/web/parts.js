// SPDX-License-Identifier: Apache-2.0
// Parts that every page uses: the notice beside a ranking, a problem told, a field with its label, a dialog, a disclosure.
import {h, replace, announce} from './dom.js';
import {said, text} from './texts.js';

const short = (hash) => (hash ? hash.slice(0, 8) : '–');

/** The notice that stands wherever a ranking or a proposal stands; `reply` has model, data_hash, program. `title`: the program's title. */
export function aiNotice(reply, title) {
    const {model, data_hash: data, program} = reply ?? {};
    return h('p', {class: 'ai-notice'}, h('strong', text('ai.notice')), ' ',
        h('span', {class: 'versions'},
            program && [text('ai.program', {title: title || said(program.title) || program.id, id: program.id, version: program.version}), ' · '],
            model && text('ai.model', {model: model.id, model_hash: short(model.hash), data_hash: short(data)})));
}

/**
 * Tells what went wrong and what can be done. retry: a function to call again; when the server said how long to wait (503) it is called by itself, once the
 * seconds are over. The returned element has `stop()`, for when something newer took its place.
 */
export function problemBox(error, {retry} = {}) {
    const waits = h('span', {class: 'waits'});
    const box = h('div', {class: 'problem', role: 'alert'},
        h('p', h('strong', text('problem')), h('br'), error.sentence ?? String(error.message ?? error)),
        retry && h('p', {class: 'row'}, h('button', {type: 'button', onclick: () => { box.stop(); retry(); }}, text('retry')), waits));
    let left = error.retryAfter || 0, timer = 0;
    box.stop = () => clearInterval(timer);
    if (retry && left > 0) {
        const tick = () => {
            if (!box.isConnected && left < error.retryAfter) return box.stop();
            waits.textContent = text('retry.in', {seconds: left});
            if (left-- <= 0) { box.stop(); retry(); }
        };
        waits.setAttribute('aria-live', 'off');
        tick();
        timer = setInterval(tick, 1000);
    }
    return box;
}

/** Buttons that bring the reply of a request as a file: run('csv') → a promise; what goes wrong is told beside them. */
export function fileButtons(formats, run) {
    const told = h('div');
    return [h('p', {class: 'row'}, formats.map((format) => h('button', {type: 'button', class: 'small', onclick: () => {
        replace(told);
        run(format).catch((error) => replace(told, problemBox(error)));
    }}, format.toUpperCase()))), told];
}

export const busy = () => h('p', {class: 'busy'}, text('loading'));

let made = 0;

/** A control under its label, with a hint that screen readers read with it. */
export function field(label, control, hint) {
    control.id ||= `field-${++made}`;
    const note = hint && h('p', {class: 'hint', id: `${control.id}-hint`}, hint);
    if (note) control.setAttribute('aria-describedby', note.id);
    return h('div', {class: 'field'}, h('label', {for: control.id}, label), note, control);
}

/** options: [[value, label], …]. */
export const select = (attributes, options) => h('select', attributes, options.map(([value, label]) => h('option', {value}, label)));

/** What opens and closes: a native <details>. */
export const opens = (summary, ...children) => h('details', h('summary', summary), ...children);

/**
 * A modal dialog (the browser keeps the focus in it and Escape closes it). → the chosen action's id, null when it was closed.
 * actions: [{id, label, primary?, danger?, check?: () => text of what is missing, or nothing}]
 */
export function dialog({title, body, actions}) {
    return new Promise((resolve) => {
        const missing = h('p', {class: 'problem', role: 'alert', hidden: true});
        const heading = h('h2', {id: `dialog-${++made}`}, title);
        const act = (action) => {
            const lacks = action.check?.();
            missing.hidden = !lacks;
            if (lacks) replace(missing, lacks);
            else box.close(action.id);
        };
        const box = h('dialog', {'aria-labelledby': heading.id}, h('form', {method: 'dialog', onsubmit: (event) => {
            event.preventDefault();
            const first = actions.find((action) => action.primary);
            if (first) act(first);
        }}, heading, body, missing, h('p', {class: 'row'},
            actions.map((action) => h('button', {type: action.primary ? 'submit' : 'button', class: action.danger ? 'danger' : action.primary && 'primary',
                onclick: action.primary ? null : () => act(action)}, action.label)),
            h('button', {type: 'button', onclick: () => box.close('')}, text(actions.length ? 'cancel' : 'close')))));
        box.addEventListener('close', () => {
            box.remove();
            resolve(box.returnValue || null);
        });
        document.body.append(box);
        box.showModal();
    });
}

/** A short word that something was done; it stands for some seconds and is read out. */
export function toast(words) {
    const box = h('p', {class: 'toast', 'aria-hidden': 'true'}, words);
    document.querySelectorAll('.toast').forEach((old) => old.remove());
    document.body.append(box);
    announce(words);
    setTimeout(() => box.remove(), 6000);
}
