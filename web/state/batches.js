// Batches, newest first, kept up to date.

import {signal} from '../kit/kit.js';
import {get} from './client.js';
import {listen} from './events.js';
import {attempt} from './notices.js';

export const batches = signal([]);
export const batchesAreLoaded = signal(false);

export async function loadBatches() {
    batches.value = (await get('v1/batches?limit=100')).batches;
    batchesAreLoaded.value = true;
}

let waiting = null;

export function keepBatchesFresh() {
    return listen(() => {
        waiting ??= setTimeout(() => {
            waiting = null;
            attempt(loadBatches);
        }, 500);
    });
}
