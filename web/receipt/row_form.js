// One row of a sale, being written.

import {html, useLayoutEffect, useRef} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {text} from '../words/text.js';
import {isSaving} from './current.js';
import {columnsOf} from './rows.js';

/** So many cells are asked for at once; the others where a row has them, or one wants them. */
const USUAL = 4;

function Cell({cell, row, isFirst = false}) {
    return html`<label class=${`field ${isFirst ? 'first' : ''}`}><span>${text(cell.label)}</span>
        <input name=${cell.name} inputmode=${cell.isNumber ? 'decimal' : undefined} class=${cell.isNumber ? 'end' : ''} defaultValue=${cell.show(row[cell.name] ?? '')} maxlength="400" /></label>`;
}

/** `row`: {} for a new one. `save` gets the changed row; `remove` is missing for a new one. */
export function RowForm({name, row, save, remove, close}) {
    const form = useRef(null);
    useLayoutEffect(() => form.current.querySelector('input').focus(), []);
    const cells = columnsOf(name);
    const done = (event) => {
        event.preventDefault();
        const written = cells.map((cell) => { // what was not touched keeps all its decimals
            const {value, defaultValue} = form.current.elements[cell.name];
            return [cell.name, value === defaultValue ? row[cell.name] ?? '' : cell.parse(value)];
        }).filter(([, value]) => value !== '');
        if (written.length === 0) {
            (remove ?? close)();
        } else {
            save(Object.fromEntries(written));
        }
    };
    const keys = (event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.stopPropagation(); // it approves a receipt only once its rows are kept
            form.current.requestSubmit();
        } else if (event.key === 'Escape') {
            event.preventDefault(); // the receipt stays open
            close();
        }
    };
    return html`<form class="row-form" ref=${form} onSubmit=${done} onKeyDown=${keys} autocomplete="off">
        ${cells.slice(0, USUAL).map((cell, place) => html`<${Cell} key=${cell.name} cell=${cell} row=${row} isFirst=${place === 0} />`)}
        ${cells.length > USUAL && html`<details class="first" open=${cells.slice(USUAL).some((cell) => row[cell.name])}><summary>${text('moreOfRow')}</summary>
            <div class="row-more">${cells.slice(USUAL).map((cell) => html`<${Cell} key=${cell.name} cell=${cell} row=${row} />`)}</div></details>`}
        <footer><button class="main small" disabled=${isSaving.value}>${text('save')}</button><button type="button" class="small" onClick=${close}>${text('cancel')}</button>
            ${remove && html`<button type="button" class="bare danger small" disabled=${isSaving.value} onClick=${remove}><${Icon} name="trash" />${text('removeRow')}</button>`}</footer></form>`;
}
