// SPDX-License-Identifier: Apache-2.0
// Every page and state, in both languages, narrow and wide: axe without a finding, the keyboard alone reaches everything and sees where it is,
// nothing is lost at 320 px (400 %) and 200 %, nothing moves for those who asked for rest. What no program can judge: bindings/web/ACCESSIBILITY.md.
const {test, expect, serve, watch, signIn, axeSource} = require('./serving.js');

const AWAY = /Failed to load resource/; // what the browser says of refusals that a state is made of
const NEED = '가공한 부품의 흠집과 찍힘을 사람이 눈으로 검사하고 있는데, 카메라로 자동으로 가려내고 싶습니다.';
const CSV = '기업명,사업자등록번호,소재지,설립일,업종코드,비고\n새결(가상),,서울특별시 금천구,2019-13-01,J58221,가\n소담(가상),,서울특별시 구로구,2018-03-02,J58221,나\n';

test.use({actionTimeout: 8000});

let server;
test.beforeAll(async () => {
    server = await serve();
    const round = (id, ...step) => server.run('round', ...step, '--id', id, '--by', 'kim-manager');
    const days = {SELECTED: ['--applied-to', '2025-03-31'], PROPOSED: ['--applied-from', '2025-04-01']}; // an application stands in one round alone
    for (const id of ['DRAFT', 'OPEN', 'SELECTED', 'PROPOSED']) round(id, 'new', '--program', 'ai-bio', ...days[id] ?? []);
    round('PUBLISHED', 'new', '--program', 'ai-manufacturing');
    for (const id of ['OPEN', 'SELECTED', 'PROPOSED', 'PUBLISHED']) round(id, 'open');
    for (const id of ['SELECTED', 'PROPOSED', 'PUBLISHED']) round(id, 'select');
    for (const id of ['PROPOSED', 'PUBLISHED']) round(id, 'propose');
    const pairs = (id) => server.call('round', {step: 'show', round: id}).pairs, [first, second, third] = pairs('PROPOSED');
    round('PROPOSED', 'lock', first.demand, first.supplier, '--reason', '양쪽이 바람');
    round('PROPOSED', 'propose');
    round('PROPOSED', 'consent', third.demand, third.supplier, 'no', '--side', 'supplier', '--reason', '일정');
    round('PROPOSED', 'veto', second.demand, second.supplier, '--reason', '이해충돌');
    for (const {demand, supplier} of pairs('PUBLISHED'))
        for (const side of ['demand', 'supplier']) round('PUBLISHED', 'consent', demand, supplier, 'yes', '--side', side);
    for (const step of ['confirm', 'publish']) round('PUBLISHED', step);
    round('PUBLISHED', 'object', pairs('PUBLISHED')[0].demand, '--reason', '점수를 알고 싶습니다');
});
test.afterAll(() => server?.close());

// ---- what is asked of every state

