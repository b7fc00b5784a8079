// The totals of the documents shown: by currency, by bank, and day by day.

import {html} from '../kit/kit.js';
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

function Banks({banks}) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('byBank')}><table class="plain"><caption>${text('byBank')}</caption>
        <thead><tr><th scope="col">${text('bank')}</th><th scope="col" class="end">${text('receipts')}</th>
            <th scope="col" class="end">${text('amount')}</th></tr></thead>
        <tbody>${banks.map((each) => html`<tr key=${each.bank + each.currency}><td>${bankName(each.bank) || text('noBank')}</td>
            <td class="end">${number(each.count)}</td><td class="end">${money(each.amount, each.currency)}</td></tr>`)}</tbody></table></div>`;
}

export function Summary() {
    const all = totals.value;
    return summaryIsOpen.value && all && all.count > 0 && html`<section class="summary" aria-label=${text('summary')}>
        <${DaysChart} days=${all.days} /><${Banks} banks=${all.banks} />
    </section>`;
}
