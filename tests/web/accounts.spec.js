// SPDX-License-Identifier: Apache-2.0
// What an administrator does: accounts, tokens that are shown once and can be ended, roles, and the monthly review of who read whose data.
const fs = require('node:fs');
const {test, expect} = require('@playwright/test');
const {serve, watch, signIn, accessible, fits} = require('./serving.js');

test.use({actionTimeout: 15000});

let server;
test.beforeAll(async () => { server = await serve(); });
test.afterAll(() => server?.close());

const dialog = (page) => page.getByRole('dialog');
const row = (page, account) => page.getByRole('table', {name: '계정', exact: true}).getByRole('row').filter({hasText: account});

async function open(page) {
    await signIn(page, server);
    await page.getByRole('navigation').getByRole('link', {name: '계정 관리'}).click();
    await expect(row(page, 'admin').first()).toBeVisible();
}

/** Whether the token opens a session, asked from outside the browser. */
const opens = async (request, token) => (await request.post(`${server.url}/v1/doctor`, {headers: {Authorization: `Bearer ${token}`}, data: {}})).status() !== 401;

async function make(page, account, role) {
    await page.getByRole('textbox', {name: '계정', exact: true}).fill(account);
    await page.getByLabel('역할', {exact: true}).selectOption(role);
    await page.getByRole('button', {name: '계정 만들기'}).click();
    const token = await dialog(page).getByRole('textbox').inputValue();
    expect(token).toMatch(/^[\w-]{43,}$/);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    return token;
}

test('a new account: its token is shown once, opens the pages of its role, and ends when it is revoked', async ({page, browser, request}) => {
    const faults = watch(page, server, [/status of 401/]);
    await open(page);
    await accessible(page);
    await fits(page);
    await page.getByRole('textbox', {name: '계정', exact: true}).fill('lee-desk');
    await page.getByLabel('역할', {exact: true}).selectOption('desk');
    await page.getByRole('button', {name: '계정 만들기'}).click();
    await expect(dialog(page)).toContainText('지금 한 번만 보입니다');
    await accessible(page);
    const token = await dialog(page).getByRole('textbox').inputValue();
    await page.keyboard.press('Escape');
    await expect(row(page, 'lee-desk')).toContainText('상담');
    expect(await page.content()).not.toContain(token);
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(token);

    const theirs = await (await browser.newContext()).newPage();
    await signIn(theirs, server, token);
    const menu = theirs.getByRole('navigation').getByRole('link');
    expect(await menu.allInnerTexts()).toEqual(['상담 창구', '매칭 회차', '준비도 진단']);

    // The role changes with a reason; the menu follows.
    await row(page, 'lee-desk').getByRole('button', {name: '역할 바꾸기'}).click();
    await dialog(page).getByLabel('역할').selectOption('manager');
    await dialog(page).getByLabel('이유(선택)').fill('인사이동');
    await accessible(page);
    await dialog(page).locator('[type=submit]').click();
    await expect(row(page, 'lee-desk')).toContainText('사업 담당');
    await theirs.reload();
    await expect(menu.filter({hasText: '자료 가져오기'})).toHaveCount(1);

    // Closing it ends the token and the session that stands open.
    expect(await opens(request, token)).toBe(true);
    await row(page, 'lee-desk').getByRole('button', {name: '계정 닫기'}).click();
    await dialog(page).locator('[type=submit]').click();
    await expect(row(page, 'lee-desk')).toContainText('끝남');
    expect(await opens(request, token)).toBe(false);
    await theirs.reload();
    await expect(theirs.getByLabel('접속 토큰')).toBeVisible();
    expect(faults).toEqual([]);
});

test('another token for an account, one of them ended, and what cannot be done is told', async ({page, request}) => {
    const faults = watch(page, server, [/status of 4\d\d/]);
    await open(page);
    const first = await make(page, 'park-manager', 'manager');
    await row(page, 'park-manager').getByRole('button', {name: '새 토큰'}).click();
    await dialog(page).getByLabel('이전 토큰은 폐기').selectOption('yes');
    await dialog(page).locator('[type=submit]').click();
    const second = await dialog(page).getByRole('textbox').inputValue();
    await page.keyboard.press('Escape');
    expect(second).not.toBe(first);
    expect([await opens(request, first), await opens(request, second)]).toEqual([false, true]);
    await row(page, 'park-manager').locator('summary').click();
    await expect(row(page, 'park-manager').getByRole('listitem').filter({hasText: '폐기'}).first()).toBeVisible();
    await accessible(page);
    await fits(page);
    // A name that is taken, and one that is no name.
    for (const name of ['park-manager', '박 담당']) {
        await page.getByRole('textbox', {name: '계정', exact: true}).fill(name);
        await page.getByRole('button', {name: '계정 만들기'}).click();
        await expect(page.getByRole('alert')).toContainText(/[가-힣]/);
        await expect(page.getByRole('textbox', {name: '계정', exact: true})).toHaveValue(name);
        await accessible(page);
    }
    expect(faults).toEqual([]);
});

test('the monthly review: who read how much, what stands out, and the file to keep', async ({page}) => {
    const faults = watch(page, server, [/status of 401/]);
    const month = new Date().toISOString().slice(0, 7);
    await open(page);
    const token = await make(page, 'choi-desk', 'desk');
    const asked = await page.request.post(`${server.url}/v1/suggest`, {headers: {Authorization: `Bearer ${token}`}, data: {program: 'ai-bio', demand: 'D019'}});
    expect(asked.status()).toBe(200);
    const named = (await asked.json()).result.suggestions.length;
    await page.getByLabel('달').fill(month);
    await page.getByRole('button', {name: '보기', exact: true}).click();
    const counted = page.getByRole('table', {name: '계정별'}).getByRole('row').filter({hasText: 'choi-desk'}).getByRole('cell');
    await expect(counted.first()).toHaveText('1');
    expect(Number((await counted.nth(1).innerText()).replace(/\D/g, ''))).toBeGreaterThanOrEqual(named);
    await page.locator('summary', {hasText: '접속기록'}).click();
    await expect(page.getByRole('table', {name: '접속기록'}).getByRole('row').filter({hasText: 'choi-desk'})).toContainText('suggest');
    await accessible(page);
    await fits(page);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', {name: 'CSV'}).click();
    const csv = fs.readFileSync(await (await waiting).path(), 'utf8');
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(csv).toContain('choi-desk');
    expect(csv).not.toContain(token);
    // In English.
    await page.getByRole('button', {name: 'English'}).click();
    await expect(page.getByRole('table', {name: 'By account'}).getByRole('row').filter({hasText: 'choi-desk'})).toBeVisible();
    await accessible(page);
    await fits(page);
    expect(await page.locator('main').innerText()).not.toMatch(/\b(acc|rev|token)\.[a-z_]+/);
    expect(faults).toEqual([]);
});