/** axe with all its rules, with the sizes of targets and with names that begin as they are seen. */
async function axe(page) {
    await page.evaluate(axeSource);
    const rules = {'target-size': {enabled: true}, 'label-content-name-mismatch': {enabled: true}, 'css-orientation-lock': {enabled: true}};
    const {violations} = await page.evaluate((more) => window.axe.run(document, {resultTypes: ['violations'], rules: more}), rules);
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

/** One heading of the first rank, a title with its words, the language in force, labels where they are asked for, controls not smaller than 24 px. */
const shape = (page, language) => page.evaluate((wanted) => {
    const faults = [], shown = (one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 1;
    const heads = [...document.querySelectorAll('h1')].filter(shown).map((one) => one.textContent);
    if (heads.length !== 1 || !document.title.startsWith(heads[0])) faults.push(`h1 ${JSON.stringify(heads)}, title ${document.title}`);
    if (document.documentElement.lang !== wanted) faults.push(`lang ${document.documentElement.lang}`);
    for (const one of document.querySelectorAll('button, select, textarea, summary, input, a.button')) {
        const box = (one.closest('label') ?? one).getBoundingClientRect();
        if (shown(one) && (box.height < 24 || box.width < 24)) faults.push(`small: ${one.outerHTML.slice(0, 120)}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
    for (const one of document.querySelectorAll('a[target=_blank]'))
        if (shown(one) && !/새 창|new window/.test(one.ariaLabel || one.textContent)) faults.push(`a new window without a word: ${one.outerHTML.slice(0, 120)}`);
    for (const one of document.querySelectorAll('svg, img'))
        if (!one.closest('[aria-hidden=true]') && !one.hasAttribute('alt') && !one.hasAttribute('aria-label'))
            faults.push(`no words for ${one.outerHTML.slice(0, 80)}`);
    const text = document.body.innerText.match(
        /\b(?:nav|desk|round|sel|pro|con|obj|his|act|state|step|kind|next|wi|cmp|imp|rep|rev|acc|dia|merge|how|dup)\.(?!json)[a-z_.]+\b/g);
    if (text) faults.push(`keys without words: ${text.join(' ')}`);
    return faults;
}, language);

const wide = (page) => page.evaluate(() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const over = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1 && !one.parentElement.closest('.scrolls'));
    return [`wider than ${clientWidth} px: ${scrollWidth}`, ...over.slice(0, 3).map((one) => one.outerHTML.slice(0, 160))];
});

/** Tab from the beginning to the end: everything that can be operated is reached once, is on the screen when it is, and is seen to have the focus. */
async function walk(page) {
    const total = await page.evaluate(() => {
        const scope = document.querySelector('dialog[open]') ?? document, groups = new Set();
        window.stops = [...scope.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((one) => {
            if (one.tabIndex < 0 || one.disabled || !one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) return false;
            if (one.type !== 'radio') return true;
            if (groups.has(one.name)) return false;
            return Boolean(groups.add(one.name));
        });
        window.reached = new Map();
        if (scope !== document) window.reached.set(document.activeElement, 1); // the dialog put it there
        else { // from the very beginning, as after loading
            const begin = document.createElement('span');
            begin.tabIndex = -1;
            document.body.prepend(begin);
            begin.focus();
            begin.remove();
        }
        return window.stops.length;
    });
    const faults = [], rounds = await page.locator('dialog[open]').count() ? 2 : 1; // a dialog begins in its middle
    for (let i = 0, still = 0, ends = 0; i < total * 3 + 20; i++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const one = document.activeElement, scope = document.querySelector('dialog[open]') ?? document;
            if (!one || one === document.body || one === document.documentElement) return {end: true};
            const known = one.type === 'radio' ? window.stops.find((each) => each.name === one.name) : one;
            const before = window.reached.get(known) ?? 0;
            window.reached.set(known, before + 1);
            const looks = [one, one.closest('label')].filter(Boolean).map((each) => getComputedStyle(each));
            const seen = looks.some((look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2);
            const box = one.getBoundingClientRect();
            const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
            const end = before > 0 && known === window.stops[0] && window.stops.length > 1; // from the last to the first, with no stop between
            return {name: one.outerHTML.slice(0, 120), seen, inside, again: before > 0, end, out: scope !== document && !scope.contains(one)};
        });
        if (at.end && ++ends === rounds) break;
        if (at.end) continue;
        if (!at.seen) faults.push(`focus not seen: ${at.name}`);
        if (!at.inside) faults.push(`focus off the screen: ${at.name}`);
        if (at.out) faults.push(`focus behind the dialog: ${at.name}`);
        still = at.again && ends === 0 ? still + 1 : 0; // a date has several stops of its own
        if (still > 8) {
            faults.push(`the focus does not leave ${at.name}`);
            break;
        }
    }
    const missed = await page.evaluate(() => window.stops.filter((one) => !window.reached.has(one))
        .map((one) => `not reached: ${one.outerHTML.slice(0, 120)}`));
    return [...faults, ...missed];
}

/** Nothing moves by itself or on a change, once a person has asked for less motion. */
const still = (page) => page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => {
    const {animationName, transitionDuration} = getComputedStyle(one);
    return animationName !== 'none' || transitionDuration.split(',').some((each) => parseFloat(each) > 0);
}).map((one) => `moves: ${one.outerHTML.slice(0, 80)}`));

// ---- the states

const go = async (page, hash) => {
    await page.goto(`${server.url}/#/${hash}`);
    await page.locator('main h1').waitFor();
    await expect(page.locator('.busy')).toHaveCount(0);
};
const openAll = (page) => page.locator('main details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
const tab = async (page, name) => {
    await page.locator(`#tab-${name}`).click();
    await expect(page.locator('#round-panel .busy')).toHaveCount(0);
};
const round = (id, name) => async (page) => {
    await go(page, `round/${id}`);
    await tab(page, name);
};

/** Until what was asked for is there and nothing is drawn any more. */
async function rest(page) {
    await expect(page.locator('.busy, [aria-busy=true]')).toHaveCount(0);
    for (let before = '', now = null; now !== before; await page.waitForTimeout(150))
        [before, now] = [now, await page.evaluate(() => document.body.innerHTML)];
}

async function desk(page) {
    await go(page, 'desk');
    const cases = page.waitForResponse(/\/v1\/cases/);
    await page.locator('textarea').first().fill(NEED);
    await expect(page.locator('.suggestion')).toHaveCount(5);
    await cases;
}

async function diagnosed(page) {
    await go(page, 'diagnosis/data');
    await page.locator('#answer-data-months').fill('14');
    for (const [step, area] of [['data', 'data'], ['people', 'people'], ['operation', 'operation']]) {
        await go(page, `diagnosis/${step}`);
        for (const group of await page.locator(`fieldset[id^=answer-${area}]`).all()) await group.locator('input').nth(1).check();
    }
    await go(page, 'diagnosis/ethics');
    for (const id of ['fairness', 'security']) await page.locator(`#ethics-${id} input`).nth(1).check();
    await go(page, 'diagnosis/result');
    await page.locator('.dia-score').waitFor();
}

const STATES = {
    'desk, empty': (page) => go(page, 'desk'),
    'desk, suggestions': desk,
    'desk, everything open': async (page) => {
        await desk(page);
        await page.locator('.suggestion .add').first().click();
        await openAll(page);
    },
    'desk, a registered demand': async (page) => {
        await go(page, 'desk/D001');
        await page.locator('.suggestion').first().waitFor();
    },
    'desk, no such demand': (page) => go(page, 'desk/D999'),
    'desk, question before all is cleared': async (page) => {
        await desk(page);
        await page.locator('.desk-ask .plain').first().click();
        await page.locator('dialog[open]').waitFor();
    },
    'rounds': (page) => go(page, 'rounds'),
    'rounds, a name that cannot be': async (page) => {
        await go(page, 'rounds');
        await page.locator('input[name=round]').fill('a b/c');
        await page.locator('form .primary').click();
        await page.locator('.problem').waitFor();
    },
    'round, draft': (page) => go(page, 'round/DRAFT'),
    'round, open': (page) => go(page, 'round/OPEN'),
    'round, selected': round('SELECTED', 'selection'),
    'round, proposal': round('PROPOSED', 'proposal'),
    'round, why': async (page) => {
        await round('PROPOSED', 'proposal')(page);
        await page.locator('#round-panel button[data-key]').first().waitFor();
        await page.locator('#round-panel tbody button').first().click();
        await page.locator('dialog[open]').waitFor();
        await expect(page.locator('dialog .busy')).toHaveCount(0);
    },
    'round, a step to be taken': async (page) => {
        await round('SELECTED', 'selection')(page);
        await page.locator('.panel.next .primary').first().click();
        await page.locator('dialog[open]').waitFor();
    },
    'round, what if': round('PROPOSED', 'whatif'),
    'round, methods': round('PROPOSED', 'compare'),
    'round, consent': round('PROPOSED', 'consent'),
    'round, published': round('PUBLISHED', 'consent'),
    'round, objections': round('PUBLISHED', 'objections'),
    'round, history': round('PUBLISHED', 'history'),
    'round, none': (page) => go(page, 'round/NONE'),
    'import': (page) => go(page, 'import'),
    'import, a file looked at': async (page) => {
        await go(page, 'import');
        await page.locator('input[type=file]').setInputFiles({name: 'pool.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV)});
        await page.locator('main table').first().waitFor();
        await openAll(page);
    },
    'import, another file': async (page) => {
        await go(page, 'import');
        await page.locator('main .row button').last().click();
        await page.locator('input[type=file]').waitFor();
    },
    'report': (page) => go(page, 'report'),
    'diagnosis, firm': async (page) => {
        await go(page, 'diagnosis');
        await openAll(page);
    },
    'diagnosis, questions': (page) => go(page, 'diagnosis/process'),
    'diagnosis, an entry that cannot be': async (page) => {
        await go(page, 'diagnosis/data');
        await page.locator('#answer-data-months').fill('-1');
        await page.goto(`${server.url}/#/diagnosis/result`);
        await page.locator('.problem').waitFor();
    },
    'diagnosis, ethics': (page) => go(page, 'diagnosis/ethics'),
    'diagnosis, result': async (page) => {
        await diagnosed(page);
        await openAll(page);
    },
    'accounts': async (page) => {
        await go(page, 'accounts');
        await openAll(page);
    },
    'accounts, the review': async (page) => {
        await go(page, 'accounts');
        await page.locator('section form button').last().click();
        await page.locator('[aria-live] table').first().waitFor();
        await openAll(page);
    },
    'accounts, a token': async (page) => {
        await go(page, 'accounts');
        await page.locator('input[name=account]').fill(`one-${Date.now() % 1e7}`);
        await page.locator('form .primary').first().click();
        await page.locator('dialog[open] input.token').waitFor();
    },
    'no such page': (page) => go(page, 'nowhere'),
};

/** Leads the page into every state and calls `look`, which tells what is wrong there → {state: [faults]}. */
async function through(page, look) {
    const faults = {};
    for (const [name, lead] of Object.entries(STATES)) {
        let found;
        try {
            await lead(page);
            await rest(page);
            found = await look(name);
        } catch (error) {
            found = [`not reached: ${error.message}`];
        }
        if (await page.locator('dialog[open]').count()) {
            await page.keyboard.press('Escape');
            if (await page.locator('dialog[open]').count()) found.push('Escape does not close the dialog');
        }
        if (found.length) faults[name] = found;
        if (process.env.IEUM_WEB_TELL) console.log(name, found);
    }
    return faults;
}

// Loaded wide and then made narrow in one language, the other way round in the other.
for (const [language, widths] of [['ko', [1440, 360]], ['en', [360, 1440]]]) {
    test(`axe, names and sizes of every state at ${widths.join(', ')} and 320 px, at 200 %, with less motion (${language})`, async ({browser}) => {
        test.setTimeout(240000);
        const locale = language === 'ko' ? 'ko-KR' : 'en-US', sized = (width, height = 900) => ({width, height});
        const page = await (await browser.newContext({locale, viewport: sized(widths[0])})).newPage(), told = watch(page, server, [AWAY]);
        page.setDefaultTimeout(8000);
        const look = async () => {
            const found = [];
            for (const width of widths) {
                await page.setViewportSize(sized(width));
                for (const fault of [...await axe(page), ...await shape(page, language), ...await wide(page)]) found.push(`${width} px: ${fault}`);
            }
            await page.setViewportSize(sized(320, 640)); // 1280 px at 400 %
            found.push(...await wide(page));
            await page.setViewportSize(sized(720, 450)); // 1440 px at 200 %
            found.push(...await wide(page));
            await page.emulateMedia({reducedMotion: 'reduce'});
            found.push(...await still(page));
            await page.emulateMedia({reducedMotion: null});
            await page.setViewportSize(sized(widths[0]));
            return found;
        };
        await page.goto(server.url);
        await page.locator('input[name=token]').waitFor();
        expect(await look()).toEqual([]);
        await page.keyboard.press('Enter'); // nothing was entered
        expect(await look()).toEqual([]);
        await signIn(page, server);
        expect(await through(page, look)).toEqual({});
        expect(told).toEqual([]);
        await page.context().close();
    });
}

test('the keyboard alone reaches everything in every state, and the focus is seen', async ({browser}) => {
    test.setTimeout(240000);
    const page = await (await browser.newContext({locale: 'ko-KR', viewport: {width: 1280, height: 800}})).newPage();
    page.setDefaultTimeout(8000);
    await page.goto(server.url);
    await page.locator('input[name=token]').waitFor();
    expect(await walk(page)).toEqual([]);
    await signIn(page, server);
    expect(await through(page, () => walk(page))).toEqual({});
    await page.context().close();
});

test('a diagnosis by keyboard alone, from the first question to the desk', async ({browser}) => {
    const page = await (await browser.newContext({locale: 'ko-KR', viewport: {width: 1280, height: 800}})).newPage();
    const told = watch(page, server, [AWAY]);
    const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
    await signIn(page, server);
    const nextLink = async () => { await page.locator('.dia-between .primary').focus(); await press('Enter'); };
    await go(page, 'diagnosis');
    await page.locator('#firm-region').focus();
    await page.keyboard.type('서울특별시 금천구');
    await press('Tab', 'ArrowDown', 'ArrowDown'); // the size: the second of the list
    await page.locator('#firm-ksic').focus();
    await page.keyboard.type('C29');
    await press('Tab', 'ArrowDown'); // makes goods: from "not known" to "yes"
    await expect(page.locator('#maker input[value=yes]')).toBeFocused();
    await page.locator('#need input[value=ai-procure]').focus();
    await press('Space');
    await page.locator('#text').focus();
    await page.keyboard.type(NEED);
    await nextLink();
    await expect(page.getByRole('heading', {level: 1, name: '준비도 진단: 공정'})).toBeFocused();
    for (const area of ['process', 'data', 'people', 'operation']) {
        await page.locator(`fieldset[id^=answer-${area}]`).first().waitFor();
        for (const group of await page.locator(`fieldset[id^=answer-${area}]`).all()) {
            await group.locator('input:checked').focus();
            await press('ArrowDown', 'ArrowDown'); // past "no answer" to the second choice
        }
        for (const one of await page.locator('input.short-number').all()) {
            await one.focus();
            await page.keyboard.type(area === 'data' ? '5000' : '30');
        }
        await nextLink();
    }
    await expect(page.getByRole('heading', {level: 1, name: '준비도 진단: AI 윤리 점검'})).toBeFocused();
    await nextLink();
    // 5000 months cannot be: the page goes back to that question, tells why beside it, and the focus is there.
    await expect(page.locator('#answer-data-months')).toBeFocused();
    await expect(page.locator('#answer-data-months')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('#answer-data-months-fault')).toHaveText('0 이상 1,200 이하의 수로 적어 주십시오.');
    await press('Control+a');
    await page.keyboard.type('30');
    await expect(page.locator('#answer-data-months-fault')).toBeHidden();
    await page.locator('.dia-steps a').last().focus();
    await press('Enter');
    // The page shows what the engine says of the same answers.
    await expect(page.locator('.dia-score')).toBeVisible();
    const kept = JSON.parse(await page.evaluate(() => sessionStorage.getItem('ieum-diagnosis')));
    const answers = Object.fromEntries(Object.entries(kept.answers).map(([id, value]) => [id, /^\d+$/.test(value) ? Number(value) : value]));
    const firm = {name: '(가상)', region: kept.firm.region, size: kept.firm.size, ksic: ['C29']};
    const reply = server.call('diagnose', {answers, maker: true, need: ['ai-procure'], demand: {id: 'x', program: 'x', need: NEED, firm}});
    expect(Object.keys(answers)).toHaveLength(20);
    await expect(page.locator('.dia-score')).toContainText(`준비도 ${reply.score.toFixed(1)}점`);
    await expect(page.locator('.dia-score')).toContainText(`단계: ${reply.stage.ko}`);
    const cells = await page.locator('.dia-areas tbody tr').evaluateAll((rows) =>
        rows.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.textContent)));
    expect(cells).toEqual([['전체', reply.score.toFixed(1)], ...reply.areas.map((area) => [area.title.ko, area.score.toFixed(1)])]);
    const widths = await page.locator('.dia-chart .amount').evaluateAll((bars) => bars.map((bar) => parseFloat(bar.getAttribute('width'))));
    expect(widths).toEqual([reply.score, ...reply.areas.map((area) => area.score)]);
    await expect(page.locator('.dia-areas figcaption')).toContainText(reply.reference.source);
    const fits = reply.programs.filter((one) => one.fits === true);
    const titles = await page.locator('section > .panel > h3').evaluateAll((all) =>
        all.filter((one) => !one.closest('details')).map((one) => one.firstChild.textContent));
    expect(titles).toEqual(fits.map((one) => one.title.ko));
    // To the desk, with the program and the need, and without either in the address.
    const first = fits.find((one) => one.registered);
    await page.locator('main a[href^="#/desk"]').first().focus();
    await press('Enter');
    await expect(page.locator('.suggestion').first()).toBeVisible();
    expect(await page.locator('textarea').first().inputValue()).toBe(NEED);
    if (first) expect(await page.getByLabel('사업', {exact: true}).inputValue()).toBe(first.id);
    expect(page.url()).toBe(`${server.url}/#/desk`);
    // Another need from there asks before it takes the place of the text at the desk; signing out forgets it all.
    await go(page, 'diagnosis');
    await page.locator('#text').fill('다른 문제');
    await go(page, 'diagnosis/result');
    await page.locator('main a[href^="#/desk"]').first().click();
    await expect(page.getByRole('dialog')).toContainText('여기에 적어 둔 글을');
    await press('Escape');
    await expect(page.locator('textarea').first()).toHaveValue(NEED);
    await page.getByRole('button', {name: '로그아웃'}).click();
    await expect(page.locator('input[name=token]')).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(told).toEqual([]);
    await page.context().close();
});
