// SPDX-License-Identifier: Apache-2.0
// The shortlist that a consultation collects: kept in this tab alone, ordered by hand, with notes, and as a sheet of paper.
import {h, replace, announce} from './dom.js';
import {joined} from './desk_card.js';
import {aiNotice} from './parts.js';
import {day, number, said, text} from './texts.js';

const same = (a, b) => a.program.id === b.program.id
    && a.need === b.need && JSON.stringify(a.answers) === JSON.stringify(b.answers) && a.model.hash === b.model.hash && a.data_hash === b.data_hash;

/** What a list keeps of a suggestion: enough for the sheet. asked: {demand, title, need, program, model, data_hash}. */
export function entry(suggestion, asked) {
    const {supplier, name, points, evidence, criteria, to_confirm: confirm} = suggestion;
    const words = joined(evidence).map((one) => [one.demand, one.supplier].map((side) => side.map((word) => word.text).join(', ')));
    return {supplier, name: name ?? supplier, points, words, criteria, confirm: confirm ?? [], asked, note: ''};
}

function reasons({words, criteria, confirm}, rule) {
    return [
        words?.length > 0 && h('ul', {class: 'reasons'}, words.map(([need, offer]) => h('li', h('q', need), ' → ', h('q', offer)))),
        h('div', criteria?.map((one) => h('span', {class: 'criterion'}, `${said(one.title) || one.id} ${number(one.points, 1)}/${number(one.of)}`))),
        confirm?.length > 0 && h('div', h('strong', text('desk.confirm')), ' ', confirm.map(rule).join(' · '))];
}

/**
 * The panel. items: the entries, changed in place; changed(supplier or null) is called after each change.
 */
export function panel(root, items, {changed, print}) {
    const draw = (focus) => {
        const go = () => { root.focus({preventScroll: true}); root.scrollIntoView(); };
        replace(root, h('h2', {id: 'desk-list'}, text('desk.list'), items.length > 0 && ` (${items.length})`),
            items.length === 0 ? h('p', {class: 'quiet'}, text('desk.list.empty')) : [
                h('ol', {class: 'listed'}, items.map(line)),
                h('p', h('button', {type: 'button', class: 'primary', onclick: print}, text('desk.list.print'))),
                h('p', {class: 'to-list'}, h('button', {type: 'button', class: 'primary', onclick: go}, text('desk.list.go', {count: items.length})))]);
        if (focus) root.querySelector(`[data-focus="${CSS.escape(focus)}"]:not(:disabled)`)?.focus();
    };
    const move = (item, by, button) => {
        const from = items.indexOf(item), to = from + by;
        if (to < 0 || to >= items.length) return;
        items.splice(to, 0, ...items.splice(from, 1));
        changed(null);
        const stays = to === 0 && button === 'up' ? 'down' : to === items.length - 1 && button === 'down' ? 'up' : button;
        draw(`${stays}:${item.supplier}`);
        announce(text('desk.list.moved', {name: item.name, place: to + 1}));
    };
    const line = (item, i) => {
        const note = h('textarea', {rows: 1, value: item.note, placeholder: text('desk.list.note'),
            'aria-label': text('desk.list.note.who', {name: item.name}), 'data-focus': `note:${item.supplier}`, oninput: () => { item.note = note.value; changed(null); }});
        const button = (what, sign, act, disabled) => h('button', {type: 'button', class: 'plain icon', disabled,
            'data-focus': `${what}:${item.supplier}`, 'aria-label': text(`desk.list.${what}`, {name: item.name}), onclick: act}, sign);
        return h('li', {onkeydown: (event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            move(item, event.key === 'ArrowUp' ? -1 : 1, event.target.dataset.focus?.split(':')[0] ?? 'note');
        }},
        h('div', {class: 'row'}, h('strong', `${i + 1}. ${item.name} `, h('small', text('desk.points', {points: number(item.points, 1)}))),
            button('up', '↑', () => move(item, -1, 'up'), i === 0), button('down', '↓', () => move(item, 1, 'down'), i === items.length - 1),
            button('remove', '×', () => {
                items.splice(i, 1);
                changed(item.supplier);
                const next = items[Math.min(i, items.length - 1)];
                draw(next && `remove:${next.supplier}`);
                announce(text('desk.list.lost', {name: item.name, count: items.length}));
            })), note);
    };
    draw();
    return {draw};
}

/** The sheet for paper: what was asked, the suppliers with points and reasons, the notice. Entries of different questions stand apart. rule: names one. */
export function sheet(items, account, rule) {
    const groups = [];
    for (const item of items) {
        const group = groups.find((one) => same(one.asked, item.asked));
        if (group) group.items.push(item);
        else groups.push({asked: item.asked, items: [item]});
    }
    return groups.map(({asked, items: mine}) => h('section', {class: 'sheet'},
        h('div', {class: 'letterhead'}, h('strong', text('desk.print.office')), h('span', text('desk.print.made', {day: day(), account}))),
        h('h1', text('desk.print.title')),
        h('p', text('ai.program', {title: said(asked.program.title) || asked.program.id, id: asked.program.id, version: asked.program.version})),
        h('h2', text('desk.print.need'), asked.demand && ` · ${text('desk.stored', {id: asked.demand})}`),
        h('div', {class: 'need-asked'}, asked.title && [h('strong', asked.title), h('br')], asked.need,
            asked.answers.length > 0 && [h('br'), `${text('desk.answered')}: ${asked.answers.map(said).join(', ')}`]),
        h('table', {class: 'listed-on-paper'}, h('caption', {class: 'unseen'}, text('desk.print.title')),
            h('thead', h('tr', ['order', 'supplier', 'points', 'reasons', 'note'].map((key) => h('th', {scope: 'col'},
                text({points: 'desk.column.points', note: 'desk.list.note'}[key] ?? `desk.print.${key}`))))),
            h('tbody', mine.map((item, i) => h('tr', h('td', i + 1), h('th', {scope: 'row'}, item.name, ' ', h('small', item.supplier)),
                h('td', {class: 'right'}, number(item.points, 1)), h('td', reasons(item, rule)), h('td', item.note))))),
        aiNotice(asked, said(asked.program.title)),
        h('p', {class: 'sign-line whole'}, text('desk.print.sign'), ' ', h('span'))));
}
