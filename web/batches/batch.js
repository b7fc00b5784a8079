// One batch: its progress and its actions.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {loadBatches} from '../state/batches.js';
import {download, query, send} from '../state/client.js';
import {attempt} from '../state/notices.js';
import {address} from '../state/route.js';
import {may} from '../state/session.js';
import {FORMS} from '../receipts/export.js';
import {number, percent, seconds, when} from '../words/format.js';
import {text} from '../words/text.js';

function told(batch) {
    const {counts} = batch;
    const parts = [text('doneOf', number(counts.done + counts.failed + counts.poisoned + counts.cancelled), number(counts.total))];
    if (batch.paused) {
        parts.push(text(batch.state === 'open' ? 'batchPaused' : 'batchPausedClosed'));
    }
    const more = [['failed', 'batchFailed'], ['needs_review', 'batchToCheck'], ['held', 'batchHeld']];
    more.forEach(([name, words]) => counts[name] > 0 && parts.push(text(words, counts[name])));
    if (batch.eta_seconds > 0) {
        parts.push(text('timeLeft', seconds(batch.eta_seconds)));
    }
    return parts.join(' · ');
}

const TONES = {open: 'busy', closed: 'good', cancelled: 'quiet'};

export function Batch({batch, ask}) {
    const {counts} = batch;
    const act = (verb) => attempt(async () => {
        await send('POST', `v1/batches/${batch.id}/${verb}`, {});
        await loadBatches();
    });
    const isBusy = counts.queued + counts.reading > 0;
    const name = batch.name || batch.id;
    return html`<li class="card batch"><header><div><h2><a href=${address('receipts', null, {batch: batch.id})}>${name}</a></h2>
            <p class="quiet">${when(batch.created_at)}</p></div><span class=${`state ${TONES[batch.state]}`}>${text(`batch_${batch.state}`)}</span></header>
        ${counts.total === 0 ? html`<p class="quiet">${text(batch.paused ? 'batchEmptyPaused' : 'batchEmpty')}</p>`
        : html`<div class="bar"><progress max="1" value=${batch.progress} aria-label=${name}></progress><span>${percent(batch.progress)}</span></div>
        <p>${told(batch)}</p>`}
        <footer>
            ${may('submit') && (counts.held > 0 || batch.paused) && html`<button type="button" class="main" onClick=${() => act('start')}>${text(batch.paused || counts.done > 0 ? 'goOn' : 'start')}</button>`}
            ${may('submit') && !batch.paused && (isBusy || batch.state === 'open') && html`<button type="button" onClick=${() => act('pause')}>${text('pause')}</button>`}
            ${may('submit') && batch.state === 'open' && html`<button type="button" onClick=${() => act('close')}>${text('shut')}</button>`}
            ${may('submit') && (isBusy || counts.held > 0) && html`<button type="button" onClick=${() => act('cancel')}>${text('cancelBatch')}</button>`}
            ${counts.needs_review > 0 && html`<a class="button" href=${address('receipts', null, {batch: batch.id, needs_review: 'true'})}>${text('check')}</a>`}
            ${counts.total > 0 && html`<${Menu} icon="download" label=${text('export')} align="start">${(close) => html`<div class="choices">
                ${Object.entries(FORMS).map(([form, values]) => html`<button type="button" key=${form} class="bare" onClick=${() => {
                    close();
                    download(`v1/batches/${batch.id}/records?${query(values)}`, `${name}.${values.format}`);
                }}>${text(`form_${form}`)}</button>`)}</div>`}<//>`}
            ${may('admin') && html`<button type="button" class="danger" onClick=${() => ask(batch)}><${Icon} name="trash" /><span class="label">${text('delete')}</span></button>`}
        </footer></li>`;
}
