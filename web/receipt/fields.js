// The fields of the open document: those found, and those that can be added.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {catalogue, fieldLabel, fieldType} from '../state/catalogue.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {asked, isMissed} from './asked.js';
import {current, drafts, hand} from './current.js';
import {Field} from './field.js';
import {isTable, TABLES} from './rows.js';
import {Table} from './table.js';
import {added} from './added.js';

/** Names in the order of the catalogue, followed by those of the user's own layouts. */
function ordered(names) {
    const order = [...catalogue.value.fields.keys()];
    const at = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
    return [...names].sort((a, b) => at(a) - at(b) || a.localeCompare(b));
}

function kindOf(item) {
    return item.fields.company || item.fields.total || item.fields.items ? 'sale' : 'payment';
}

function AddField({names}) {
    const kind = kindOf(current.value);
    const missing = [...catalogue.value.fields.values()].filter((field) => !names.includes(field.name) && field.kinds.includes(kind) && !isTable(field.name));
    return may('correct') && missing.length > 0 && html`<${Menu} icon="plus" label=${text('addField')} align="start">${(close) => html`<div class="choices two">
        ${missing.map((field) => html`<button type="button" key=${field.name} class="bare" onClick=${() => {
            close();
            added.value = [...added.value, field.name];
            hand.value = field.name;
            requestAnimationFrame(() => document.getElementById(`field-${field.name}`)?.focus());
        }}>${fieldLabel(field.name)}</button>`)}</div>`}<//>`;
}

const SHORT = new Set(['amount', 'money', 'currency', 'date', 'time', 'id', 'phone']);

/** A longer name does not fit on half a line of a small phone. */
const LABEL_LETTERS = 14;
const isShort = (name) => SHORT.has(fieldType(name)) && fieldLabel(name).length <= LABEL_LETTERS;

/** Those that share a line with a neighbour: two short ones in a row. */
function paired(names) {
    const found = new Set();
    for (let at = 0; at + 1 < names.length; at += 1) {
        if (isShort(names[at]) && isShort(names[at + 1])) {
            found.add(names[at]).add(names[at + 1]);
            at += 1;
        }
    }
    return found;
}

/** What the service looked for in vain is there to be filled. */
const missed = (item) => asked(item).filter((reason) => isMissed(reason) && reason.field).map(({field}) => field);

export function Fields() {
    const item = current.value;
    const names = ordered(new Set([...Object.keys(item.fields), ...missed(item), ...added.value, ...Object.keys(drafts.value)])).filter((name) => !isTable(name));
    const pairs = paired(names);
    const isSplit = item.part_count > 0; // its fields are those of its parts
    return html`<section class="fields" aria-label=${text('fields')}>
        ${names.length === 0 && !isSplit && html`<p class="quiet">${text('noFields')}</p>`}
        ${item.fields_pages && !isSplit && html`<p class="quiet">${item.fields_last_pages ? text('fieldsOfEnds', item.fields_pages, item.fields_last_pages) : text('fieldsOfFirst', item.fields_pages)}</p>`}
        ${names.map((name) => html`<${Field} key=${`${item.id} ${name}`} name=${name} isPaired=${pairs.has(name)} />`)}
        ${!isSplit && html`<${AddField} names=${names} />`}
        ${TABLES.filter((name) => item.fields[name]?.value || (name === 'items' && kindOf(item) === 'sale' && item.status === 'done')).map((name) => html`<${Table} key=${`${item.id} ${name}`} name=${name} />`)}
        ${item.text && html`<details class="whole-text"><summary>${text('wholeText')}</summary>
            <button type="button" class="small" onClick=${() => navigator.clipboard.writeText(item.text)}><${Icon} name="copy" />${text('copy')}</button>
            <pre tabindex="0">${item.text}</pre></details>`}
    </section>`;
}
