// SPDX-License-Identifier: Apache-2.0
// The shell: who is signed in, which page the address names, which language. Each page is a module, loaded when it is first opened.
import {h, replace, announce} from './dom.js';
import {language, setLanguage, text} from './texts.js';
import {may, session as readSession, signIn, signOut} from './api.js';
import {busy, field, problemBox} from './parts.js';

// route: first word of the address; op (and step): what a role must be allowed to do to see it; under: the entry of the menu it belongs to.
const pages = [
    {route: 'desk', module: './page_desk.js', op: 'suggest', menu: true},
    {route: 'rounds', module: './page_rounds.js', op: 'round', menu: true},
    {route: 'round', module: './page_round.js', op: 'round', under: 'rounds'},
    {route: 'import', module: './page_import.js', op: 'import', menu: true},
    {route: 'shadow', module: './page_shadow.js', op: 'shadow', under: 'import'},
    {route: 'report', module: './page_report.js', op: 'report', step: 'council', menu: true},
    {route: 'diagnosis', module: './page_diagnosis.js', op: 'diagnose', menu: true},
    {route: 'accounts', module: './page_accounts.js', op: 'account', menu: true},
];

const [top, main, foot] = ['top', 'main', 'foot'].map((id) => document.getElementById(id));
let session = null, asked = 0, leave = null;
let before = null; // the account whose session ended by itself, so that the same person finds the page as it was

let handed = ''; // a token out of the address

const open = (page) => may(session, page.op, page.step);

// "#token=…" as the server's first start shows it fills in the sign-in; the address forgets it at once, and the person presses the button: whom one signs in as
// is never somebody else's choice.
function takeToken() {
    const found = /^#token=([\w-]{1,64})$/.exec(location.hash);
    if (!found) return;
    handed = found[1];
    history.replaceState(null, '', '#/');
}

function place() { // the address: "#/round/R1/pairs" → {route: 'round', params: ['R1', 'pairs']}
    const [, route, ...params] = location.hash.split('/').map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
    return {route, params: params.filter((part) => part !== '')};
}

function drawTop(page) {
    const lead = h('a', {class: 'brand', href: '#/'}, h('img', {src: 'icon.svg', alt: '', width: 28, height: 28}),
        h('span', h('strong', text('brand')), ' ', h('span', {class: 'brand-long'}, text('brand.long'))));
    const other = h('button', {type: 'button', class: 'plain', lang: language() === 'ko' ? 'en' : 'ko', title: text('language.switch'),
        onclick: () => { setLanguage(language() === 'ko' ? 'en' : 'ko'); draw({keepFocus: 'language'}); }, id: 'language'}, text('language.other'));
    const role = session && text(`role.${session.role}`);
    replace(top, h('div', {class: 'bar'}, lead, h('div', {class: 'who'},
        session && h('span', {class: 'account', title: session.account}, session.account, role !== session.account && ` (${role})`), other,
        session && h('button', {type: 'button', class: 'plain', onclick: leaveSession}, text('sign-out')))),
    session && h('nav', {'aria-label': text('nav')}, h('ul', pages.filter((one) => one.menu && open(one)).map((one) => h('li', h('a', {
        href: `#/${one.route}`, 'aria-current': (page?.under ?? page?.route) === one.route && 'page'}, text(`nav.${one.route}`)))))));
    const menu = top.querySelector('nav ul'), here = menu?.querySelector('[aria-current]'); // on a narrow screen the menu is wider than it
    if (here) menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
    document.getElementById('skip').textContent = text('skip');
    replace(foot, h('p', text('foot')));
    document.documentElement.lang = language();
}

function titled(root) {
    const heading = root.querySelector('h1');
    document.title = [heading?.textContent, text('brand')].filter(Boolean).join(' · ');
    return heading;
}

async function leaveSession() {
    try {
        await signOut();
    } catch (error) {
        main.prepend(problemBox(error));
        return;
    }
    forget();
}

function forget() { // what a page holds and keeps is firms' data: it does not outlive the session
    sessionStorage.clear();
    history.replaceState(null, '', '#/');
    location.reload();
}

