// SPDX-License-Identifier: Apache-2.0
// The asking side of the diagnosis: the firm and its need, the questions of an area, the ethics checklist. An entry that cannot be is told beside it.
import {link} from './api.js';
import {h, replace} from './dom.js';
import {opens} from './parts.js';
import {number, said, text} from './texts.js';

/** What is wrong with the answer to a question; null: nothing, or not answered. */
export function faultOf({kind, least, most}, answer) {
    if (kind !== 'number' || answer === undefined || answer === '') return null;
    const value = Number(answer);
    return Number.isFinite(value) && value >= least && value <= most ? null : text('dia.range', {least: number(least), most: number(most)});
}

/** Tells below a control, or a group of them, what is wrong with it; listeners hear it with the control. */
function faultLine(control) {
    const line = h('p', {class: 'fault', id: `${control.id}-fault`, hidden: true});
    line.tell = (fault) => {
        line.hidden = !fault;
        replace(line, fault);
        const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== line.id);
        if (fault) ids.push(line.id);
        if (ids.length) control.setAttribute('aria-describedby', ids.join(' '));
        else control.removeAttribute('aria-describedby');
        if (control.matches('fieldset')) return;
        if (fault) control.setAttribute('aria-invalid', 'true');
        else control.removeAttribute('aria-invalid');
    };
    return line;
}

/** A control with its label, hint and fault line, bound to `place[name]`. `check`: what is wrong with it, beyond what the engine told. */
function entry({shown, changed}, {id, place, name, label, hint, control, check = () => null, after}) {
    control.id = id;
    if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
    const line = faultLine(control);
    line.tell(shown.get(id));
    control.addEventListener('input', () => {
        place[name] = control.value;
        if (!line.hidden) line.tell(check());
        changed(id);
        after?.();
    });
    control.addEventListener('change', () => line.tell(check()));
    control.value = place[name] ?? '';
    return h('div', {class: 'field'}, h('label', {for: id}, label), hint && h('p', {class: 'hint', id: `${id}-hint`}, hint), control, line);
}

/** One choice of several under a question. options: [[value, label], …], the first of them the one that leaves it open. */
function choice({shown, changed}, {id, place, name, label, hint, options, after}) {
    const group = h('fieldset', {class: 'question', id, 'aria-describedby': hint && `${id}-hint`});
    const line = faultLine(group);
    group.append(h('legend', label));
    if (hint) group.append(h('p', {class: 'hint', id: `${id}-hint`}, hint));
    for (const [value, words] of options) {
        const take = () => {
            place[name] = value;
            line.tell(null);
            changed(id);
            after?.();
        };
        group.append(h('label', {class: value === '' ? 'option open' : 'option'},
            h('input', {type: 'radio', name: id, value, checked: (place[name] ?? '') === value, onchange: take}), h('span', words)));
    }
    group.append(line);
    line.tell(shown.get(id));
    return group;
}

// ---- the firm and its need

const typed = (attributes = {}) => h('input', {type: 'text', autocomplete: 'off', spellcheck: 'false', ...attributes});

function firmFields(context) {
    const {kept, form} = context;
    const firm = (name, more) => entry(context, {id: `firm-${name}`, place: kept.firm, name, label: text(`dia.${name}`), ...more});
    const sizes = h('select', h('option', {value: ''}, text('dia.unknown')), form.sizes.map((one) => h('option', {value: one.id}, said(one.title))));
    const founded = h('input', {type: 'date', min: '1800-01-01', max: '2200-12-31'});
    return h('div', {class: 'dia-fields'}, firm('name', {control: typed()}), firm('region', {control: typed(), hint: text('dia.region.hint')}),
        firm('size', {control: sizes}), firm('founded', {control: founded}),
        firm('ksic', {control: typed(), hint: text('dia.ksic.hint')}));
}

