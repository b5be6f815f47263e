// SPDX-License-Identifier: Apache-2.0
// What a council reads: every number of a chart stands in its table, the tables are those of the exported file, a printed page; and a firm's result sheet.
const fs = require('node:fs');
const {test, expect} = require('@playwright/test');
const {serve, watch, signIn, accessible, fits} = require('./serving.js');

test.use({actionTimeout: 15000});

const ROUND = '2025-1';
let server;
test.beforeAll(async () => {
    server = await serve();
    server.run('round', 'new', '--program', 'ai-bio', '--id', ROUND);
    for (const step of ['open', 'select', 'propose']) server.run('round', step, '--id', ROUND);
});
test.afterAll(() => server?.close());

async function open(page, role) {
    await signIn(page, server, server.account(`r-${role}-${Date.now()}`, role));
    await page.goto(`${server.url}/#/report`);
    await expect(page.getByRole('heading', {level: 2}).nth(1)).toBeVisible();
}

const cells = (table) => table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));

test('the council report: charts, tables, files and paper tell the same', async ({page}) => {
    const faults = watch(page, server, [/status of 401/]);
    await open(page, 'manager');
    await page.getByLabel('사업', {exact: true}).selectOption('ai-bio');
    await page.getByLabel('연도').selectOption('2025');
    await page.getByRole('button', {name: '보고서 만들기'}).click();
    const funnel = page.getByRole('table', {name: '신청에서 완료까지'});
    await expect(funnel).toBeVisible();
    // Counted a second way: the demo data's applications and what the round selected.
    const round = JSON.parse(server.run('round', 'show', '--id', ROUND, '--format', 'json')), selection = round.selection.counts;
    const counted = Object.fromEntries((await cells(funnel)).map(([step, count]) => [step, count]));
    expect(counted).toMatchObject({'신청': String(selection.applicants), '적격': String(selection.eligible), '선정': String(selection.selected), '완료': '0'});
    // Every bar's number stands in the table below it.
    const bars = await page.locator('figure', {hasText: '신청에서 완료까지'}).locator('text.value').allTextContents();
    expect(bars).toEqual((await cells(funnel)).map(([, count]) => count));
    for (const section of ['중기 목표 대비', '경쟁률', '예산(원)', '공급기업 쏠림과 신규 참여', '채우지 못한 수요'])
        await expect(page.getByRole('heading', {name: section})).toBeVisible();
    await accessible(page);
    await fits(page);
    // The file has the same rows.
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', {name: 'CSV'}).click();
    const csv = fs.readFileSync(await (await waiting).path(), 'utf8');
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(csv).toContain(`신청,${selection.applicants},`);
    // Paper: nothing of the frame, A4.
    await page.emulateMedia({media: 'print'});
    await expect(page.locator('header.top')).toBeHidden();
    await expect(page.getByRole('button', {name: '인쇄'})).toBeHidden();
    await expect(funnel).toBeVisible();
    await page.emulateMedia({media: 'screen'});
    // The yearly evaluation, by its kind.
    await page.getByLabel('종류').selectOption('year');
    await page.getByRole('button', {name: '보고서 만들기'}).click();
    await expect(page.getByRole('heading', {name: '다음 계획에 넣을 수치(환류)'})).toBeVisible();
    await accessible(page);
    await fits(page);
    // Survey statistics: of the whole store, so neither program nor year is asked; small cells are hidden.
    await page.getByLabel('종류').selectOption('statistics');
    await expect(page.getByLabel('사업', {exact: true})).toBeDisabled();
    await page.getByRole('button', {name: '보고서 만들기'}).click();
    const sizes = page.getByRole('table', {name: '업종과 기업 규모', exact: true}).first();
    await expect(sizes).toBeVisible();
    const small = (await cells(sizes)).slice(0, -1).flat().filter((cell) => /^[1-4]$/.test(cell));
    expect(small).toEqual([]);
    await expect(sizes.getByRole('cell', {name: 'x', exact: true}).first()).toBeVisible();
    await accessible(page);
    await fits(page);
    await page.getByLabel('종류').selectOption('council');
    await page.getByRole('button', {name: '보고서 만들기'}).click();
    await expect(funnel).toBeVisible();
    // In English, with what was chosen still chosen.
    await page.getByRole('button', {name: 'English'}).click();
    await expect(page.getByRole('table', {name: 'From application to completion'})).toBeVisible();
    await expect(page.getByLabel('Program')).toHaveValue('ai-bio');
    await accessible(page);
    await fits(page);
    expect(await page.locator('main').innerText()).not.toMatch(/\brep\.[a-z]+/);
    expect(faults).toEqual([]);
});

test('a program without applications in a year is told as such, and a viewer reads the report but no firm’s result sheet', async ({page}) => {
    await open(page, 'viewer');
    await page.getByLabel('연도').selectOption('2019');
    await page.getByRole('button', {name: '보고서 만들기'}).click();
    await expect(page.locator('main').getByText(/2019년/).or(page.getByRole('alert')).first()).toBeVisible();
    await accessible(page);
    const refused = await page.evaluate(async (round) => {
        const {call} = await import('./api.js');
        return call('report', {kind: 'result', round}).then(() => 200, ({status}) => status);
    }, ROUND);
    expect(refused).toBe(403);
    await page.goto(`${server.url}/#/round/${ROUND}`);
    await page.getByRole('tab', {name: '배정안'}).click();
    await expect(page.getByRole('link', {name: /결과서/})).toHaveCount(0);
});

test('the result sheet of a firm opens as a page to print', async ({page, context}) => {
    await signIn(page, server, server.account('sheet-manager', 'manager'));
    await page.goto(`${server.url}/#/round/${ROUND}`);
    await page.getByRole('tab', {name: '배정안'}).click();
    const opening = context.waitForEvent('page');
    await page.getByRole('link', {name: '결과서(전체, 새 창)'}).click();
    const sheet = await opening;
    await sheet.waitForLoadState();
    const firms = JSON.parse(server.run('round', 'show', '--id', ROUND, '--format', 'json')).selection.applicants;
    for (const one of firms) await expect(sheet.locator('body')).toContainText(one.name);
    await expect(sheet.locator('script')).toHaveCount(0);
    await accessible(sheet);
});
