// Fields with several rows: what was bought, its taxes, and how it was paid. A row is changed in its place.

import {html, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {fieldLabel} from '../state/catalogue.js';
import {may} from '../state/session.js';
import {amount} from '../words/format.js';
import {text} from '../words/text.js';
import {current, saveRows} from './current.js';
import {RowForm} from './row_form.js';
import {columnsOf, rowsOf, sumOf} from './rows.js';

function Cells({row, columns, edit}) {
    const [first, ...others] = columns;
    const shown = first.show(row[first.name] ?? '');
    return html`<tr><th scope="row">${edit ? html`<button type="button" class="link" title=${text('changeRow')} onClick=${edit}>${shown || '–'}</button>` : shown}</th>
        ${others.map((each) => html`<td key=${each.name} class=${each.isNumber ? 'end' : ''}>${each.show(row[each.name] ?? '')}</td>`)}</tr>`;
}

/** `name` is the field of the open document; it may have no rows yet. */
export function Table({name}) {
    const [editing, setEditing] = useState(null); // the place of a row; behind the last one: a new one
    const rows = rowsOf(name, current.value.fields[name]?.value);
    const columns = columnsOf(name).filter((each, place) => place === 0 || rows.some((row) => row[each.name]) || (rows.length === 0 && each.name === 'amount'));
    const isCorrected = current.value.fields[name]?.corrected;
    const label = fieldLabel(name);
    const sum = sumOf(rows);
    const keep = async (changed) => {
        if (await saveRows(name, changed)) {
            setEditing(null);
        }
    };
    const form = (place) => html`<${RowForm} name=${name} row=${rows[place] ?? {}} close=${() => setEditing(null)}
        save=${(row) => keep(place < rows.length ? rows.with(place, row) : [...rows, row])}
        remove=${place < rows.length ? () => keep(rows.toSpliced(place, 1)) : undefined} />`;
    return html`<div class="rows-of-sale"><header><h2>${label}</h2>${isCorrected && html`<span class="mark good">${text('corrected')}</span>`}</header>
        ${rows.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label=${label}><table class="plain">
            <thead><tr>${columns.map((each) => html`<th key=${each.name} scope="col" class=${each.isNumber ? 'end' : ''}>${text(each.label)}</th>`)}</tr></thead>
            <tbody>${rows.map((row, place) => (editing === place ? html`<tr key=${place} class="editing"><td colspan=${columns.length}>${form(place)}</td></tr>`
                : html`<${Cells} key=${place} row=${row} columns=${columns} edit=${may('correct') ? () => setEditing(place) : null} />`))}</tbody>
            ${sum !== null && rows.length > 1 && html`<tfoot><tr>${columns.map((each, place) => html`<td key=${each.name} class=${each.isNumber ? 'end' : ''}>
                ${place === 0 ? text('sumOfRows') : each.name === 'amount' ? amount(sum) : ''}</td>`)}</tr></tfoot>`}</table></div>`}
        ${editing === rows.length ? form(rows.length) : may('correct') && html`<button type="button" class="bare small add-row" onClick=${() => setEditing(rows.length)}><${Icon} name="plus" />${text(`add_${name}`)}</button>`}
    </div>`;
}
