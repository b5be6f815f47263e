// SPDX-License-Identifier: Apache-2.0
// Words of the page in both languages. A page module adds its own: addTexts({'desk.title': ['상담 창구', 'Desk']}).

const texts = {
    'brand': ['이음', 'Ieum'],
    'brand.long': ['서울 AI 수요·공급 매칭', 'Seoul AI matchmaking'],
    'skip': ['본문 바로가기', 'Skip to the content'],
    'nav': ['주요 화면', 'Pages'],
    'nav.desk': ['상담 창구', 'Desk'],
    'nav.rounds': ['매칭 회차', 'Rounds'],
    'nav.import': ['자료 가져오기', 'Import'],
    'nav.report': ['보고서', 'Report'],
    'nav.diagnosis': ['준비도 진단', 'Diagnosis'],
    'nav.accounts': ['계정 관리', 'Accounts'],
    'language.other': ['English', '한국어'],
    'language.switch': ['Switch to English', '한국어로 바꾸기'],
    'sign-in': ['로그인', 'Sign in'],
    'sign-in.token': ['접속 토큰', 'Access token'],
    'sign-in.hint': ['처음이라면: 서버를 시작한 창에 한 번 표시된 접속 토큰을 붙여 넣으십시오. 그 밖에는 관리자가 발급한 토큰을 씁니다.',
        'First time: paste the access token shown once in the window that started the server. Otherwise use the token your administrator gave you.'],
    'sign-in.empty': ['접속 토큰을 붙여 넣어 주십시오.', 'Paste your access token.'],
    'sign-in.wrong': ['접속 토큰이 맞지 않거나 더는 쓸 수 없습니다. 다시 붙여 넣거나 관리자에게 새 토큰을 받으십시오.',
        'The access token is wrong or no longer valid. Paste it again, or ask your administrator for a new one.'],
    'sign-in.again': ['로그인이 끝났습니다. 다시 로그인하면 하던 화면으로 돌아갑니다.', 'Your session has ended. Sign in again to return to where you were.'],
    'sign-in.show': ['토큰 보기', 'Show token'],
    'sign-out': ['로그아웃', 'Sign out'],
    'sign-in.lead': ['수요기업의 필요와 AI 공급기업을 이어 주는 업무 화면입니다.', 'The workplace that matches firms’ needs with AI suppliers.'],
    'role.viewer': ['열람', 'viewer'],
    'role.desk': ['상담', 'desk'],
    'role.manager': ['사업 담당', 'manager'],
    'role.researcher': ['연구', 'researcher'],
    'role.admin': ['관리자', 'admin'],
    'loading': ['불러오는 중입니다…', 'Loading…'],
    'close': ['닫기', 'Close'],
    'cancel': ['취소', 'Cancel'],
    'confirm': ['확인', 'Confirm'],
    'print': ['인쇄', 'Print'],
    'new_window': [' (새 창)', ' (new window)'],
    'retry': ['다시 시도', 'Try again'],
    'retry.in': ['{seconds}초 뒤 자동으로 다시 시도합니다.', 'Trying again by itself in {seconds} s.'],
    'page.missing': ['이 화면을 열 수 없습니다', 'This page cannot be opened'],
    'page.missing.why': ['이 서버에 없는 화면이거나 서버에 연결되지 않습니다. 다른 화면을 고르거나 잠시 뒤 새로 고침하십시오.',
        'The server does not have this page or cannot be reached. Choose another page, or reload in a moment.'],
    'page.nothing': ['이 역할로 볼 수 있는 화면이 없습니다', 'There is no page for this role'],
    'problem': ['처리하지 못했습니다', 'This could not be done'],
    'problem.unknown': ['서버가 알 수 없는 답을 보냈습니다. 잠시 뒤 다시 시도하고, 되풀이되면 관리자에게 알려 주십시오.',
        'The server sent an unreadable answer. Try again in a moment; if it happens again, tell your administrator.'],
    'problem.away': ['서버에 연결할 수 없습니다. 서버가 켜져 있는지, 네트워크가 연결되어 있는지 확인해 주십시오. 입력한 내용은 그대로 있습니다.',
        'The server cannot be reached. Check that it is running and that the network is up. What you entered is still here.'],
    'problem.401': ['로그인이 필요합니다.', 'Please sign in.'],
    'problem.403': ['이 계정에는 이 일을 할 권한이 없습니다. 필요하면 관리자에게 요청하십시오.',
        'This account is not allowed to do this. Ask your administrator if you need it.'],
    'problem.413': ['보낸 내용이 너무 큽니다.', 'What was sent is too large.'],
    'problem.429': ['로그인 시도가 너무 많았습니다. 잠시 뒤 다시 시도해 주십시오.', 'Too many attempts to sign in. Try again in a moment.'],
    'problem.503': ['지금 요청이 많아 서버가 바로 답하지 못합니다.', 'The server is busy and cannot answer at once.'],
    'ai.notice': ['AI가 순위를 매긴 제안이며, 결정은 담당자가 합니다.', 'An AI ranked these proposals; a person in charge decides.'],
    'ai.model': ['모형 {model} {model_hash} · 자료 {data_hash}', 'model {model} {model_hash} · data {data_hash}'],
    'ai.program': ['{title} ({id}) {version}판', '{title} ({id}) version {version}'],
    'foot': ['이음: 수요기업의 필요와 AI 공급기업을 이어 주는 프로그램', 'Ieum: software that matches firms’ needs with AI suppliers'],
};

let chosen = 'ko';
try {
    const kept = localStorage.getItem('ieum-language');
    chosen = kept === 'en' || (!kept && navigator.language && !navigator.language.startsWith('ko')) ? 'en' : 'ko';
} catch { /* a browser that keeps nothing: Korean */ }

/** "ko" or "en". */
export const language = () => chosen;

export function setLanguage(code) {
    chosen = code === 'en' ? 'en' : 'ko';
    try { localStorage.setItem('ieum-language', chosen); } catch { /* only not kept */ }
}

export function addTexts(more) {
    Object.assign(texts, more);
}

/** The words of a key, {name} in them filled from `values`. A key without words shows itself, so that a gap is seen. */
export function text(key, values = {}) {
    const words = texts[key]?.[chosen === 'en' ? 1 : 0] ?? key;
    return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** The language's side of a {ko, en} of the engine; a plain text stays. */
export const said = (pair) => (pair && typeof pair === 'object' ? pair[chosen] ?? pair.ko ?? '' : pair ?? '');

/** A number as the language writes it: number(68.728, 1) → "68.7". */
export const number = (value, digits = 0) => (value === null || value === undefined ? '–'
    : Number(value).toLocaleString(chosen, {minimumFractionDigits: digits, maximumFractionDigits: digits}));

/** Today, or the given date, as the language writes it. */
export const day = (date = new Date()) => new Date(date).toLocaleDateString(chosen === 'ko' ? 'ko-KR' : 'en-GB', {year: 'numeric', month: 'long', day: 'numeric'});
