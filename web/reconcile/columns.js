// The meaning of a statement's columns, above its first rows; how far dates and amounts may differ.

import {html, useState} from '../kit/kit.js';
import {adjustReconciliation, isWorking} from '../state/reconciliations.js';
import {amount, number, parseAmount} from '../words/format.js';
import {text} from '../words/text.js';
import {BankSelect} from './load.js';

const KINDS = ['date', 'reference', 'description', 'amount', 'credit', 'debit', 'sign'];
const SHOWN_ROWS = 8;

function Sample({one, columns, set}) {
    const kindOf = (place) => KINDS.find((kind) => columns[kind] === place) ?? '';
    const choose = (place, kind) => {
        const next = {...columns};
        KINDS.forEach((each) => {
            if (next[each] === place || each === kind) {
                next[each] = null;
            }
        });
        set(kind ? {...next, [kind]: place} : next);
    };
    const places = Array.from({length: one.file.columns}, (_, index) => index + 1);
    const first = Math.max(0, one.sample.findIndex(({row}) => row >= columns.first_row) - 2);
    return html`<div class="scroll sample" tabindex="0" role="region" aria-label=${text('firstRows')}><table class="plain"><thead><tr><td></td>
        ${places.map((place) => html`<th key=${place} scope="col"><select aria-label=${text('columnMeans', place)} value=${kindOf(place)}
            class=${kindOf(place) ? 'told' : ''} onChange=${(event) => choose(place, event.currentTarget.value)}>
            <option value="">${text('columnOther')}</option>${KINDS.map((kind) => html`<option key=${kind} value=${kind}>${text(`column_${kind}`)}</option>`)}</select></th>`)}</tr></thead>
        <tbody>${one.sample.slice(first, first + SHOWN_ROWS).map(({row, cells}) => html`<tr key=${row} class=${row < columns.first_row ? 'above' : ''}><th scope="row" class="quiet">${number(row)}</th>
            ${places.map((place) => html`<td key=${place}>${cells[place - 1] ?? ''}</td>`)}</tr>`)}</tbody></table></div>`;
}

function Choice({label, value, values, set}) {
    return html`<label class="field"><span>${text(label)}</span><select value=${value} onChange=${(event) => set(event.currentTarget.value)}>
        ${values.map(([each, words]) => html`<option key=${each} value=${each}>${words}</option>`)}</select></label>`;
}

function Whole({label, value, least, most, set}) {
    return html`<label class="field"><span>${text(label)}</span><input type="number" min=${least} max=${most} value=${value} required
        onChange=${(event) => set(Number(event.currentTarget.value))} /></label>`;
}

export function Columns({one, done}) {
    const [columns, setColumns] = useState(one.columns);
    const [options, setOptions] = useState(one.options);
    const [bank, setBank] = useState(one.bank ?? '');
    const [currency, setCurrency] = useState(one.currency ?? '');
    const column = (name) => (value) => setColumns({...columns, [name]: value});
    const option = (name) => (value) => setOptions({...options, [name]: value});
    const isEnough = columns.date !== null && (columns.amount !== null || columns.credit !== null || columns.debit !== null);
    const save = async (event) => {
        event.preventDefault();
        const went = await adjustReconciliation({columns, options, bank: bank || null, currency: currency.trim().toUpperCase() || null});
        if (went) {
            done();
        }
    };
    return html`<form class="card columns-card" onSubmit=${save}><h2>${text('whatColumnsMean')}</h2>
        <p class="quiet">${text(one.ready ? 'columnsGuessed' : 'columnsNotFound')}</p>
        <${Sample} one=${one} columns=${columns} set=${setColumns} />
        <div class="grid">
            <${Whole} label="firstRow" value=${columns.first_row} least=${1} most=${1048576} set=${column('first_row')} />
            <${Choice} label="dateOrder" value=${columns.date_order} set=${column('date_order')}
                values=${[['dmy', text('order_dmy')], ['mdy', text('order_mdy')], ['ymd', text('order_ymd')]]} />
            <${Choice} label="decimalSign" value=${columns.decimal} set=${column('decimal')} values=${[[',', '1.234,50'], ['.', '1,234.50']]} />
            <label class="field"><span>${text('bank')}</span><${BankSelect} value=${bank} choose=${setBank} /></label>
            <label class="field"><span>${text('currency')}</span><input maxlength="3" value=${currency} placeholder=${text('any')} onInput=${(event) => setCurrency(event.currentTarget.value)} /></label>
            <${Choice} label="movementsWanted" value=${options.movements} set=${option('movements')}
                values=${['credits', 'debits', 'all'].map((each) => [each, text(`movements_${each}`)])} />
            <${Whole} label="daysApart" value=${options.days} least=${0} most=${31} set=${option('days')} />
            <label class="field"><span>${text('amountApart')}</span><input inputmode="decimal" required value=${amount(options.amount)}
                onChange=${(event) => option('amount')(parseAmount(event.currentTarget.value))} /></label>
            <${Whole} label="lastDigits" value=${options.digits} least=${4} most=${12} set=${option('digits')} />
        </div>
        ${!isEnough && html`<p class="complaint" role="status">${text('columnsNeed')}</p>`}
        <footer><button class="main" disabled=${!isEnough || isWorking.value}>${text('compare')}</button>
            ${one.ready && html`<button type="button" onClick=${done}>${text('cancel')}</button>`}</footer></form>`;
}
