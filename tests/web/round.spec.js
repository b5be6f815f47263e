// SPDX-License-Identifier: Apache-2.0
// The manager's round, from the offices' files to the published result, in both languages; two managers on one round; who may not.
const fs = require('node:fs');
const path = require('node:path');
const {test, expect} = require('@playwright/test');
const {serve, watch, signIn, accessible, fits, source} = require('./serving.js');
const {records, rows, asCsv, asXlsx, SUPPLIER, DEMAND} = require('./sheets.js');

test.use({actionTimeout: 15000});

const demo = (kind) => records(path.join(source, `data/demo/${kind}.jsonl`));
const applications = () => demo('demands').filter((one) => one.program === 'ai-bio');

// What a person reads and clicks: [Korean, English].
const BOTH = {
    import: ['자료 가져오기', 'Import'], rounds: ['매칭 회차', 'Rounds'], kind: ['자료의 종류', 'Kind of records'], suppliers: ['공급기업', 'Suppliers'],
    demands: ['수요과제(신청)', 'Demands (applications)'], file: ['파일 고르기', 'Choose a file'], take: [/^\d+건 가져오기$/, /^Import \d+ records$/],
    imported: ['가져왔습니다', 'Imported'], id: ['회차 번호', 'Round id'], program: ['사업', 'Program'], make: ['회차 만들기', 'Make the round'],
    open: ['접수 시작', 'Open the round'], select: ['선발하기', 'Select'], propose: ['배정안 내기', 'Make the proposal'], again: ['배정안 다시 내기', 'Propose again'],
    applications: ['신청·선발', 'Applications'], proposal: ['배정안', 'Proposal'], whatIf: ['바꿔 보기', 'What if'], methods: ['방법 비교', 'Methods'],
    consent: ['동의·이행', 'Consent'], objections: ['이의신청', 'Objections'], history: ['기록', 'History'], pairs: ['배정안', 'Proposed pairs'],
    notice: ['AI가 순위를 매긴 제안이며, 결정은 담당자가 합니다.', 'An AI ranked these proposals; a person in charge decides.'],
    undecided: ['아직 아무도 확정하지 않았습니다.', 'Nobody has confirmed it yet.'], why: ['왜?', 'Why?'], lock: ['고정', 'Lock'], veto: ['금지', 'Veto'],
    reason: ['이유', 'Reason'], must: ['꼭 적어야 합니다.', 'This is required.'], stale: ['배정안을 다시 내십시오', 'propose again'],
    vetoed: ['금지되어 있습니다.', 'This pair is vetoed.'], out: ['공급기업 빼기', 'Supplier out'], compute: ['계산하기', 'Compute'], ask: ['답 적기', 'Note answer'],
    answer: ['답', 'Answer'], yes: ['동의', 'yes'], no: ['거절', 'no'], save: ['적기', 'Save'], declined: ['거절한 곳이 있습니다', 'A side declined'],
    rematch: ['재매칭', 'Re-match'], confirm: ['회차 확정', 'Confirm the round'], publish: ['결과 공고', 'Publish the result'],
    type: [/확인을 위해/, /To confirm, type/], wrong: ['회차 번호와 다릅니다.', "This is not the round's id."],
    decided: ['확정한 사람: kim-manager', 'Decided by kim-manager'], object: ['이의신청 접수', 'File an objection'], objection: ['내용', 'Objection'],
    handle: ['처리하기', 'Answer'], rejected: ['기각', 'Reject'], agree: ['협약 적기', 'Note agreement'], agreed: ['협약', 'Agreed'],
    report: ['보고서', 'Report'], funnel: ['신청에서 완료까지', 'From application to completion'], selected: [/^선정/, /^selected/],
    verify: ['기록·자료·규칙·증명 확인', 'Verify log, documents, rules and proof'], holds: ['맞음', 'holds'], sheet: ['결과서', 'Result sheet'],
};
const wordsOf = (language) => Object.fromEntries(Object.entries(BOTH).map(([key, both]) => [key, both[language === 'ko' ? 0 : 1]]));

const dialog = (page) => page.getByRole('dialog');
const panel = (page) => page.getByRole('tabpanel');
const next = (page) => page.locator('.panel.next');
const head = (page, heading) => page.getByRole('heading', {name: heading, exact: true});

async function good(page) {
    await accessible(page);
    await fits(page);
}

/** Fills in the dialog that stands open and sends it; it closes when the step was taken. */
async function fillIn(page, {reason, choose, type} = {}, words) {
    if (choose) await dialog(page).getByLabel(choose[0], {exact: true}).selectOption(choose[1]);
    if (type) await dialog(page).getByLabel(words.type).fill(type);
    if (reason) await dialog(page).getByRole('textbox', {name: words.reason}).fill(reason);
    await dialog(page).locator('[type=submit]').click();
    await expect(dialog(page)).toHaveCount(0);
}

