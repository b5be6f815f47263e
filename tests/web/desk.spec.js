// SPDX-License-Identifier: Apache-2.0
// The desk's day: sign in, type, understand, ask on, collect, print; by keyboard alone; in both languages; and when things go wrong.
const fs = require('node:fs');
const path = require('node:path');
const {test, expect, serve, watch, signIn, accessible, fits, source} = require('./serving.js');

const NEED = '가공한 부품의 흠집과 찍힘을 사람이 눈으로 검사하고 있는데, 카메라로 자동으로 가려내고 싶습니다.';
const HOSTILE = '<img src=x onerror=alert(1)><script>alert(2)</script>(가상)';
const AWAY = /Failed to load resource|ERR_CONNECTION|Failed to fetch/;

let server, token; // the desk's own, not the administrator's
test.beforeAll(async () => {
    const first = JSON.parse(fs.readFileSync(path.join(source, 'data/demo/suppliers.jsonl'), 'utf8').split('\n').find((line) => line.includes('"S033"')));
    server = await serve({suppliers: [{...first, id: 'S990', name: HOSTILE, registration_no: undefined}]});
    token = server.account('hub-desk', 'desk');
});
test.afterAll(() => server?.close());

const cards = (page) => page.locator('.suggestion');
const box = (page) => page.getByRole('textbox', {name: /^(기업이 바라는 일|What the firm needs)$/});
const supplier = (page, place) => cards(page).nth(place).getAttribute('data-supplier');

async function atDesk(page, text = NEED) {
    await signIn(page, server, token);
    await page.getByLabel('사업', {exact: true}).selectOption('ai-manufacturing');
    await expect(page.getByText('서울 소재 제조기업과 AI 공급기업을 짝지어')).toBeVisible(); // what the program is for
    if (text) await box(page).fill(text);
    if (text) await expect(cards(page)).toHaveCount(5);
}

