// What was bought, line by line.

import {html} from '../kit/kit.js';
import {amount, number} from '../words/format.js';
import {text} from '../words/text.js';

/** A line is: description, quantity, amount, between tabs. */
function rows(value) {
    return value.split('\n').map((line) => line.split('\t')).map(([what, count = '', sum = '']) => ({what, count, sum}));
}

export function Items({value}) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('items')}><table class="plain items"><caption>${text('items')}</caption>
        <thead><tr><th scope="col">${text('description')}</th><th scope="col" class="end">${text('quantity')}</th><th scope="col" class="end">${text('amount')}</th></tr></thead>
        <tbody>${rows(value).map(({what, count, sum}, index) => html`<tr key=${index}><td>${what}</td>
            <td class="end">${count === '' ? '' : number(Number(count))}</td><td class="end">${amount(sum)}</td></tr>`)}</tbody></table></div>`;
}