async function bring(page, words, kind, file) {
    await page.getByRole('navigation').getByRole('link', {name: words.import}).click();
    await page.getByLabel(words.kind).selectOption({label: words[kind]});
    await page.getByLabel(words.file).setInputFiles(file);
    await page.getByRole('button', {name: words.take}).click();
    await expect(head(page, words.imported)).toBeVisible();
}

/** The pairs of the table of the proposal: ["D019 S002", …] with their points. */
async function pairsShown(page, words) {
    const lines = await panel(page).getByRole('table', {name: words.pairs, exact: true}).locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].slice(0, 3).map((cell) => cell.textContent.trim().split(' ')[0])));
    return lines.map(([demand, supplier, points]) => `${demand} ${supplier} ${points}`);
}

/** The same proposal without page and files: the demo data as they are, in a store of their own. */
async function pairsApart() {
    const server = await serve();
    try {
        const round = ['--id', '2025-1', '--format', 'json'];
        server.run('round', 'new', '--program', 'ai-bio', ...round);
        for (const step of ['open', 'select']) server.run('round', step, ...round);
        const {result, ...plain} = JSON.parse(server.run('round', 'propose', ...round));
        return (result ?? plain).proposal.assignment.proposed.map((one) => `${one.demand} ${one.supplier} ${one.points.toFixed(1)}`);
    } finally {
        await server.close();
    }
}

