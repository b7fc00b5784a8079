// The fields of the open document: those found, and those that can be added.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {catalogue, fieldLabel} from '../state/catalogue.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {current, drafts, hand} from './current.js';
import {Field} from './field.js';
import {isTable, Table} from './table.js';
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

export function Fields() {
    const item = current.value;
    const names = ordered(new Set([...Object.keys(item.fields), ...added.value, ...Object.keys(drafts.value)])).filter((name) => !isTable(name));
    return html`<section class="fields" aria-label=${text('fields')}>
        ${names.length === 0 && html`<p class="quiet">${text('noFields')}</p>`}
        ${names.map((name) => html`<${Field} key=${`${item.id} ${name}`} name=${name} />`)}
        <${AddField} names=${names} />
        ${['items', 'taxes', 'withheld', 'payments'].filter((name) => item.fields[name]?.value).map((name) => html`<${Table} key=${name} name=${name} value=${item.fields[name].value} />`)}
        ${item.text && html`<details class="whole-text"><summary>${text('wholeText')}</summary>
            <button type="button" class="small" onClick=${() => navigator.clipboard.writeText(item.text)}><${Icon} name="copy" />${text('copy')}</button>
            <pre tabindex="0">${item.text}</pre></details>`}
    </section>`;
}
