// SPDX-License-Identifier: Apache-2.0
// A server for a spec file: `ieum serve` on a fresh store with the demo data, on a free port, ended by its own process id; and what every page test uses.
const {execFileSync, spawn} = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const {test: plain, expect} = require('@playwright/test');

const source = process.env.IEUM_SOURCE || path.resolve(__dirname, '../..');
const program = process.env.IEUM || path.join(source, 'build/release/bindings/cli/ieum');

const freePort = () => new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => { const {port} = probe.address(); probe.close(() => resolve(port)); });
});

/** suppliers, demands: records put into the store beside the demo data. → a running Server. */
async function serve({suppliers = [], demands = [], now = '2025-08-01', demo = true} = {}) {
    const server = new Server(fs.mkdtempSync(path.join(os.tmpdir(), 'ieum-web-')), now, await freePort());
    if (demo) for (const kind of ['suppliers', 'demands']) server.run('import', kind, path.join(source, `data/demo/${kind}.jsonl`));
    for (const [kind, records] of [['suppliers', suppliers], ['demands', demands]]) {
        if (!records.length) continue;
        const file = path.join(server.folder, `more-${kind}.jsonl`);
        fs.writeFileSync(file, records.map((one) => `${JSON.stringify(one)}\n`).join(''));
        server.run('import', kind, file);
    }
    await server.start();
    return server;
}

/** url, token (admin's, as the first start printed it), account(name, role), call(op, request), run(…), stop(), start(), close(). */
class Server {
    constructor(folder, now, port) {
        Object.assign(this, {folder, now, port, token: null, process: null});
        this.env = {...process.env, IEUM_STORE: path.join(folder, 'ieum.db'), IEUM_DATA: path.join(source, 'data')};
    }

    /** A command of the program on this server's store → what it printed. */
    run(...args) {
        return execFileSync(program, ['--now', this.now, ...args], {env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
    }

    async start() {
        const child = this.process = spawn(program, ['--now', this.now, 'serve', '--listen', `127.0.0.1:${this.port}`], {env: this.env, stdio: ['ignore', 'pipe', 'pipe']});
        let told = '', said = '';
        child.stderr.on('data', (part) => { said += part; });
        this.gone = new Promise((resolve) => child.on('exit', resolve));
        process.once('exit', () => child.kill('SIGKILL')); // a test run that was given up leaves no server behind
        const line = await new Promise((resolve, reject) => {
            child.stdout.on('data', (part) => { told += part; if (told.includes('\n')) resolve(told.split('\n')[0]); });
            child.on('exit', (code) => reject(new Error(`ieum serve ended with ${code}: ${said}`)));
        });
        const ready = JSON.parse(line);
        this.url = ready.url.replace(/\/$/, '');
        this.token ??= ready.token ?? null;
    }

    /** Ends the server as its operator would, and waits for it. */
    async stop() {
        if (!this.process) return;
        this.process.kill('SIGTERM');
        await this.gone;
        this.process = null;
    }

    async close() {
        await this.stop();
        fs.rmSync(this.folder, {recursive: true, force: true});
    }

    /** The operator's request, as on the command line → its result. */
    call(op, request = {}) {
        const reply = JSON.parse(execFileSync(program, ['--now', this.now, 'call'], {env: this.env, encoding: 'utf8', input: `${JSON.stringify({op, ...request})}\n`}));
        if (reply.problem) throw new Error(JSON.stringify(reply.problem));
        return reply.result;
    }

    /** A token for a new account of the role: viewer, desk, manager, researcher, admin. */
    account(name, role) {
        return this.call('account', {action: 'create', account: name, role}).token;
    }
}

/** As Playwright's test, and no page of it may have asked anybody but this machine for anything. */
const test = plain.extend({
    context: async ({context}, use) => {
        const elsewhere = [];
        context.on('request', (request) => { if (!/^(http:\/\/127\.0\.0\.1:\d+\/|data:)/.test(request.url())) elsewhere.push(request.url()); });
        await use(context);
        expect(elsewhere).toEqual([]);
    },
});

/** Collects what must not happen on a page: faults in the console, requests to other places, dialogs. `allow`: patterns of faults that a test brings about. */
function watch(page, server, allow = []) {
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('console', (message) => {
        if (/\/v1\/session$/.test(message.location().url)) return; // "nobody is signed in" is an answer, which the browser logs as a fault
        if (message.type() === 'error' && !allow.some((pattern) => pattern.test(message.text()))) faults.push(message.text());
    });
    page.on('request', (request) => {
        if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) faults.push(`request to ${request.url()}`);
    });
    return faults;
}

async function signIn(page, server, token = server.token) {
    await page.goto(server.url);
    await page.locator('input[name=token]').fill(token);
    await page.keyboard.press('Enter');
    await expect(page.locator('input[name=token]')).toHaveCount(0);
}

const axeSource = fs.readFileSync(require.resolve('axe-core'), 'utf8');

/** axe with all its rules on what the page shows now; evaluated from outside, so that the page's own rules against scripts stay in force. */
async function accessible(page) {
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished))); // a color on its way is no color of the page
    await page.evaluate(axeSource);
    const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

/** The page is not wider than the window, at the three widths that it is made for. */
async function fits(page) {
    const before = page.viewportSize();
    for (const width of [360, 768, 1440]) {
        await page.setViewportSize({width, height: 900});
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize(before);
}

module.exports = {test, expect, serve, watch, signIn, accessible, fits, source, axeSource};
