// Batches: opened, started, closed, and their records saved as files.

import {download, get, send} from './client.js';
import {attempt, byId, make} from './elements.js';
import {text} from './texts.js';

function action(label, work) {
    const button = make('button', {type: 'button', textContent: label});
    button.addEventListener('click', () => attempt(work));
    return button;
}

function row(batch) {
    const name = batch.name || batch.id;
    const path = `v1/batches/${batch.id}`;
    const {total, done, held} = batch.counts;
    const change = (verb) => async () => {
        await send('POST', `${path}/${verb}`, {});
        await reloadBatches();
    };
    return make('li', {}, make('strong', {textContent: name}), make('progress', {max: 1, value: batch.progress, title: name}),
        make('span', {textContent: text('progress', done, total)}), ...(held > 0 ? [action(text('start'), change('start'))] : []),
        ...(batch.state === 'open' ? [action(text('shut'), change('close'))] : []),
        ...['csv', 'xlsx', 'json'].map((form) => action(`${text('records')} .${form}`,
            () => download(`${path}/records?format=${form}`, `${name}.${form}`))));
}

export async function reloadBatches() {
    const {batches} = await get('v1/batches?limit=20');
    byId('batches').replaceChildren(...batches.map(row));
    const select = byId('filter').elements.batch;
    const chosen = select.value;
    const options = batches.map((batch) => make('option', {value: batch.id, textContent: batch.name || batch.id}));
    select.replaceChildren(select.options[0], ...options);
    select.value = options.some((option) => option.value === chosen) ? chosen : '';
}

export function listenForBatches() {
    byId('batch-form').addEventListener('submit', (event) => {
        event.preventDefault();
        attempt(async () => {
            await send('POST', 'v1/batches', {name: byId('batch-form').elements.name.value});
            byId('batch-form').reset();
            await reloadBatches();
        });
    });
}
