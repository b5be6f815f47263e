// SPDX-License-Identifier: Apache-2.0
// Several people at one round: two managers who collide lose nothing, a desk account sees no manager's act and is refused it, a firm's name is text.
const {test, expect} = require('@playwright/test');
const {serve, watch, signIn, accessible, fits} = require('./serving.js');

test.use({actionTimeout: 15000});

const HOSTILE = '<img src=x onerror=alert(1)><script>alert(2)</script>(가상)';
const ROUND = '2025-1';
const AWAY = /Failed to load resource/; // what the browser says of a 4xx that a test brings about
let server;

test.beforeAll(async () => {
    const hostile = {id: 'D990', program: 'ai-bio', applied: '2025-03-21', firm: {name: HOSTILE, region: '서울특별시 송파구', founded: '2019-04-15',
        size: '벤처기업', ksic: ['C21101'], employees: 9}, title: `${HOSTILE} 재설계`, need: '후보물질의 독성을 미리 걸러내고 싶습니다.', budget_krw: 100000000};
    server = await serve({demands: [hostile]});
    server.run('round', 'new', '--program', 'ai-bio', '--id', ROUND);
    for (const step of ['open', 'select', 'propose']) server.run('round', step, '--id', ROUND);
});
test.afterAll(() => server?.close());

const dialog = (page) => page.getByRole('dialog');
const panel = (page) => page.getByRole('tabpanel');
const send = (page) => dialog(page).locator('[type=submit]').click();
const line = (page, at) => panel(page).getByRole('table', {name: '배정안', exact: true}).locator('tbody tr').nth(at);
const asked = (page, request, op = 'round') => page.evaluate(async ([name, body]) => {
    const {call} = await import('./api.js');
    return call(name, body).then((result) => ({result}), ({status, code, sentence}) => ({status, code, sentence}));
}, [op, request]);

async function at(browser, name, role, options) {
    const page = await (await browser.newContext(options)).newPage();
    await signIn(page, server, server.account(name, role));
    await page.goto(`${server.url}/#/round/${ROUND}`);
    await expect(page.getByRole('heading', {name: `회차 ${ROUND}`})).toBeVisible();
    return page;
}

test('two managers collide: the slower is told what changed and by whom, keeps what was written, and may do it again', async ({browser}) => {
    const [kim, lee] = [await at(browser, 'kim-manager', 'manager'), await at(browser, 'lee-manager', 'manager', {viewport: {width: 360, height: 800}})];
    const faults = watch(kim, server, [AWAY]);
    await kim.getByRole('tab', {name: '배정안'}).click();
    const pair = (await line(kim, 0).locator('th').innerText()).split(/\s/)[0];
    await line(kim, 0).getByRole('button', {name: '고정'}).click();
    await dialog(kim).getByRole('textbox', {name: '이유'}).fill('양쪽이 함께 일한 적이 있음');
    // Meanwhile the other vetoes another pair.
    await lee.getByRole('tab', {name: '배정안'}).click();
    await line(lee, 1).getByRole('button', {name: '금지'}).click();
    await dialog(lee).getByRole('textbox', {name: '이유'}).fill('이해충돌이 있음');
    await send(lee);
    await expect(dialog(lee)).toHaveCount(0);
    const before = (await asked(kim, {step: 'show', round: ROUND})).result;
    await send(kim);
    const told = dialog(kim).getByRole('alert');
    await expect(told).toContainText('아무것도 저장되지 않았고');
    await expect(told.locator('tbody tr')).toHaveCount(1);
    for (const words of ['금지', 'lee-manager', '이해충돌이 있음']) await expect(told.locator('tbody tr')).toContainText(words);
    await expect(dialog(kim).getByRole('heading').first()).toContainText(`고정: ${pair}`); // what one's own act was
    await expect(dialog(kim).getByRole('textbox', {name: '이유'})).toHaveValue('양쪽이 함께 일한 적이 있음');
    await accessible(kim);
    await fits(kim);
    expect((await asked(kim, {step: 'show', round: ROUND})).result.round.revision).toBe(before.round.revision);
    // A look at the round as it stands now; what was written is there again.
    await dialog(kim).getByRole('button', {name: '바뀐 회차 보기'}).click();
    await expect(panel(kim).getByRole('table', {name: '고정·금지·제척, 철회'})).toContainText('이해충돌이 있음');
    await line(kim, 0).getByRole('button', {name: '고정'}).click();
    await expect(dialog(kim).getByRole('textbox', {name: '이유'})).toHaveValue('양쪽이 함께 일한 적이 있음');
    await send(kim);
    await expect(dialog(kim)).toHaveCount(0);
    const after = (await asked(kim, {step: 'show', round: ROUND})).result;
    expect(after.restrictions.map((one) => [one.kind, one.author.by]).sort()).toEqual([['lock', 'kim-manager'], ['veto', 'lee-manager']]);
    // The other does it at once after the clash.
    await lee.getByRole('tab', {name: '배정안'}).click();
    await line(lee, 2).getByRole('button', {name: '금지'}).click();
    await dialog(lee).getByRole('textbox', {name: '이유'}).fill('서로 경쟁하는 회사');
    await send(lee);
    await expect(dialog(lee).getByRole('alert')).toContainText('kim-manager');
    await accessible(lee);
    await dialog(lee).getByRole('button', {name: '확인했고, 다시 하기'}).click();
    await expect(dialog(lee)).toHaveCount(0);
    expect((await asked(lee, {step: 'show', round: ROUND})).result.restrictions).toHaveLength(3);
    expect(faults).toEqual([]);
});

