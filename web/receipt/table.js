// Fields with several rows: what was bought, its taxes, and how it was paid.

import {html} from '../kit/kit.js';
import {fieldLabel} from '../state/catalogue.js';
import {amount, number} from '../words/format.js';
import {text} from '../words/text.js';

const plain = (value) => (value === '' || Number.isNaN(Number(value)) ? value : number(Number(value)));
const share = (value) => (value === '' ? '' : `${plain(value)} %`);
const rateOf = (value) => (Number.isNaN(Number(value)) ? value : share(value));
const OF_TAXES = [['description'], ['rate', share], ['base', amount], ['amount', amount]];

/** A row's values stand between tabs, in this order: [name of the column, how it is shown]. */
const COLUMNS = {
    items: [['description'], ['quantity', plain], ['amount', amount], ['priceOfOne', amount], ['code'], ['unit'], ['discount'], ['rate', rateOf]],
    taxes: OF_TAXES, withheld: OF_TAXES, payments: [['means'], ['amount', amount]],
};

export const isTable = (name) => name in COLUMNS;

export function Table({name, value}) {
    const rows = value.split('\n').map((line) => line.split('\t'));
    const columns = COLUMNS[name].map(([label, show], place) => ({label, show, place})).filter(({place}) => rows.some((row) => row[place]));
    const label = fieldLabel(name);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}><table class="plain"><caption>${label}</caption>
        <thead><tr>${columns.map((each) => html`<th key=${each.label} scope="col" class=${each.show ? 'end' : ''}>${text(each.label)}</th>`)}</tr></thead>
        <tbody>${rows.map((row, index) => html`<tr key=${index}>${columns.map(({label: of, show, place}) => html`<td key=${of} class=${show ? 'end' : ''}>
            ${show ? show(row[place] ?? '') : row[place]}</td>`)}</tr>`)}</tbody></table></div>`;
}
