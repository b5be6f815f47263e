// SPDX-License-Identifier: Apache-2.0
// The asking side of the desk: the text as it is typed or the registered demand, with the words marked that the chosen suggestion rests on.
import {h, replace} from './dom.js';
import {field, opens, select} from './parts.js';
import {said, text} from './texts.js';
import {markWords} from './desk_card.js';

const TYPING = 150, COMPOSING = 400; // milliseconds of rest before a request

let slash = true;
try { slash = localStorage.getItem('ieum-slash') !== 'no'; } catch { /* as it is */ }

/** Whether the one-key shortcut is on; a person whose keys slip, or who dictates, turns it off. */
export const slashOn = () => slash;

export function askForm(desk) {
    const {kept, programs} = desk;
    const program = select({value: desk.program, onchange: () => {
        desk.use(program.value);
        desk.ask();
    }}, programs.map((one) => [one.id, said(one.title)]));
    const k = select({value: String(kept.k), onchange: () => {
        kept.k = Number(k.value);
        desk.keep();
        desk.ask();
    }}, [5, 10, 20].map((count) => [String(count), text('desk.k.of', {k: count})]));
    desk.programChoice = program;
    desk.about = h('p', {class: 'hint'});
    desk.tellProgram();
    return h('section', {class: 'desk-ask', 'aria-label': text('desk.need')},
        h('div', {class: 'row ends'}, h('h1', {tabindex: '-1'}, text('desk.title')),
            h('button', {type: 'button', class: 'plain', onclick: () => desk.fresh()}, text('desk.new'))),
        desk.record ? storedText(desk) : typedText(desk),
        h('div', {class: 'choices'}, field(text('desk.program'), program), field(text('desk.k'), k)), desk.about,
        opens(text('desk.open'), openForm()), opens(text('desk.keys'), keysHelp()));
}

function typedText(desk) {
    const box = desk.box = h('textarea', {rows: 5, spellcheck: 'false', value: desk.kept.text, placeholder: text('desk.need.example'),
        oninput: (event) => typed(desk, event), oncompositionend: (event) => typed(desk, event),
        onscroll: () => { desk.behind.scrollTop = box.scrollTop; }});
    const whole = field(text('desk.need'), box, text('desk.need.hint'));
    const marked = h('div', {class: 'marked'});
    desk.behind = h('div', {class: 'behind', 'aria-hidden': 'true'});
    box.replaceWith(marked);
    marked.append(desk.behind, box);
    return whole;
}

function typed(desk, event) {
    const {box, kept} = desk, composing = event.isComposing && event.type !== 'compositionend';
    const normal = box.value.normalize('NFC'); // the engine counts the code points of this form
    if (!composing && normal !== box.value) {
        const at = box.value.slice(0, box.selectionStart).normalize('NFC').length;
        box.value = normal;
        box.setSelectionRange(at, at);
    }
    kept.text = normal;
    desk.keep();
    paint(desk);
    // A syllable that is still being composed is left alone; when the person pauses it counts as it stands.
    desk.askAfter(composing ? COMPOSING : TYPING);
}

function storedText(desk) {
    const {record, kept} = desk;
    desk.storedTitle = h('h2');
    desk.storedNeed = h('p');
    const copy = () => {
        Object.assign(kept, {text: [record.title, record.need].filter(Boolean).join('\n'), program: desk.program, answers: []});
        desk.keep();
    };
    return h('div', {class: 'stored'}, h('p', {class: 'quiet'}, [text('desk.stored', {id: record.demand}), record.name].filter(Boolean).join(' · ')),
        desk.storedTitle, desk.storedNeed,
        h('p', {class: 'row'}, h('a', {class: 'button small', href: '#/desk'}, text('desk.back')),
            record.need && h('a', {class: 'button small', href: '#/desk', onclick: copy}, text('desk.copy'))));
}

function openForm() {
    const id = h('input', {type: 'text', autocomplete: 'off', spellcheck: 'false'});
    return h('form', {onsubmit: (event) => {
        event.preventDefault();
        if (id.value.trim()) location.hash = `#/desk/${encodeURIComponent(id.value.trim())}`;
    }}, field(text('desk.open.id'), id), h('p', h('button', {type: 'submit'}, text('desk.open.do'))));
}

function keysHelp() {
    const on = h('input', {type: 'checkbox', checked: slash, onchange: () => {
        slash = on.checked;
        try { localStorage.setItem('ieum-slash', slash ? 'yes' : 'no'); } catch { /* only not kept */ }
    }});
    const line = (keys, what) => h('li', keys.map((key) => [h('kbd', key), ' ']), text(`desk.keys.${what}`));
    return [h('ul', {class: 'keys'}, line(['/'], 'slash'), line(['Ctrl', '↓'], 'results'), line(['↑', '↓'], 'arrows'), line(['Alt', '↑↓'], 'move')),
        h('label', {class: 'check'}, on, text('desk.keys.on'))];
}

/** Marks the words of the need that the chosen suggestion rests on, as far as they still stand as they were when it was made. */
export function paint(desk) {
    const {record, box, behind, asked} = desk;
    const chosen = desk.reply?.suggestions.find((one) => one.supplier === desk.chosen);
    const of = (pointer) => chosen?.evidence.filter((one) => one.side === 'demand' && one.field === pointer) ?? [];
    if (record) {
        replace(desk.storedTitle, markWords(record.title ?? '', of('/title')));
        replace(desk.storedNeed, markWords(record.need ?? '', of('/need')));
        return;
    }
    const now = Array.from(box.value), then = Array.from(asked);
    let stands = 0;
    while (stands < now.length && now[stands] === then[stands]) stands++;
    replace(behind, markWords(box.value, of('/need').filter((one) => one.end <= stands)), '\n');
    behind.scrollTop = box.scrollTop;
}