for (const language of ['ko', 'en']) {
    test.describe(language, () => {
        test.use({locale: language === 'ko' ? 'ko-KR' : 'en-US'});
        const words = wordsOf(language);
        let server;
        test.beforeAll(async () => { server = await serve({demo: false}); });
        test.afterAll(() => server?.close());

        test(`the manager's round from the files to the published result (${language})`, async ({page}) => {
            test.setTimeout(180000);
            const faults = watch(page, server, [/Failed to load resource/]);
            await signIn(page, server, server.account('kim-manager', 'manager'));

            // The offices' files: suppliers as CSV in CP949, applications as XLSX.
            await bring(page, words, 'suppliers', asCsv('pool.csv', rows(SUPPLIER, demo('suppliers'))));
            await bring(page, words, 'demands', asXlsx('applications.xlsx', rows(DEMAND, applications())));
            await good(page);

            // A round is made and opened; the applications stand there with their verdicts.
            await page.getByRole('navigation').getByRole('link', {name: words.rounds}).click();
            await page.getByLabel(words.id).fill('2025-1');
            await page.getByLabel(words.program, {exact: true}).selectOption('ai-bio');
            await page.getByRole('button', {name: words.make}).click();
            await expect(panel(page).locator('tbody tr')).toHaveCount(applications().length);
            await next(page).getByRole('button', {name: words.open}).click();
            await next(page).getByRole('button', {name: words.select, exact: true}).click();
            await expect(panel(page).locator('tr.line')).toBeVisible(); // the line down to which was selected
            await good(page);

            // The proposal is the one that the engine makes of the same records without any page or file in between.
            await next(page).getByRole('button', {name: words.propose}).click();
            await fillIn(page);
            await page.getByRole('tab', {name: words.proposal}).click();
            const expected = await pairsApart();
            expect(expected.length).toBeGreaterThan(5);
            await expect(panel(page).getByRole('table', {name: words.pairs, exact: true})).toBeVisible();
            expect(await pairsShown(page, words)).toEqual(expected);
            await expect(page.locator('.ai-notice').first()).toContainText(words.notice);
            await expect(page.locator('.decides')).toContainText(words.undecided);
            await good(page);

            // Lock and veto by a click and a reason; without one, nothing happens.
            const [vetoed, locked] = expected.map((pair) => pair.split(' '));
            const line = (pair) => panel(page).getByRole('row').filter({hasText: pair[0]}).filter({hasText: pair[1]}).first();
            await line(vetoed).getByRole('button', {name: words.veto}).click();
            await dialog(page).locator('[type=submit]').click();
            await expect(dialog(page)).toContainText(words.must);
            await accessible(page);
            await fillIn(page, {reason: '이해충돌이 있음'}, words);
            await expect(next(page)).toContainText(words.stale);
            await line(locked).getByRole('button', {name: words.lock}).click();
            await fillIn(page, {reason: '양쪽이 바람'}, words);
            await next(page).getByRole('button', {name: words.again}).click();
            await fillIn(page);
            const holds = async (pair) => (await pairsShown(page, words)).some((one) => one.startsWith(`${pair[0]} ${pair[1]} `));
            await expect.poll(() => holds(vetoed)).toBe(false);
            expect(await holds(locked)).toBe(true);
            const after = await pairsShown(page, words);
            await panel(page).getByRole('row').filter({hasText: vetoed[1]}).getByRole('button', {name: words.why}).first().click();
            await expect(dialog(page)).toContainText(words.vetoed);
            await accessible(page);
            await page.keyboard.press('Escape');

            // What if a supplier were out: now and then side by side, nothing kept.
            await page.getByRole('tab', {name: words.whatIf}).click();
            await panel(page).getByRole('button', {name: words.out}).nth(2).click();
            await panel(page).getByRole('button', {name: words.compute}).click();
            await expect(panel(page).locator('tr.changed').first()).toContainText(/▲|－|−/);
            await good(page);
            await page.getByRole('tab', {name: words.methods}).click();
            await expect(panel(page).locator('figure svg').first()).toBeVisible();
            await expect(panel(page).getByRole('table').locator('tbody tr').first()).toBeVisible();
            await good(page);
            const waiting = page.waitForEvent('download');
            await panel(page).getByRole('button', {name: 'CSV'}).click();
            expect(fs.readFileSync(await (await waiting).path(), 'utf8')).toMatch(/^\ufeff/);
            await page.getByRole('tab', {name: words.proposal}).click();
            expect(await pairsShown(page, words)).toEqual(after);
            const taking = page.waitForEvent('download');
            await panel(page).getByRole('link', {name: 'XLSX'}).click();
            expect(fs.readFileSync(await (await taking).path()).subarray(0, 2).toString()).toBe('PK');

            // Answers of both sides; one declines, and a re-match changes as little as can be.
            await page.getByRole('tab', {name: words.consent}).click();
            const asks = panel(page).getByRole('button', {name: words.ask});
            await asks.first().click();
            await fillIn(page, {choose: [words.answer, 'no'], reason: '일정이 맞지 않음'}, words);
            await expect(next(page)).toContainText(words.declined);
            await next(page).getByRole('button', {name: words.rematch}).click();
            await fillIn(page);
            await expect(next(page)).not.toContainText(words.declined);
            await page.getByRole('tab', {name: words.consent}).click();
            for (let left = await asks.count(); left > 0; left--) {
                await asks.first().click();
                await fillIn(page, {choose: [words.answer, 'yes']}, words);
                await expect(asks).toHaveCount(left - 1);
            }
            await good(page);

            // A person confirms by typing the round's id, and publishes.
            await next(page).getByRole('button', {name: words.confirm}).click();
            await dialog(page).getByLabel(words.type).fill('2025');
            await dialog(page).locator('[type=submit]').click();
            await expect(dialog(page)).toContainText(words.wrong);
            await fillIn(page, {type: '2025-1'}, words);
            await expect(page.locator('.decides')).toContainText(words.decided);
            await next(page).getByRole('button', {name: words.publish}).click();
            await fillIn(page, {type: '2025-1'}, words);
            await expect(panel(page).getByRole('button', {name: words.agree}).first()).toBeVisible();
            await good(page);

            // An objection holds its pair until it is answered; then the agreement is noted.
            await page.getByRole('tab', {name: words.objections}).click();
            await panel(page).getByRole('button', {name: words.object}).click();
            await fillIn(page, {reason: '점수를 알고 싶습니다'}, {...words, reason: words.objection});
            await panel(page).getByRole('button', {name: words.handle}).click();
            await fillIn(page, {reason: '배점표를 설명함'}, words);
            await expect(panel(page).getByRole('table')).toContainText(words.rejected);
            await good(page);
            await page.getByRole('tab', {name: words.consent}).click();
            await panel(page).getByRole('button', {name: words.agree}).first().click();
            await fillIn(page);
            await expect(panel(page).locator('tbody tr').first()).toContainText(words.agreed);

            // The history tells it all, and log, documents, rules and proof hold.
            await page.getByRole('tab', {name: words.history}).click();
            await panel(page).getByRole('button', {name: words.verify}).click();
            await expect(panel(page).getByText(words.holds, {exact: true}).first()).toBeVisible();
            await expect(panel(page)).toContainText('이해충돌이 있음');
            await good(page);
            // The result sheet of a firm, and what the council reads: the round's selection stands in it.
            await page.getByRole('tab', {name: words.consent}).click();
            const opening = page.context().waitForEvent('page');
            await panel(page).getByRole('link', {name: words.sheet}).first().click();
            const sheet = await opening;
            await expect(sheet.locator('h1').first()).toBeVisible();
            await accessible(sheet);
            await sheet.close();
            const {counts} = JSON.parse(server.run('round', 'show', '--id', '2025-1', '--format', 'json')).selection;
            await page.getByRole('navigation').getByRole('link', {name: words.report}).click();
            await expect(page.getByRole('table', {name: words.funnel}).getByRole('row', {name: words.selected}).getByRole('cell').first())
                .toHaveText(String(counts.selected));
            await good(page);
            const keys = (await page.locator('body').innerText()).match(/\b(round|sel|pro|con|obj|his|act|state|step|kind|next|wi|cmp|imp|rep)\.[a-z_]+/g);
            expect(keys).toBeNull();
            expect(faults).toEqual([]);
        });
    });
}
