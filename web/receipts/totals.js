// The totals of the documents shown: by currency, by bank, and day by day.

import {html, useMemo, useState} from '../kit/kit.js';
import {bankName} from '../state/catalogue.js';
import {totals} from '../state/documents.js';
import {summaryIsOpen} from '../state/preferences.js';
import {Icon} from '../parts/icon.js';
import {money, number} from '../words/format.js';
import {text} from '../words/text.js';
import {DaysChart} from './days.js';

export function TotalsLine() {
    const all = totals.value;
    return html`<div class="totals" role="status" aria-live="off">
        <strong class="count">${all ? text('receiptsCount', number(all.count)) : '…'}</strong>
        ${all?.amounts.map((each) => html`<span key=${each.currency} class="sum">${money(each.amount, each.currency)}</span>`)}
        ${all?.count > 0 && html`<button type="button" class="bare small" aria-expanded=${summaryIsOpen.value}
            onClick=${() => { summaryIsOpen.value = !summaryIsOpen.value; }}><${Icon} name="chart" /><span>${text('summary')}</span></button>`}
    </div>`;
}

const BANKS_FIRST = 5;

/** By currency, the one with the most receipts first, then by amount. */
function sorted({amounts, banks}) {
    const order = [...amounts].sort((a, b) => b.count - a.count).map((each) => each.currency);
    return [...banks].sort((a, b) => order.indexOf(a.currency) - order.indexOf(b.currency) || Number(b.amount) - Number(a.amount));
}

function Banks({all}) {
    const [isWhole, setWhole] = useState(false);
    const banks = useMemo(() => sorted(all), [all]);
    const more = banks.length - BANKS_FIRST;
    return html`<div class="by-bank"><table class="plain"><caption>${text('byBank')}</caption>
        <thead><tr><th scope="col">${text('bank')}</th><th scope="col" class="end">${text('receipts')}</th>
            <th scope="col" class="end">${text('amount')}</th></tr></thead>
        <tbody>${(isWhole ? banks : banks.slice(0, BANKS_FIRST)).map((each) => html`<tr key=${each.bank + each.currency}><td>${bankName(each.bank) || text('noBank')}</td>
            <td class="end">${number(each.count)}</td><td class="end">${money(each.amount, each.currency)}</td></tr>`)}</tbody></table>
        ${more > 0 && html`<button type="button" class="link" aria-expanded=${isWhole} onClick=${() => setWhole(!isWhole)}>${isWhole ? text('fewerBanks') : text('moreBanks', number(more))}</button>`}</div>`;
}

export function Summary() {
    const all = totals.value;
    return summaryIsOpen.value && all && all.count > 0 && html`<section class="summary" aria-label=${text('summary')}>
        <${DaysChart} all=${all} /><${Banks} all=${all} />
    </section>`;
}
