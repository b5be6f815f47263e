// SPDX-License-Identifier: Apache-2.0
// Bringing files: columns put in order by a person, every bad cell told with its row and column, records that are there already decided by a person,
// all or nothing; the template; what is wrong with a file.
const {test, expect} = require('@playwright/test');
const {serve, watch, signIn, accessible, fits} = require('./serving.js');
const {asCsv, asXlsx} = require('./sheets.js');

test.use({actionTimeout: 15000});

const AWAY = /Failed to load resource/; // what the browser says of a 4xx that a test brings about
const HOSTILE = '<script>alert(1)</script>(가상)';
let server;
test.beforeAll(async () => { server = await serve(); });
test.afterAll(() => server?.close());

const found = (id) => JSON.parse(server.run('suggest', '--program', 'ai-bio', '--need', '흉부 영상 판독', '-k', '100', '--format', 'json'))
    .suggestions.some((one) => one.supplier === id);
const column = (page, header) => page.getByRole('table', {name: '열과 항목'}).getByRole('row')
    .filter({has: page.getByRole('rowheader', {name: new RegExp(`^\\d+\\. ${header}$`)})});
const take = (page) => page.getByRole('button', {name: /^\d+건 가져오기$/});
const again = (page) => page.getByRole('button', {name: '고른 대로 다시 확인'}).click();

async function choose(page, file) {
    await signIn(page, server, server.account(`m-${Date.now()}`, 'manager'));
    await page.getByRole('navigation').getByRole('link', {name: '자료 가져오기'}).click();
    await page.getByLabel('파일 고르기').setInputFiles(file);
}

test('an unknown header is put to its field, bad cells stand with row and column, and nothing is stored before all is right', async ({page}) => {
    const faults = watch(page, server, [AWAY]);
    const sheet = [['공급기업 번호', '우리 회사', '소재지', '설립일', '종업원수', '기업소개'],
        ['S901', '새빛판독(가상)', '서울특별시 강남구', '2019-13-01', '12', '흉부 영상 판독 AI'],
        ['S902', HOSTILE, '서울특별시 성동구', '2019-03-02', '열둘', '흉부 영상 판독 AI']];
    await choose(page, asCsv('pool.csv', sheet));
    await expect(page.getByRole('heading', {name: '미리보기: pool.csv'})).toBeFocused();
    await expect(page.getByText('CP949')).toBeVisible();
    await expect(page.getByText('꼭 있어야 하는 항목이 연결되지 않았습니다: 기업명')).toBeVisible();
    await expect(column(page, '소재지')).toContainText('이름으로 알아봄');
    await expect(take(page)).toBeDisabled();
    await accessible(page);
    await fits(page);
    await column(page, '우리 회사').getByRole('combobox').selectOption('/name');
    await again(page);
    const cells = page.getByRole('table', {name: '고칠 칸'}).locator('tbody tr');
    await expect(cells).toHaveCount(2);
    for (const [at, words] of [[0, ['2', '4. 설립일', '2019-13-01', '날짜']], [1, ['3', '5. 종업원수', '열둘', '정수']]])
        for (const one of words) await expect(cells.nth(at)).toContainText(one);
    await expect(take(page)).toBeDisabled();
    await expect(page.locator('main script')).toHaveCount(0);
    expect(found('S901')).toBe(false);
    // Leaving the column of one bad cell out is one way; a corrected file the other. Choices outlive a change of the language.
    await page.getByRole('button', {name: 'English'}).click();
    await expect(page.getByRole('table', {name: 'Cells to correct'}).locator('tbody tr')).toHaveCount(2);
    await accessible(page);
    await fits(page);
    await page.getByRole('button', {name: '한국어'}).click();
    await page.getByRole('button', {name: '다른 파일'}).click();
    sheet[1][3] = '2019-12-01';
    sheet[2][4] = '12';
    await page.getByLabel('파일 고르기').setInputFiles(asXlsx('pool.xlsx', sheet));
    await column(page, '우리 회사').getByRole('combobox').selectOption('/name');
    await again(page);
    await expect(page.getByText('새로 2건 · 바뀜 0건')).toBeVisible();
    await take(page).click();
    await expect(page.getByRole('heading', {name: '가져왔습니다'})).toBeFocused();
    await accessible(page);
    expect([found('S901'), found('S902')]).toEqual([true, true]);
    expect(faults).toEqual([]);
});

test('records that may be there already wait for a person’s choice', async ({page}) => {
    const header = ['공급기업 번호', '기업명', '소재지', '기업소개'];
    await choose(page, asCsv('again.csv', [header, ['S911', '열쇠분자(가상)', '서울특별시 서초구', '흉부 영상 판독 AI'], ['S912', '처음보는(가상)', '서울특별시 중구', '흉부 영상 판독 AI']]));
    const row = page.getByRole('table', {name: '이미 있는 기업일 수 있는 행'}).locator('tbody tr');
    await expect(row).toHaveCount(1);
    for (const words of ['S911', '이름과 소재지가 같음', 'S002 열쇠분자(가상)']) await expect(row).toContainText(words);
    await expect(page.getByText('1개 행을 아직 정하지 않았습니다.')).toBeVisible();
    await expect(take(page)).toBeDisabled();
    await accessible(page);
    // By keyboard: choose "leave out" for the row, look again, import.
    await row.getByRole('combobox').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    await expect(row.getByRole('combobox')).toHaveValue('skip');
    await again(page);
    await expect(page.getByText('새로 1건 · 바뀜 0건 · 그대로 0건 · 뺌 1건')).toBeVisible();
    await take(page).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('again.csv: 새로 1건')).toBeVisible();
    expect([found('S911'), found('S912')]).toEqual([false, true]);
});

test('the template comes as CSV and XLSX, and a file that is none of the kinds is refused in words', async ({page}) => {
    const faults = watch(page, server, [AWAY]);
    await choose(page, {name: 'photo.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('this is no workbook')});
    await expect(page.getByRole('alert')).toContainText(/[가-힣]/);
    await accessible(page);
    await expect(page.getByLabel('파일 고르기')).toBeVisible();
    await page.getByLabel('자료의 종류').selectOption('demands');
    for (const [format, begin] of [['CSV', '\ufeff'], ['XLSX', 'PK']]) {
        const waiting = page.waitForEvent('download');
        await page.getByRole('link', {name: new RegExp(`양식 받기.*${format}`)}).click();
        const bytes = require('node:fs').readFileSync(await (await waiting).path());
        expect(bytes.toString().startsWith(begin)).toBe(true);
        if (format === 'CSV') for (const words of ['과제번호', '수요내용']) expect(bytes.toString()).toContain(words);
    }
    expect(faults).toEqual([]);
});
