// SPDX-License-Identifier: Apache-2.0
// A shadow round of a past year's files: brought as for an import, compared with what the program itself says of them, and nothing stored.
const fs = require('node:fs');
const path = require('node:path');
const {test, expect} = require('@playwright/test');
const {serve, watch, signIn, accessible, fits, source} = require('./serving.js');
const {records, rows, asCsv, asXlsx, SUPPLIER, DEMAND} = require('./sheets.js');

test.use({actionTimeout: 15000});

let server;
test.beforeAll(async () => { server = await serve({demo: false}); });
test.afterAll(() => server?.close());

test('three files, one of them with a header that a person puts to its field, give the shadow round of the command line', async ({page}) => {
    const faults = watch(page, server, [/status of 401/]), demo = (name) => path.join(source, 'data/demo', name);
    await signIn(page, server, server.account('kim-manager', 'manager'));
    await page.getByRole('navigation').getByRole('link', {name: '자료 가져오기'}).click();
    await page.getByRole('link', {name: /그림자 회차/}).click();
    const box = (name) => page.getByRole('region', {name, exact: true}), run = page.getByRole('button', {name: '견주기'});
    await expect(run).toBeDisabled();
    await page.getByLabel('사업', {exact: true}).selectOption('ai-bio');
    await box('공급기업').locator('input[type=file]').setInputFiles(asCsv('pool.csv', rows(SUPPLIER, records(demo('suppliers.jsonl')))));
    await expect(box('공급기업')).toContainText('60행');
    await box('수요과제(신청)').locator('input[type=file]').setInputFiles(asXlsx('applied.xlsx',
        rows(DEMAND, records(demo('demands.jsonl')).filter((one) => one.program === 'ai-bio'))));
    await expect(box('수요과제(신청)')).toContainText('읽을 수 있음');
    const decisions = fs.readFileSync(demo('decisions.csv'), 'utf8').replace('공급기업', '우리가 고른 곳');
    await box('지난 결정').locator('input[type=file]').setInputFiles({name: 'decided.csv', mimeType: 'text/csv', buffer: Buffer.from(decisions)});
    await expect(box('지난 결정')).toContainText('꼭 있어야 하는 항목이 연결되지 않았습니다: 공급기업');
    await expect(run).toBeDisabled();
    await accessible(page);
    await fits(page);
    await box('지난 결정').getByText('열과 항목').first().click();
    await box('지난 결정').getByRole('combobox', {name: /우리가 고른 곳/}).selectOption('/supplier');
    await box('지난 결정').getByRole('button', {name: '고른 대로 다시 확인'}).click();
    await expect(box('지난 결정')).toContainText('읽을 수 있음');
    await run.click();
    await expect(page.getByRole('heading', {name: '견준 결과'})).toBeFocused();
    await expect(page.locator('.ai-notice')).toContainText('결정은 담당자가 합니다');

    // The same by the command line, of the files as they lie in the tree.
    const told = JSON.parse(server.run('shadow', '--program', 'ai-bio', '--suppliers', demo('suppliers.jsonl'), '--demands', demo('demands.jsonl'),
        '--decisions', demo('decisions.csv'), '--format', 'json'));
    const shown = await page.getByRole('table', {name: '결정마다'}).locator('tbody tr').evaluateAll((all) =>
        all.map((row) => [...row.cells].slice(0, 4).map((cell) => cell.textContent.trim())));
    expect(shown).toEqual(told.decisions.map((one) => [`${one.demand} ${one.demand_name}`, `${one.supplier} ${one.supplier_name}`,
        one.rank ? `${one.rank}/${one.allowed}` : '–', one.points.toFixed(1)]));
    await expect(page.getByRole('table', {name: '결정과 순위'}).getByRole('row', {name: /3위 안/})).toContainText(
        `${told.agreement.top_3.count}/${told.counts.judged}`);
    // As files: every decision is a row of the CSV with its points; an XLSX is a ZIP.
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'CSV', exact: true}).click()]);
    expect(csv.suggestedFilename()).toBe('ieum-shadow.csv');
    const lines = fs.readFileSync(await csv.path(), 'utf8').split('\r\n');
    for (const one of told.decisions) expect(lines.filter((line) => line.includes(one.demand_name) && line.includes(one.supplier_name)
        && line.includes(one.points.toFixed(1)))).not.toEqual([]);
    const [xlsx] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'XLSX', exact: true}).click()]);
    expect(fs.readFileSync(await xlsx.path()).subarray(0, 2).toString()).toBe('PK');
    await accessible(page);
    await fits(page);
    await page.getByRole('button', {name: 'English'}).click();
    await expect(page.getByRole('table', {name: 'Decision by decision'}).locator('tbody tr')).toHaveCount(told.decisions.length);
    await expect(page.getByText('applied.xlsx')).toBeVisible();
    await accessible(page);
    expect(await page.locator('main').innerText()).not.toMatch(/\b(sha|imp|cmp)\.[a-z_]+/);
    expect(JSON.parse(server.run('round', 'list', '--format', 'json')).rounds).toEqual([]);
    expect(faults).toEqual([]);
});

test('a desk account is refused a shadow round', async ({page}) => {
    await signIn(page, server, server.account('park-desk', 'desk'));
    await page.goto(`${server.url}/#/shadow`);
    await expect(page.getByText('이 계정에는 이 일을 할 권한이 없습니다.')).toBeVisible();
    const refused = await page.evaluate(async () => {
        const {shadowUploads} = await import('./api.js');
        return shadowUploads({}, {program: 'ai-bio', suppliers: [], demands: [], decisions: []}).then(() => 200, ({status}) => status);
    });
    expect(refused).toBe(403);
    await accessible(page);
});
