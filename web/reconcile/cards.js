// The loaded statements, newest first.

import {html, useState} from '../kit/kit.js';
import {Question} from '../parts/dialog.js';
import {Icon} from '../parts/icon.js';
import {bankName} from '../state/catalogue.js';
import {attempt} from '../state/notices.js';
import {reconciliations, removeReconciliation} from '../state/reconciliations.js';
import {address} from '../state/route.js';
import {may} from '../state/session.js';
import {date, number, when} from '../words/format.js';
import {text} from '../words/text.js';
import {TONES} from './states.js';

/** How much of it is settled, as a bar in the colours of the states. */
function Share({counts}) {
    const parts = Object.entries(counts).filter(([state, {items}]) => items > 0 && state !== 'other');
    const told = parts.map(([state, {items}]) => `${text(`rec_${state}`)}: ${number(items)}`).join(', ');
    return html`<div class="share" role="img" aria-label=${told}>${parts.map(([state, {items}]) => html`<span key=${state} class=${TONES[state]} style=${{flexGrow: items}}></span>`)}</div>
        <p class="share-words">${parts.map(([state, {items}]) => html`<span key=${state} class=${`dot-word ${TONES[state]}`}>${text(`rec_${state}`)} ${number(items)}</span>`)}</p>`;
}

export const days = ({since, until}) => (since ? since === until ? date(since) : `${date(since)} – ${date(until)}` : '');

export function Cards() {
    const [asked, setAsked] = useState(null);
    return html`<ul class="cards">${reconciliations.value.map((one) => html`<li key=${one.id} class="card">
        <header class="card-head"><div><h2><a href=${address('reconcile', one.id)}>${one.name}</a></h2>
            <p class="quiet">${[one.bank && bankName(one.bank), days(one), text('loadedOn', when(one.created_at))].filter(Boolean).join(' · ')}</p></div>
            ${may('admin') && html`<button type="button" class="bare danger" aria-label=${text('deleteNamed', one.name)} onClick=${() => setAsked(one)}><${Icon} name="trash" /></button>`}</header>
        ${one.ready ? html`<${Share} counts=${one.counts} />` : html`<p><span class="state doubt">${text('columnsWanted')}</span></p>`}</li>`)}</ul>
        ${asked && html`<${Question} title=${text('deleteStatement', asked.name)} message=${text('deleteStatementHint')} act=${text('delete')}
            run=${() => attempt(() => removeReconciliation(asked.id))} close=${() => setAsked(null)} />`}`;
}
