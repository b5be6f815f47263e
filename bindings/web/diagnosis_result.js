// SPDX-License-Identifier: Apache-2.0
// What came of a diagnosis: score and stage beside the reference, areas, programs with their reasons, what to look at and to do; on screen and on A4.
import {may} from './api.js';
import {h, svg, table} from './dom.js';
import {opens} from './parts.js';
import {day, language, number, said, text} from './texts.js';
import {hand} from './hand.js';

const points = (value) => number(value, 1);
const range = ({interval: {least, most}}) => (most > least ? `${points(least)}${language() === 'ko' ? '~' : '–'}${points(most)}` : points(least));

// ---- the score

function scoreView({reply}) {
    const {stage} = reply;
    if (reply.score === null) return h('p', {class: 'note'}, text('dia.score.none'));
    const open = reply.unanswered.length > 0, {least, most} = reply.interval;
    return h('section', {class: 'panel pale whole dia-score'},
        h('p', {class: 'big'}, h('strong', text('dia.score', {score: points(reply.score)})), ' ', h('span', {class: 'quiet'}, text('dia.score.of'))),
        h('p', h('strong', stage ? text('dia.stage', {stage: said(stage)}) : text('dia.stage.none')), stage && [' ', said(stage.text)],
            stage && open && h('span', {class: 'quiet'}, ' ', text(reply.stage_certain ? 'dia.stage.sure' : 'dia.stage.unsure'))),
        open && h('p', text('dia.answered', {share: number(reply.answered)}), ' ', text('dia.interval', {least: points(least), most: points(most)})));
}

const ROW = 44, BAR = 16;

/* Sizes across are in percent, so that words keep their size on a phone and on paper. The same figures stand in the table. */
function chart(rows, reference) {
    const high = rows.length * ROW, at = (value) => `${value}%`, value = points(reference.value), line = at(reference.value);
    const bar = ({label, score, interval: {least, most}}, i) => {
        const y = i * ROW + 22, middle = y + BAR / 2;
        return svg('g', svg('text', {x: 0, y: y - 6}, label),
            svg('text', {x: '100%', y: y - 6, 'text-anchor': 'end', class: 'value'}, score === null ? '–' : points(score)),
            svg('rect', {x: 0, y, width: '100%', height: BAR, class: 'ground'}),
            score !== null && svg('rect', {x: 0, y, width: at(score), height: BAR, class: i ? 'amount' : 'amount all'}),
            most > least && svg('line', {x1: at(least), x2: at(most), y1: middle, y2: middle, class: 'range'}));
    };
    return svg('svg', {class: 'dia-chart', width: '100%', height: high + 28, role: 'img', 'aria-label': text('dia.areas.said', {value})},
        rows.map(bar),
        svg('line', {x1: line, x2: line, y1: 20, y2: high + 2, class: 'reference'}),
        svg('text', {x: line, y: high + 18, 'text-anchor': 'middle', class: 'value'}, text('dia.reference', {value})));
}

function areasView({reply}) {
    const {areas, reference} = reply, whole = {label: text('dia.all'), score: reply.score, interval: reply.interval};
    const rows = [whole, ...areas.map((area) => ({label: said(area.title), score: area.score, interval: area.interval}))];
    const cells = (label, one, open, advice) => [label, one.score === null ? '–' : points(one.score), range(one), number(open), said(advice)];
    const figures = ['score', 'interval', 'open'].map((name) => ({label: text(`dia.area.${name}`), right: true}));
    const columns = [{label: text('dia.area'), head: true}, ...figures, {label: text('dia.area.advice')}];
    const all = cells(text('dia.all'), reply, reply.unanswered.length, '');
    return h('section', {class: 'dia-areas'}, h('h2', text('dia.areas')), h('figure', {class: 'whole'}, chart(rows, reference),
        h('figcaption', {class: 'hint'}, h('p', said(reference.text), ' ', text('dia.reference.source', {source: reference.source})),
            h('p', text('dia.areas.open')))),
    table({caption: text('dia.areas'), hidden: true, stacks: true, columns,
        rows: [all, ...areas.map((area) => cells(said(area.title), area, area.unanswered, area.advice))]}));
}

// ---- what is open

function unansweredView({reply, form, worded}) {
    if (!reply.unanswered.length) return h('p', {class: 'quiet'}, text('dia.unanswered.none'));
    const areas = form.questionnaire.areas.filter((area) => reply.unanswered.some((one) => one.area === area.id));
    return h('section', {class: 'no-print'}, opens(text('dia.unanswered', {count: reply.unanswered.length}), areas.map((area) => [
        h('h3', h('a', {href: `#/diagnosis/${area.id}`}, worded(area))),
        h('ul', reply.unanswered.filter((one) => one.area === area.id).map((one) => h('li', said(one.text))))])));
}

// ---- programs

/** is: true, false, or null where it is open; words: the keys of their words. */
const badge = (is, [yes, no, open]) => h('span', {class: is === true ? 'badge good' : is === false ? 'badge bad' : 'badge warn'},
    text(is === true ? yes : is === false ? no : open));
const fitBadge = (one) => badge(one.fits, [one.to_confirm ? 'dia.fits.confirm' : 'dia.fits', 'dia.fits.not', 'dia.fits.open']);
const metBadge = (met) => badge(met, ['dia.met', 'dia.unmet', 'dia.tbc']);