function drawSignIn() {
    const token = h('input', {type: 'password', name: 'token', autocomplete: 'current-password', spellcheck: 'false', autocapitalize: 'off', required: true, value: handed});
    const told = h('div');
    const button = h('button', {type: 'submit', class: 'primary'}, text('sign-in'));
    const seen = h('input', {type: 'checkbox', onchange: () => { token.type = seen.checked ? 'text' : 'password'; }});
    const form = h('form', {class: 'sign-in', novalidate: true, onsubmit: async (event) => {
        event.preventDefault();
        replace(told);
        const given = token.value.trim().replace(/^"|"$/g, '');
        if (!given) {
            replace(told, h('p', {class: 'problem', role: 'alert'}, text('sign-in.empty')));
            return token.focus();
        }
        button.disabled = true;
        try {
            session = await signIn(given);
            if (before && before !== session.account) return forget();
            before = null;
            await draw();
        } catch (error) {
            button.disabled = false;
            if (error.status === 401) error.text = {[language()]: text('sign-in.wrong')};
            replace(told, problemBox(error));
            token.focus();
            token.select();
        }
    }}, h('h1', {tabindex: '-1'}, text('sign-in')), h('p', {class: 'lead'}, before ? text('sign-in.again') : text('sign-in.lead')), told,
    field(text('sign-in.token'), token, text('sign-in.hint')),
    h('p', h('label', {class: 'check'}, seen, text('sign-in.show'))), h('p', button));
    replace(main, form);
    titled(form);
    (handed ? button : token).focus();
    handed = '';
}

async function draw({keepFocus} = {}) {
    const mine = ++asked, first = mine === 1;
    if (!session) {
        drawTop(null);
        return drawSignIn();
    }
    let {route, params} = place();
    const allowed = pages.filter(open);
    const page = pages.find((one) => one.route === route) ?? (route ? null : allowed.find((one) => one.menu));
    if (page && !route) {
        history.replaceState(null, '', `#/${page.route}`);
        route = page.route;
    }
    drawTop(page);
    leave?.();
    leave = null;
    const root = h('div', {class: `page page-${page?.route ?? 'none'}`}, busy());
    replace(main, root);
    const tell = (title, why) => replace(root, h('h1', {tabindex: '-1'}, title), h('p', why));
    if (!page) tell(text('page.missing'), allowed.length ? text('page.missing.why') : text('page.nothing'));
    else if (!open(page)) tell(text(`nav.${page.under ?? page.route}`), text('problem.403'));
    else {
        let module = null;
        try {
            module = await import(page.module);
            await Promise.all((module.styles ?? []).map(loadStyle));
        } catch (error) {
            console.error(error);
            tell(text('page.missing'), text('page.missing.why'));
        }
        if (mine !== asked) return;
        if (module) {
            try {
                const left = await module.show(root, {route, params, session, language: language()});
                if (mine !== asked) left?.();
                else leave = left ?? null;
            } catch (error) {
                if (mine !== asked) return;
                if (error.name !== 'Problem') console.error(error);
                replace(root, h('h1', {tabindex: '-1'}, text(`nav.${page.under ?? page.route}`)), problemBox(error, {retry: () => draw()}));
            }
        }
    }
    if (mine !== asked) return;
    const heading = titled(root);
    if (keepFocus) document.getElementById(keepFocus)?.focus();
    else if (!first && heading && !root.contains(document.activeElement)) {
        heading.tabIndex = -1;
        heading.focus({preventScroll: true});
        scrollTo(0, 0);
        announce(heading.textContent);
    }
}

function loadStyle(name) { // a page's own style file, once
    if (document.querySelector(`link[href="${name}"]`)) return null;
    return new Promise((resolve) => document.head.append(h('link', {rel: 'stylesheet', href: name, onload: resolve, onerror: resolve})));
}

async function start() {
    takeToken();
    drawTop(null);
    replace(main, busy());
    try {
        session = await readSession();
    } catch (error) {
        replace(main, problemBox(error, {retry: start}));
        return;
    }
    await draw();
}

document.getElementById('skip').addEventListener('click', (event) => {
    event.preventDefault(); // the address is the page's: it must not become "#main"
    main.focus();
    main.scrollIntoView();
});
document.addEventListener('ieum-signed-out', () => {
    before = session?.account ?? before;
    session = null;
    leave?.();
    leave = null;
    draw();
});
addEventListener('hashchange', () => { takeToken(); draw(); });
start();