function needs({kept, form, shown, changed}) {
    const group = h('fieldset', {class: 'question', id: 'need', 'aria-describedby': 'need-hint'});
    const line = faultLine(group);
    group.append(h('legend', text('dia.need')), h('p', {class: 'hint', id: 'need-hint'}, text('dia.need.hint')));
    for (const {id, title} of form.needs) {
        const take = (event) => {
            kept.need = form.needs.map((one) => one.id).filter((one) => (one === id ? event.target.checked : kept.need.includes(one)));
            line.tell(null);
            changed('need');
        };
        group.append(h('label', {class: 'option'}, h('input', {type: 'checkbox', value: id, checked: kept.need.includes(id), onchange: take}),
            h('span', said(title))));
    }
    group.append(line);
    line.tell(shown.get('need'));
    return group;
}

/** reworded: called when the firm turned out to make goods, or not: the questions are named anew. */
export function firmForm(context, {reworded}) {
    const {kept, form} = context, {questionnaire} = form;
    const instead = h('p', {class: 'note', role: 'status', hidden: !kept.demand.trim()}, text('dia.demand.instead'));
    const blank = h('a', {href: link('diagnose', {questionnaire: true}, 'html'), target: '_blank', rel: 'noopener'}, text('dia.blank'));
    return [
        entry(context, {id: 'demand', place: kept, name: 'demand', label: text('dia.demand'), hint: text('dia.demand.hint'), control: typed(),
            after: () => { instead.hidden = !kept.demand.trim(); }}), instead,
        h('fieldset', h('legend', {class: 'dia-head'}, text('dia.firm.about')), h('p', {class: 'hint'}, text('dia.firm.hint')), firmFields(context)),
        choice(context, {id: 'maker', place: kept, name: 'maker', label: text('dia.maker'), hint: text('dia.maker.hint'), after: () => {
            reworded();
            document.querySelector('input[name=maker]:checked')?.focus();
        }, options: [['', text('dia.unknown')], ['yes', text('dia.yes')], ['no', text('dia.no')]]}),
        needs(context),
        entry(context, {id: 'text', place: kept, name: 'text', label: text('dia.text'), hint: text('dia.text.hint'),
            control: h('textarea', {rows: 3, spellcheck: 'false'})}),
        opens(text('dia.source'), h('p', said(questionnaire.source)), h('p', said(questionnaire.defaults)),
            h('p', {class: 'quiet'}, text('dia.effective', questionnaire), ' · ', blank)),
    ];
}

// ---- questions

function question(context, one, place) {
    const {kept, worded} = context, label = `${place}. ${worded(one)}`;
    const bound = {id: `answer-${one.id}`, place: kept.answers, name: one.id, hint: said(one.why)};
    if (one.kind === 'number') {
        const control = typed({inputmode: 'decimal', class: 'short-number'}), check = () => faultOf(one, kept.answers[one.id]);
        return h('div', {class: 'question'}, entry(context, {...bound, label: `${label} (${said(one.unit)})`, control, check}));
    }
    const answers = one.kind === 'yesno' ? ['yes', 'no'].map((answer) => [answer, text(`dia.${answer}`)])
        : one.choices.map((each) => [each.id, said(each.text)]);
    return choice(context, {...bound, label, options: [...answers, ['', text('dia.open')]]});
}

export const questionsForm = (context, area) => area.questions.map((one, i) => question(context, one, i + 1));

// ---- the checklist

export function ethicsForm(context) {
    const {kept, form: {ethics}} = context, principles = [];
    for (const item of ethics.items) {
        if (principles.at(-1)?.id !== item.principle.id) principles.push({...item.principle, items: []});
        principles.at(-1).items.push(item);
    }
    const options = [...ethics.answers.map((one) => [one.id, said(one.text)]), ['', text('dia.open')]];
    const ask = (item) => choice(context, {id: `ethics-${item.id}`, place: kept.ethics, name: item.id, options,
        label: said(item.text), hint: said(item.why)});
    return [h('p', {class: 'lead'}, text('dia.ethics.lead')), principles.map(({title, items}) => h('section', h('h2', said(title)), items.map(ask))),
        opens(text('dia.source'), h('p', said(ethics.source)), h('p', said(ethics.defaults)),
            h('p', {class: 'quiet'}, text('dia.effective', ethics)))];
}
