// SPDX-License-Identifier: Apache-2.0
// The server's requests. Every function resolves to the `result` of a reply, or throws a Problem; an aborted request throws an AbortError.
import {language, text} from './texts.js';

let current = null; // the session of this browser, as GET /v1/session tells it

/** What the server refused, or that it could not be reached (status 0, code "away"). `detail` is a sentence for the person at the page. */
export class Problem extends Error {
    constructor(told, response) {
        super(told.detail || told.title || '');
        Object.assign(this, told);
        this.name = 'Problem';
        this.status = told.status ?? response?.status ?? 0;
        this.retryAfter = Number(response?.headers.get('Retry-After')) || 0; // seconds
    }

    /** The sentence in the language that is shown now. */
    get sentence() {
        return this.text?.[language()] || (this.key ? text(this.key) : '') || this.detail || text('problem.unknown');
    }
}

function ended(status) {
    if (status !== 401 || !current) return;
    current = null;
    document.dispatchEvent(new CustomEvent('ieum-signed-out'));
}

async function reach(path, options = {}) {
    const headers = new Headers(options.headers);
    if (current && options.method && options.method !== 'GET') headers.set('X-CSRF-Token', current.csrf);
    try {
        return await fetch(path, {credentials: 'same-origin', cache: 'no-store', ...options, headers});
    } catch (error) {
        if (error.name === 'AbortError') throw error;
        throw new Problem({status: 0, code: 'away', key: 'problem.away'});
    }
}

async function read(response) {
    let told = null;
    try {
        told = await response.json();
    } catch (error) {
        if (error.name === 'AbortError') throw error;
    }
    if (response.ok && told && 'result' in told) return told.result;
    ended(response.status);
    const known = {401: 'problem.401', 403: 'problem.403', 413: 'problem.413', 429: 'problem.429', 503: 'problem.503'}[response.status];
    throw new Problem(told?.problem ?? {key: known ?? 'problem.unknown', code: 'reply'}, response);
}

const json = (method, body, signal) => ({method, body: JSON.stringify(body), signal, headers: {'Content-Type': 'application/json'}});

/** One request: call('suggest', {program, need}) → its result. `signal` aborts it. */
export async function call(op, request = {}, {signal} = {}) {
    return read(await reach(`/v1/${op}`, json('POST', {lang: language(), ...request}, signal)));
}

/** A long request; onProgress gets the sentences that tell how far it is. */
export async function events(op, request = {}, onProgress = () => {}, {signal} = {}) {
    const options = json('POST', {lang: language(), ...request}, signal);
    options.headers.Accept = 'text/event-stream';
    const response = await reach(`/v1/${op}`, options);
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) return read(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let held = ''; ;) {
        let part;
        try {
            part = await reader.read();
        } catch (error) {
            if (error.name === 'AbortError') throw error;
            part = {done: true};
        }
        if (part.done) throw new Problem({status: 0, code: 'away', key: 'problem.away'});
        held = (held + part.value).replaceAll('\r\n', '\n');
        for (let end; (end = held.indexOf('\n\n')) >= 0;) {
            const event = {name: 'message', data: []};
            for (const line of held.slice(0, end).split('\n')) {
                if (line.startsWith('event:')) event.name = line.slice(6).trim();
                if (line.startsWith('data:')) event.data.push(line.slice(5).replace(/^ /, ''));
            }
            held = held.slice(end + 2);
            if (event.name === 'progress') onProgress(JSON.parse(event.data.join('\n')).message);
            if (event.name !== 'reply') continue;
            const told = JSON.parse(event.data.join('\n'));
            if ('result' in told) return told.result;
            ended(told.problem?.status);
            throw new Problem(told.problem ?? {key: 'problem.unknown'});
        }
    }
}

const PIECE = 512 * 1024; // bytes of an upload in one request

/** Brings a file to the server in pieces; onProgress gets the share that is there, 0 to 1. → the upload's id, for importUpload. */
export async function upload(file, onProgress = () => {}, {signal} = {}) {
    const {upload: id} = await read(await reach(`/v1/uploads?name=${encodeURIComponent(file.name)}`, {method: 'POST', signal}));
    for (let offset = 0; offset < file.size; offset += PIECE) {
        const body = file.slice(offset, offset + PIECE);
        const headers = {'Content-Type': 'application/octet-stream'};
        await read(await reach(`/v1/uploads/${encodeURIComponent(id)}?offset=${offset}`, {method: 'PUT', body, headers, signal}));
        onProgress(Math.min(1, (offset + PIECE) / file.size));
    }
    return id;
}

/** Previews or imports an upload: {kind, preview, mapping, merge}. */
export async function importUpload(id, request, {signal} = {}) {
    return read(await reach(`/v1/uploads/${encodeURIComponent(id)}/import`, json('POST', {lang: language(), ...request}, signal)));
}

/** A shadow round of uploads: ids {suppliers, demands, decisions}; nothing is stored, and the uploads stay. */
export async function shadowUploads(ids, request, {signal} = {}) {
    return read(await reach(`/v1/uploads/shadow?${new URLSearchParams(ids)}`, json('POST', {lang: language(), ...request}, signal)));
}

/** The same as a file to keep. */
export async function saveShadow(ids, request, format) {
    return keep(await reach(`/v1/uploads/shadow?${new URLSearchParams({...ids, format})}`, json('POST', {lang: language(), ...request})), `shadow.${format}`);
}

/** Throws an upload away; that it is gone already is no fault. */
export async function dropUpload(id) {
    await reach(`/v1/uploads/${encodeURIComponent(id)}`, {method: 'DELETE'}).catch(() => {});
}

/** An address that opens (html, svg) or downloads (csv, xlsx) the reply of a request that only reads; `table` names one of its tables. */
export function link(op, request, format, table) {
    const query = new URLSearchParams({request: JSON.stringify({lang: language(), ...request}), format});
    if (table) query.set('table', table);
    return `/v1/${op}?${query}`;
}

/** The same as a file to keep, of a request that a link cannot make (long work is taken by POST alone). */
export async function save(op, request, format) {
    return keep(await reach(`/v1/${op}?${new URLSearchParams({format})}`, json('POST', {lang: language(), ...request})), `${op}.${format}`);
}

async function keep(response, name) {
    if (!response.ok) await read(response);
    const kept = document.createElement('a');
    kept.href = URL.createObjectURL(await response.blob());
    kept.download = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? name;
    kept.click();
    setTimeout(() => URL.revokeObjectURL(kept.href), 60000);
}

/** The address of a template to fill in: kind as for an import, format csv or xlsx. */
export function templateLink(kind, format) {
    return `/v1/templates/${encodeURIComponent(kind)}?${new URLSearchParams({format, lang: language()})}`;
}

/** Who is signed in: {account, role, csrf, expires, may}; null: nobody. */
export async function session() {
    const response = await reach('/v1/session');
    current = response.status === 401 ? null : await read(response);
    return current;
}

export async function signIn(token) {
    current = await read(await reach('/v1/session', json('POST', {token})));
    return current;
}

export async function signOut() {
    await reach('/v1/session', {method: 'DELETE'}).then(read).catch((error) => { if (error.status !== 401) throw error; });
    current = null;
}

/** Whether the role may do it; a step of "round" or an action can be named. The server decides again: this only keeps the page free of dead ends. */
export function may(who, op, step) {
    const all = who?.may ?? {};
    if (Object.keys(all).length === 0) return true; // a server that does not tell
    const what = all[op];
    return what === true || (Array.isArray(what) && (step === undefined ? what.length > 0 : what.includes(step)));
}