/** To the desk with this program and this need. A registered demand is opened by its id; a need that was told goes along inside the page. */
function deskLink({reply, kept, session}, program) {
    if (!may(session, 'suggest')) return null;
    const stored = kept.demand.trim(), words = kept.text.trim() || (reply.need?.types ?? []).map((one) => said(one.title)).join(', ');
    const href = stored ? `#/desk/${encodeURIComponent(stored)}` : '#/desk', look = program?.open ? 'button primary' : 'button';
    const give = () => hand('desk', {program: program?.id ?? null, text: stored ? '' : words});
    return h('p', {class: 'no-print'}, h('a', {class: look, href, onclick: give},
        text(program ? 'dia.desk' : 'dia.desk.plain'), program && h('span', {class: 'unseen'}, ` (${said(program.title)})`)));
}

function programView(view, one) {
    const reasons = one.reasons.map((reason) => h('li', metBadge(reason.met), ' ', h('span', said(reason))));
    return h('section', {class: 'panel whole'}, h('h3', said(one.title), ' ', fitBadge(one)), h('p', said(one.offers)),
        h('ul', {class: 'dia-reasons', 'aria-label': text('dia.reasons', {title: said(one.title)})}, reasons),
        one.fits !== false && h('p', h('strong', text('dia.do'), ': '), said(one.next)),
        h('p', {class: 'hint'}, text('dia.basis', {source: one.source}), one.version && [' · ', text('dia.version', {version: one.version})]),
        one.fits === true && deskLink(view, one.registered ? one : null));
}

function programsView(view) {
    const {programs, need} = view.reply, [fit, open, not] = [true, null, false].map((fits) => programs.filter((one) => one.fits === fits));
    const titles = (need?.types ?? []).map((one) => said(one.title)).join(', ');
    return h('section', h('h2', text('dia.programs')),
        h('p', titles ? text(need.from === 'text' ? 'dia.needs.understood' : 'dia.needs.told', {needs: titles}) : text('dia.needs.none')),
        fit.length ? fit.map((one) => programView(view, one)) : h('p', {class: 'note warn'}, text('dia.programs.none')),
        open.length > 0 && opens(text('dia.programs.open', {count: open.length}), open.map((one) => programView(view, one))),
        not.length > 0 && opens(text('dia.programs.not', {count: not.length}), not.map((one) => programView(view, one))),
        h('p', {class: 'only-print'}, [['dia.fits.open', open], ['dia.fits.not', not]].filter(([, list]) => list.length).map(([word, list]) =>
            `${text(word)}: ${list.map((one) => said(one.title)).join(', ')}. `)));
}

// ---- ethics, what to do, answers

function ethicsView({reply}) {
    const {ethics} = reply, heading = h('h2', text('dia.ethics'));
    if (!ethics) {
        const go = h('a', {class: 'no-print', href: '#/diagnosis/ethics'}, text('dia.ethics.go'));
        return h('section', heading, h('p', text('dia.ethics.left'), ' ', go));
    }
    const flag = (one) => h('section', {class: 'panel whole'},
        h('h3', said(one.text), ' ', h('span', {class: 'badge warn'}, text('dia.ethics.answer', {answer: said(one.answer_title)}))),
        h('p', said(one.do)), h('p', {class: 'hint'}, said(one.principle_title), ' · ', text('dia.basis', {source: one.source})));
    return h('section', heading, h('p', ethics.flags.length ? text('dia.flagged', {count: ethics.flags.length}) : text('dia.flagged.none'),
        ethics.unanswered.length > 0 && [' ', text('dia.ethics.open', {count: ethics.unanswered.length})]), ethics.flags.map(flag));
}

const stepsView = ({reply}) => h('section', {class: 'panel whole'}, h('h2', text('dia.do')), h('ol', reply.next.map((one) => h('li', said(one)))));

function answerOf(question, answer) {
    if (question.kind === 'number') return `${answer} ${said(question.unit)}`;
    return question.kind === 'yesno' ? text(`dia.${answer}`) : said(question.choices.find((one) => one.id === answer)?.text);
}

/** On paper alone: what was answered, so that the sheet can be read without the page. */
function answersSheet({kept, form, worded}) {
    const rows = form.questionnaire.areas.flatMap((area) => area.questions.map((one) => [worded(area), worded(one),
        kept.answers[one.id] ? answerOf(one, kept.answers[one.id]) : text('dia.open')]));
    const columns = [{label: text('dia.area')}, {label: text('dia.question'), head: true}, {label: text('dia.answer')}];
    return h('section', {class: 'only-print sheet'}, h('h2', text('dia.answers')),
        table({caption: text('dia.answers'), hidden: true, columns, rows}));
}

/** view: {reply, kept: what was entered, form: the questionnaire, session, worded} */
export function resultView(view) {
    const {reply, kept, session} = view, name = reply.demand === 'diagnosis' || !reply.name ? kept.firm.name.trim() : reply.name;
    const who = [reply.demand !== 'diagnosis' && reply.demand, name].filter(Boolean).join(' · ');
    return [
        h('p', {class: 'letterhead only-print'}, h('span', text('brand.long')), h('span', `${session.account} · ${day()}`)),
        who && h('p', h('strong', who)),
        h('p', {class: 'row no-print'}, h('button', {type: 'button', onclick: () => print()}, text('print'))),
        scoreView(view), areasView(view), unansweredView(view), programsView(view), stepsView(view), ethicsView(view),
        h('p', {class: 'ai-notice'}, h('strong', text('dia.notice')), ' ', h('span', {class: 'versions'}, text('dia.versions', reply.versions))),
        answersSheet(view),
    ];
}