test('a wrong token is refused in words, the right one opens the desk with three examples', async ({page}) => {
    const faults = watch(page, server, [AWAY]);
    await page.goto(server.url);
    await expect(page.getByRole('heading', {name: '로그인'})).toBeVisible();
    await expect(page.getByLabel('접속 토큰')).toBeFocused();
    await accessible(page);
    await fits(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('접속 토큰을 붙여 넣어 주십시오');
    await page.getByLabel('접속 토큰').fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('처리하지 못했습니다');
    await accessible(page);
    await page.getByLabel('접속 토큰').fill(token);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', {name: '상담 창구'})).toBeVisible();
    await expect(page).toHaveTitle('상담 창구 · 이음');
    await expect(page.locator('.examples button')).toHaveCount(3);
    await accessible(page);
    await fits(page);
    expect(faults).toEqual([]);
});

test('the address that the first start shows fills the token in, and forgets it', async ({page}) => {
    await page.goto(`${server.url}/#token=${server.token}`);
    await expect(page.getByLabel('접속 토큰')).toHaveValue(server.token);
    expect(page.url()).not.toContain(server.token);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', {name: '상담 창구'})).toBeVisible();
});

const day = {
    ko: {notice: 'AI가 순위를 매긴 제안이며, 결정은 담당자가 합니다.', versions: /모형 rubric [0-9a-f]{8} · 자료 [0-9a-f]{8}/, numbers: '점수 내역', byCriterion: /항목별 점수/,
        contributed: /이바지한 것/, past: '비슷한 지난 수요과제', fresh: '새 상담', clear: '지우고 시작'},
    en: {notice: 'An AI ranked these proposals; a person in charge decides.', versions: /model rubric [0-9a-f]{8} · data [0-9a-f]{8}/, numbers: 'How the points come about',
        byCriterion: /points by criterion/, contributed: /what contributed/, past: 'Similar past demands', fresh: 'New consultation', clear: 'Clear and start'},
};
for (const [language, words] of Object.entries(day)) test(`each example (${language}) leads to suggestions with the notice, the words of both sides, and points that add up`, async ({page}) => {
    const faults = watch(page, server, [AWAY]);
    await signIn(page, server, token);
    if (language === 'en') await page.getByRole('button', {name: 'English'}).click();
    for (let i = 0; i < 3; i++) {
        await page.locator('.examples button').nth(i).click();
        await expect(cards(page)).toHaveCount(5);
        await expect(page.locator('.ai-notice').first()).toContainText(words.notice);
        await expect(page.locator('.ai-notice').first()).toContainText(words.versions);
        const text = await box(page).inputValue();
        // The text behind the box is the text in it, and the marks are words of the first suggestion's evidence.
        await expect(page.locator('.behind')).toHaveText(text);
        const quoted = await cards(page).first().locator('.pairs li > span:first-child q').allInnerTexts();
        expect(quoted.length).toBeGreaterThan(0);
        const marked = (await page.locator('.behind mark').allTextContents()).join('');
        for (const one of quoted) expect(text).toContain(one.replace(/["“”]/g, ''));
        for (const letter of marked) expect(quoted.join('')).toContain(letter);
        await expect(page.locator('.understood li').first()).toBeVisible();
        // The table behind the bars adds up to the total (each number is rounded to a tenth).
        const card = cards(page).first();
        await card.getByText(words.numbers).click();
        await expect(card.getByRole('table')).toHaveCount(2);
        const points = await card.getByRole('table', {name: words.byCriterion}).locator('tbody tr td:nth-child(2)').allInnerTexts();
        const parts = await card.getByRole('table', {name: words.contributed}).locator('tbody tr td:last-child').allInnerTexts();
        const total = parseFloat(await card.locator('.total strong').innerText());
        for (const numbers of [points, parts]) {
            const sum = numbers.reduce((all, one) => all + parseFloat(one), 0);
            expect(Math.abs(sum - total)).toBeLessThanOrEqual(0.05 * (numbers.length + 1));
        }
        await expect(page.getByRole('heading', {name: words.past})).toBeVisible();
        await accessible(page);
        await fits(page);
        await page.getByRole('button', {name: words.fresh}).click();
        await page.getByRole('dialog').getByRole('button', {name: words.clear}).click();
        await expect(cards(page)).toHaveCount(0);
    }
    expect(faults).toEqual([]);
});

test('typing asks when one rests, gives up what is older, and never shows an older answer after a newer one', async ({page}) => {
    await atDesk(page, '');
    const needs = [], given = [];
    page.on('requestfailed', (request) => { if (request.url().endsWith('/v1/suggest')) given.push(request.postDataJSON().need); });
    let held = true;
    await page.route('**/v1/suggest', async (route) => {
        needs.push(route.request().postDataJSON().need);
        if (!held) return route.continue();
        held = false; // the first one answers late
        const answer = await route.fetch();
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.fulfill({response: answer}).catch(() => {}); // given up by then
    });
    const late = '설비가 갑자기 멈춥니다', now = `${late}. 진동 데이터로 고장을 미리 알고 싶습니다.`;
    await box(page).pressSequentially(late, {delay: 5});
    await expect.poll(() => needs.length).toBe(1);
    await box(page).pressSequentially(now.slice(late.length), {delay: 5});
    await expect(cards(page)).toHaveCount(5);
    expect(needs.at(-1)).toBe(now);
    expect(given).toContain(needs[0]);
    expect(needs.length).toBeLessThan(now.length / 2);
    await expect(page.locator('.behind')).toHaveText(now);
    const shown = await cards(page).allInnerTexts();
    await page.waitForTimeout(1800); // past the late answer
    expect(await cards(page).allInnerTexts()).toEqual(shown);
});

test('a syllable that is being composed is left alone and counts once it stands', async ({page}) => {
    await atDesk(page, '');
    const needs = [];
    page.on('request', (request) => { if (request.url().endsWith('/v1/suggest')) needs.push(request.postDataJSON().need); });
    const keyboard = await page.context().newCDPSession(page);
    await box(page).focus();
    await keyboard.send('Input.insertText', {text: '육안 '});
    for (const text of ['ㄱ', '거', '검']) await keyboard.send('Input.imeSetComposition', {text, selectionStart: 1, selectionEnd: 1});
    await expect(box(page)).toHaveValue('육안 검');
    await keyboard.send('Input.insertText', {text: '검'});
    for (const text of ['ㅅ', '사']) await keyboard.send('Input.imeSetComposition', {text, selectionStart: 1, selectionEnd: 1});
    await expect(cards(page)).toHaveCount(5); // while 사 is still underlined
    await expect(box(page)).toHaveValue('육안 검사');
    await keyboard.send('Input.insertText', {text: '사'});
    await expect(box(page)).toHaveValue('육안 검사');
    expect(needs.at(-1)).toBe('육안 검사');
    expect(needs.filter((need) => /[ㄱ-ㅎㅏ-ㅣ]/.test(need))).toEqual([]);
});

test('text that comes decomposed is put together, so that marks stand on its words', async ({page}) => {
    await atDesk(page, NEED.normalize('NFD'));
    await expect(box(page)).toHaveValue(NEED);
    await expect(page.locator('.behind mark').first()).toBeAttached();
});

test('an answer ranks again and can be taken back', async ({page}) => {
    await atDesk(page);
    const before = await page.locator('.total strong').allInnerTexts();
    const asked = page.waitForRequest((request) => request.url().endsWith('/v1/suggest') && request.postDataJSON().answers?.length === 1);
    const button = page.locator('.question button').first(), title = await button.innerText();
    await button.click();
    await asked;
    await expect(page.locator('.chip.answer')).toContainText(title);
    await expect.poll(() => page.locator('.total strong').allInnerTexts()).not.toEqual(before);
    await accessible(page);
    await page.getByRole('button', {name: `“${title}” 답 취소`}).click();
    await expect(page.locator('.chip.answer')).toHaveCount(0);
    await expect.poll(() => page.locator('.total strong').allInnerTexts()).toEqual(before);
});

test('a shortlist is collected, ordered, noted, kept in this tab alone, and printed', async ({page}) => {
    const faults = watch(page, server, [AWAY]);
    await atDesk(page);
    const chosen = [];
    for (const place of [0, 1, 2]) {
        chosen.push(await supplier(page, place));
        await cards(page).nth(place).locator('.add').click();
    }
    await expect(cards(page).first().locator('.add')).toContainText('✓ 담음');
    const lines = page.locator('.listed > li');
    await expect(lines).toHaveCount(3);
    const third = await lines.nth(2).locator('strong').innerText();
    await lines.nth(2).locator('textarea').fill('이번 주에 통화하기로 함');
    await page.keyboard.press('Alt+ArrowUp');
    await expect(lines.nth(1)).toContainText(third.replace(/^3\. /, '').split(' ')[0]);
    await expect(lines.nth(1).locator('textarea')).toBeFocused();
    await lines.first().getByRole('button', {name: /빼기/}).click();
    await expect(lines).toHaveCount(2);
    await accessible(page);
    await page.reload();
    await expect(lines).toHaveCount(2);
    await expect(lines.first().locator('textarea')).toHaveValue('이번 주에 통화하기로 함');
    const left = await page.evaluate(() => JSON.stringify(localStorage) + location.href);
    expect(left).not.toContain(chosen[1]);
    expect(left).not.toContain(encodeURIComponent('흠집'));

    await page.evaluate(() => { window.print = () => window.dispatchEvent(new Event('beforeprint')); });
    await page.getByRole('button', {name: '후보 목록 인쇄'}).click();
    await page.emulateMedia({media: 'print'});
    const sheet = page.locator('.sheet');
    await expect(sheet).toHaveCount(1);
    await expect(sheet).toBeVisible();
    await expect(page.locator('.desk')).toBeHidden();
    await expect(page.locator('header.top')).toBeHidden();
    for (const words of ['이음 · 상담 창구', /작성일 \d{4}년.* · 작성 계정 hub-desk/, 'AI+제조 융복합 지원사업 (ai-manufacturing) 2025.1판', NEED, chosen[2], '이번 주에 통화하기로 함',
        'AI가 순위를 매긴 제안이며, 결정은 담당자가 합니다.', /모형 rubric [0-9a-f]{8} · 자료 [0-9a-f]{8}/, '수요 적합도']) await expect(sheet).toContainText(words);
    await expect(sheet.locator('tbody tr')).toHaveCount(2);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(1440);
    const paper = (await page.pdf({preferCSSPageSize: true})).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const [, across, down] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper).map(Number); // A4 in points of 1/72 inch, 210 × 297 mm
    expect(Math.abs(across - 595.28)).toBeLessThan(1);
    expect(Math.abs(down - 841.89)).toBeLessThan(1);
    await page.emulateMedia({media: 'screen'});
    expect(faults).toEqual([]);
});

test('a registered demand opens by its number: its words, who is ruled out and by which rule, whether it is eligible', async ({page}) => {
    await atDesk(page, '');
    await page.getByText('접수된 수요과제 열기').click();
    await page.getByLabel('수요과제 번호').fill('D001');
    await page.keyboard.press('Enter');
    await expect(page.locator('.stored')).toContainText('프레스 자동차부품 표면 불량 자동검사');
    await expect(cards(page)).toHaveCount(5);
    await expect(page.locator('.stored mark').first()).toBeVisible();
    await page.getByText(/제한에 걸려 제외된 공급기업 \d+개사/).click();
    await expect(page.getByText(/수요기업이 요구한 구축 방식을 제공하지 않음: \d+개사/)).toBeVisible();
    await accessible(page);
    await fits(page);
    await page.goto(`${server.url}/#/desk/D028`);
    await expect(page.getByText('이 수요과제는 신청 자격에 맞지 않습니다')).toBeVisible();
    await expect(page.getByText(/창업 10년 이내 기업만 신청할 수 있습니다/)).toBeVisible();
    await page.goto(`${server.url}/#/desk/D999`);
    await expect(page.getByRole('alert')).toContainText("저장소에 수요과제 'D999'이(가) 없습니다.");
    await accessible(page);
});

test('from a suggestion to the other demands it could serve, and from there on to one of them', async ({page}) => {
    await atDesk(page);
    const card = cards(page).first();
    await card.getByText('점수 내역').click();
    await card.getByRole('button', {name: '이 기업이 도울 수 있는 다른 수요과제'}).click();
    const demand = card.locator('a[href^="#/desk/D"]').first(), title = await demand.innerText();
    await demand.click();
    await expect(page.locator('.stored h2')).toHaveText(title);
    await expect(cards(page)).toHaveCount(5);
    await page.getByRole('link', {name: '직접 적기'}).click();
    await expect(box(page)).toHaveValue(NEED);
});

test('all suggestions in one look, each a press away; on a narrow screen the shortlist, too', async ({page}) => {
    await page.setViewportSize({width: 360, height: 740});
    await atDesk(page);
    const lines = page.locator('.glance button');
    await expect(lines).toHaveCount(5);
    const [name, points] = [await cards(page).nth(4).locator('h3').innerText(), await cards(page).nth(4).locator('.total strong').innerText()];
    await expect(lines.nth(4)).toContainText(name.replace(/\s\S+$/, ''));
    await expect(lines.nth(4)).toContainText(points);
    await lines.nth(4).click();
    await expect(cards(page).nth(4)).toBeInViewport({ratio: 0.7});
    await expect(cards(page).nth(4)).toHaveClass(/chosen/);
    await page.keyboard.press('Enter');
    await accessible(page);
    await page.getByRole('button', {name: '후보 목록 보기 (1)'}).click();
    await expect(page.locator('.listed')).toBeInViewport();
    await fits(page);
});

test('script in a firm’s name is text', async ({page}) => {
    const faults = watch(page, server);
    await atDesk(page);
    const hostile = page.locator('[data-supplier=S990]');
    await expect(hostile.locator('h3')).toContainText(HOSTILE);
    await hostile.locator('.add').click();
    await expect(page.locator('.listed')).toContainText(HOSTILE);
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await expect(page.locator('.sheet')).toContainText(HOSTILE);
    await expect(page.locator('main img, main script')).toHaveCount(0);
    expect(faults).toEqual([]);
});

test('the whole of it by keyboard alone', async ({page}) => {
    await page.goto(server.url);
    await page.keyboard.type(token);
    await page.keyboard.press('Enter');
    await expect(box(page)).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    for (let i = 0; i < 40 && await page.evaluate(() => document.activeElement.value) !== 'ai-manufacturing'; i++) await page.keyboard.press('ArrowDown');
    await expect(page.getByLabel('사업', {exact: true})).toHaveValue('ai-manufacturing');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type(NEED);
    await expect(cards(page)).toHaveCount(5);
    await page.keyboard.press('Control+ArrowDown');
    await expect(cards(page).nth(0).locator('.add')).toBeFocused();
    expect(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await expect(cards(page).nth(1).locator('.add')).toBeFocused();
    await expect(cards(page).nth(1)).toHaveClass(/chosen/);
    await page.keyboard.press('Space');
    await expect(page.locator('.listed > li')).toHaveCount(2);
    await page.keyboard.press('Tab'); // the numbers of the second
    await page.keyboard.press('Enter');
    await expect(cards(page).nth(1).getByRole('table').first()).toBeVisible();
    await page.keyboard.press('/');
    await expect(box(page)).toBeFocused();
    await expect(box(page)).toHaveValue(NEED);
    // On to the questions: Tab reaches them, Enter answers, and the focus stays there.
    for (let i = 0; i < 30 && !await page.evaluate(() => document.activeElement.closest('.question')); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('.chip.answer')).toHaveCount(1);
    await expect(page.locator('#desk-questions')).toBeFocused();
    await page.evaluate(() => { window.print = () => { document.title = 'printed'; }; });
    for (let i = 0; i < 80 && !await page.evaluate(() => document.activeElement.matches('.desk-list .primary')); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page).toHaveTitle('printed');
    await page.keyboard.press('Home');
    await page.locator('#skip').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
    expect(page.url()).toContain('#/desk');
});

test('both languages, and what was typed stays', async ({page}) => {
    await atDesk(page);
    await cards(page).first().locator('.add').click();
    await page.getByRole('button', {name: 'English'}).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('heading', {name: 'Suggested suppliers'})).toBeVisible();
    await expect(page.locator('.ai-notice').first()).toContainText('a person in charge decides');
    await expect(page.getByRole('textbox', {name: 'What the firm needs'})).toHaveValue(NEED);
    await expect(cards(page)).toHaveCount(5);
    await expect(page.getByRole('button', {name: '한국어'})).toBeFocused();
    await accessible(page);
    await fits(page);
    const shown = async () => (await page.locator('body').innerText()).match(/\b(desk|nav|problem|ai|sign-in)\.[a-z.-]+/g);
    expect(await shown()).toBeNull(); // a key that has no words would show itself
    // What the page itself says is English now: controls and headings hold no Korean, but for the firms' own words.
    const own = await page.locator('h1, h2, label, legend, summary, .top button, .top a, .row > button').allInnerTexts();
    expect(own.map((words) => words.replace(/: .*\(가상\)/s, '')).filter((words) => /[가-힣]/.test(words) && words !== '한국어')).toEqual([]);
    await page.getByRole('button', {name: '한국어'}).click();
    await expect(page.getByRole('heading', {name: '추천 공급기업'})).toBeVisible();
    expect(await shown()).toBeNull();
    await expect(page.locator('.listed > li')).toHaveCount(1);
});

test('a first answer that takes long is told as being looked for', async ({page}) => {
    await atDesk(page, '');
    let give;
    const held = new Promise((resolve) => { give = resolve; });
    await page.route('**/v1/suggest', async (route) => { await held; await route.continue(); });
    await box(page).fill(NEED);
    await expect(page.getByText('공급기업을 찾고 있습니다.').first()).toBeVisible();
    await accessible(page);
    give();
    await expect(cards(page)).toHaveCount(5);
    await expect(page.locator('.desk-results').getByText('공급기업을 찾고 있습니다.')).toHaveCount(0);
});

test('a busy server is asked again by itself after the time it named', async ({page}) => {
    await atDesk(page);
    let refused = 0;
    await page.route('**/v1/suggest', (route) => (refused++ ? route.continue() : route.fulfill({status: 503, headers: {'Retry-After': '2'},
        json: {problem: {type: 'urn:ieum:problem:busy', title: '', status: 503, code: 'busy', detail: '지금 요청이 많습니다.', text: {ko: '지금 요청이 많습니다.', en: 'Busy.'}}}})));
    await box(page).fill('진동 데이터로 설비 고장을 미리 알고 싶습니다');
    await expect(page.getByRole('alert')).toContainText('지금 요청이 많습니다.');
    await expect(page.getByRole('alert')).toContainText(/[12]초 뒤 자동으로 다시 시도합니다/);
    await expect(cards(page)).toHaveCount(5); // the earlier answer stays meanwhile
    await accessible(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.locator('.understood')).toContainText('진동');
    expect(refused).toBeGreaterThan(1);
});

test('a role without the desk does not get it', async ({page}) => {
    await signIn(page, server, server.account('look-only', 'viewer'));
    await expect(page.getByRole('navigation').getByRole('link', {name: '상담 창구'})).toHaveCount(0);
    await page.goto(`${server.url}/#/desk`);
    await expect(page.getByText('이 계정에는 이 일을 할 권한이 없습니다.')).toBeVisible();
    await accessible(page);
});

test('a session that ended asks to sign in again and gives back what was typed; signing out leaves nothing', async ({page}) => {
    await atDesk(page);
    await page.context().clearCookies();
    await box(page).fill(`${NEED} 조명이 일정하지 않습니다.`);
    await expect(page.getByText('다시 로그인하면 하던 화면으로 돌아갑니다')).toBeVisible();
    await accessible(page);
    await page.getByLabel('접속 토큰').fill(token);
    await page.keyboard.press('Enter');
    await expect(box(page)).toHaveValue(`${NEED} 조명이 일정하지 않습니다.`);
    await expect(cards(page)).toHaveCount(5);
    await page.getByRole('button', {name: '로그아웃'}).click();
    await expect(page.getByLabel('접속 토큰')).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('흠집');
    await signIn(page, server, token);
    await expect(box(page)).toHaveValue('');
});

test('a server that stopped is told as such, nothing typed is lost, and it goes on when it is back', async ({page}) => {
    await atDesk(page);
    await server.stop();
    await box(page).fill(`${NEED} 조명이 일정하지 않습니다.`);
    await expect(page.getByRole('alert')).toContainText('서버에 연결할 수 없습니다.');
    await expect(box(page)).toHaveValue(`${NEED} 조명이 일정하지 않습니다.`);
    await expect(cards(page)).toHaveCount(5);
    await accessible(page);
    await server.start();
    await page.getByRole('button', {name: '다시 시도'}).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.locator('.behind')).toHaveText(`${NEED} 조명이 일정하지 않습니다.`);
});
