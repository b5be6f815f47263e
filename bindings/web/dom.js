// SPDX-License-Identifier: Apache-2.0
// Builds the page out of elements and text nodes. Data never becomes markup: nothing here or in a page module parses HTML.

const SVG = 'http://www.w3.org/2000/svg';

function add(parent, children) {
    for (const child of children) {
        if (child === null || child === undefined || child === false || child === true) continue;
        if (Array.isArray(child)) add(parent, child);
        else parent.append(child instanceof Node ? child : String(child));
    }
}

function set(element, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (name.startsWith('on')) {
        if (typeof value !== 'function') throw new TypeError(`${name} takes a function`);
        element.addEventListener(name.slice(2), value);
    } else if (name === 'style' || name === 'srcdoc') {
        throw new TypeError(`${name} is not for data: use a class`);
    } else if ((name === 'href' || name === 'src') && !/^(#|\/|\.\/|[a-z_]+\.(svg|css)$)/.test(value)) {
        throw new TypeError(`an address of another place: ${value}`);
    } else if (name === 'value' || name === 'checked' || name === 'selected' || name === 'indeterminate') {
        element[name] = value;
    } else {
        element.setAttribute(name, value === true ? '' : value);
    }
}

function make(element, rest) {
    const [first] = rest;
    const plain = first !== null && typeof first === 'object' && !Array.isArray(first) && !(first instanceof Node);
    // The value of a <select> can be set only when its options are there, so attributes come last.
    add(element, plain ? rest.slice(1) : rest);
    if (plain) for (const [name, value] of Object.entries(first)) set(element, name, value);
    return element;
}

/** h('p', {class: 'hint', onclick: f}, 'text', node, [more]): an element; the attributes may be left out. */
export function h(tag, ...rest) {
    return make(document.createElement(tag), rest);
}

/** Words of a record, which are Korean whatever language the page is in. */
export const record = (...words) => h('span', {lang: 'ko'}, words);

/** The same for SVG. Sizes go into attributes: the server's rules allow no style attribute. */
export function svg(tag, ...rest) {
    return make(document.createElementNS(SVG, tag), rest);
}

/** Puts the children in the place of what `root` held. */
export function replace(root, ...children) {
    root.replaceChildren();
    add(root, children);
    return root;
}

/**
 * A table that scrolls by itself when it is wider than the page.
 * columns: [{label, right?: numbers, head?: this cell names the row, acts?: buttons, which paper has no use for}]; rows: arrays of texts or nodes. stacks: on a narrow
 * screen a row becomes a block of its own, each cell below the name of its column.
 */
export function table({caption, columns, rows, hidden = false, stacks = false}) {
    const role = (name) => stacks && name; // what is laid out as blocks is a table all the same, in browsers that go by the layout, too
    const look = ({right, acts}) => [right && 'right', acts && 'no-print'].filter(Boolean).join(' ') || null;
    const cell = (value, {head, right, acts, label}) => h(head ? 'th' : 'td', {scope: head && 'row', class: look({right, acts}), 'data-label': stacks && label,
        role: role(head ? 'rowheader' : 'cell')}, value ?? '');
    const heads = columns.map(({label, right, acts}) => h('th', {scope: 'col', class: look({right, acts}), role: role('columnheader')}, label));
    return h('div', {class: stacks ? 'scrolls stacks' : 'scrolls', tabindex: '0', role: 'region', 'aria-label': caption},
        h('table', {role: role('table')},
            h('caption', {class: hidden && 'unseen'}, caption),
            h('thead', {role: role('rowgroup')}, h('tr', {role: role('row')}, heads)),
            h('tbody', {role: role('rowgroup')}, rows.map((row) => h('tr', {role: role('row')}, row.map((value, i) => cell(value, columns[i])))))));
}

let waiting = 0;

/** Tells people who listen to the page what changed; of several in a row only the last. */
export function announce(words) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { document.getElementById('announced').textContent = words; }, 400);
}

/** Text cut at code points, as the engine counts them: cut(text)(start, end). */
export function cutter(whole) {
    const points = Array.from(whole);
    return (start, end) => points.slice(start, end).join('');
}
