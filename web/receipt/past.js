// Who changed what, newest first; each change can be undone.

import {html} from '../kit/kit.js';
import {fieldLabel, fieldType} from '../state/catalogue.js';
import {may} from '../state/session.js';
import {when} from '../words/format.js';
import {hasText, text} from '../words/text.js';
import {current, past, takeBackCorrection} from './current.js';
import {columnsOf, isTable, rowsOf} from './rows.js';
import {shownValue} from './values.js';

/** Of the rows of a sale, those that changed. */
function rowsTold(name, kept, other) {
    const left = new Set((other ?? '').split('\n'));
    const rows = rowsOf(name, (kept ?? '').split('\n').filter((line) => line && !left.has(line)).join('\n'));
    return rows.map((row) => columnsOf(name).map((each) => row[each.name] && each.show(row[each.name])).filter(Boolean).join(' · ')).join('; ');
}

function Change({change, isUndoable}) {
    const isRows = isTable(change.field);
    const value = (kept, other) => (isRows ? rowsTold(change.field, kept, other) : kept && shownValue(fieldType(change.field), kept)) || text('nothing');
    return html`<li><span class="quiet">${when(change.at)} · ${change.actor}</span>
        ${change.field ? html`<span><strong>${fieldLabel(change.field)}</strong>: <del>${value(change.old_value, change.new_value)}</del> → <ins>${value(change.new_value, change.old_value)}</ins></span>`
        : html`<span>${hasText(`act_${change.action}`) ? text(`act_${change.action}`) : change.action}${change.why && ` · ${change.why}`}</span>`}
        ${isUndoable && html`<button type="button" class="small" onClick=${() => takeBackCorrection(change)}>${text('undo')}</button>`}</li>`;
}

export function Past() {
    const seen = new Set();
    return past.value.length > 0 && html`<details class="past"><summary>${text('history')} <span class="count">${past.value.length}</span></summary>
        <ol>${past.value.map((change, index) => {
            const isNewest = change.action === 'correct' && !seen.has(change.field);
            seen.add(change.field);
            const isSame = (current.value.fields[change.field]?.value ?? null) === (change.new_value ?? null);
            return html`<${Change} key=${index} change=${change} isUndoable=${isNewest && isSame && may('correct')} />`;
        })}</ol></details>`;
}
