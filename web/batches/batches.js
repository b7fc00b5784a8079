// Batches: opened, filled, started, closed; their records downloaded.

import {html, useEffect, useState} from '../kit/kit.js';
import {Question} from '../parts/dialog.js';
import {Empty} from '../parts/empty.js';
import {batches, batchesAreLoaded, keepBatchesFresh, loadBatches} from '../state/batches.js';
import {send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {address} from '../state/route.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {Batch} from './batch.js';

function NewBatch() {
    const open = (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        attempt(async () => {
            await send('POST', 'v1/batches', {name: form.elements.name.value.trim()});
            form.reset();
            await loadBatches();
            notify(text('batchOpened'));
        });
    };
    return may('submit') && html`<form class="line" onSubmit=${open}><label class="field grow"><span>${text('batchName')}</span>
        <input name="name" required maxlength="100" placeholder=${text('batchNameHint')} /></label>
        <button class="main">${text('openBatch')}</button></form>`;
}

export function Batches() {
    const [asked, setAsked] = useState(null);
    useEffect(() => {
        attempt(loadBatches);
        return keepBatchesFresh();
    }, []);
    const remove = (batch) => attempt(async () => {
        await send('DELETE', `v1/batches/${batch.id}`);
        await loadBatches();
        notify(text('batchDeleted'));
    });
    return html`<div class="room"><header class="top"><h1>${text('batches')}</h1></header>
        <p class="lead">${text('batchesLead')}</p>
        <${NewBatch} />
        ${batchesAreLoaded.value && batches.value.length === 0 && html`<${Empty} icon="batches" title=${text('noBatches')}><p>${text('noBatchesHint')}</p>
            <a class="button" href=${address('receipts')}>${text('receipts')}</a><//>`}
        <ul class="cards">${batches.value.map((batch) => html`<${Batch} key=${batch.id} batch=${batch} ask=${setAsked} />`)}</ul>
        ${asked && html`<${Question} title=${text('deleteBatch', asked.name || asked.id)} message=${text('deleteBatchHint', asked.counts.total)}
            act=${text('delete')} run=${() => remove(asked)} close=${() => setAsked(null)} />`}
    </div>`;
}