test('a desk account sees no manager’s act, is refused it by the server, and notes answers under its own name alone', async ({browser}) => {
    const page = await at(browser, 'park-desk', 'desk');
    for (const name of ['자료 가져오기', '보고서', '계정 관리']) await expect(page.getByRole('navigation').getByRole('link', {name})).toHaveCount(0);
    for (const tab of ['신청·선발', '배정안', '동의·이행', '이의신청', '기록']) {
        await page.getByRole('tab', {name: tab}).click();
        for (const act of ['고정', '금지', '제척', '거두기', '배정안 다시 내기', '회차 확정', '재매칭', '다시 선발하기', '처리하기', '기한 늘리기'])
            await expect(page.getByRole('button', {name: act})).toHaveCount(0);
        await accessible(page);
        await fits(page);
    }
    const {result} = await asked(page, {step: 'show', round: ROUND}), {revision} = result.round, [pair] = result.proposal.assignment.proposed;
    for (const request of [{step: 'confirm'}, {step: 'propose'}, {step: 'lock', demand: pair.demand, supplier: pair.supplier, reason: '시험'}]) {
        const refused = await asked(page, {...request, round: ROUND, revision});
        expect([refused.status, refused.code]).toEqual([403, 'forbidden']);
        expect(refused.sentence).toMatch(/[가-힣]/);
    }
    expect((await asked(page, {action: 'list'}, 'account')).status).toBe(403);
    // Somebody else's name is refused, too.
    const asOther = {step: 'object', round: ROUND, demand: pair.demand, reason: '시험', revision, by: 'kim-manager'};
    expect((await asked(page, asOther)).status).toBe(403);
    expect((await asked(page, {step: 'show', round: ROUND})).result.round.revision).toBe(revision);
    await page.goto(`${server.url}/#/accounts`);
    await expect(page.getByText('이 계정에는 이 일을 할 권한이 없습니다.')).toBeVisible();
    await accessible(page);
});

test('someone who may only look sees the round and no act at all', async ({browser}) => {
    const page = await at(browser, 'choi-viewer', 'viewer');
    for (const tab of ['신청·선발', '배정안', '동의·이행', '이의신청', '기록']) {
        await page.getByRole('tab', {name: tab}).click();
        await expect(panel(page).getByRole('button', {name: /고정|금지|답 적기|이의신청 접수|철회|확정/})).toHaveCount(0);
    }
    await expect(page.locator('.next button.primary, .next button.danger')).toHaveCount(0);
    await accessible(page);
});

test('script in an applicant’s name is text wherever it stands', async ({browser}) => {
    const page = await at(browser, 'han-manager', 'manager'), faults = watch(page, server);
    for (const tab of ['신청·선발', '배정안', '이의신청', '기록', '동의·이행']) await page.getByRole('tab', {name: tab}).click();
    await page.getByRole('tab', {name: '신청·선발'}).click();
    await expect(panel(page)).toContainText(HOSTILE);
    await page.getByRole('tab', {name: '이의신청'}).click();
    await page.getByRole('button', {name: '이의신청 접수'}).click();
    await dialog(page).getByLabel('신청기업').selectOption('D990');
    await dialog(page).getByRole('textbox', {name: '내용'}).fill(HOSTILE);
    await send(page);
    await expect(panel(page).getByRole('table')).toContainText(HOSTILE);
    await expect(page.locator('main img, main script')).toHaveCount(0);
    expect(faults).toEqual([]);
});

test('a lock and a what-if by keyboard alone; the focus is seen and comes back', async ({browser}) => {
    const page = await at(browser, 'key-manager', 'manager');
    const until = async (name) => { // Tab until the control of that name has the focus
        for (let i = 0; i < 120; i++) {
            await page.keyboard.press('Tab');
            const at = await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
            if (at.startsWith(name)) return expect(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)).toBe('solid');
        }
        throw new Error(`no Tab leads to ${name}`);
    };
    const chosen = () => page.evaluate(() => document.activeElement.textContent);
    await page.getByRole('tab', {selected: true}).focus();
    for (let i = 0; i < 7 && await chosen() !== '배정안'; i++) await page.keyboard.press('ArrowRight');
    const before = (await asked(page, {step: 'show', round: ROUND})).result.restrictions.length;
    await until('제척·기피·회피');
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toBeVisible();
    for (let i = 0; i < 12; i++) { // the dialog keeps the focus (or the browser's own bar has it)
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await until('고정');
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('textbox').focus();
    await page.keyboard.type('키보드로 고정함');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toHaveCount(0);
    await expect.poll(async () => (await asked(page, {step: 'show', round: ROUND})).result.restrictions.length).toBe(before + 1);
    await expect.poll(() => page.evaluate(() => document.activeElement.dataset.key ?? '')).toMatch(/^lift\|/); // its place now takes it back
    await page.getByRole('tab', {selected: true}).focus();
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe('바꿔 보기');
    await until('공급기업 빼기');
    await page.keyboard.press('Space');
    await until('계산하기');
    await page.keyboard.press('Enter');
    await expect(panel(page).getByRole('table', {name: '지금과 바꾼 뒤'})).toBeVisible();
});
