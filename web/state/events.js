// The service's events, as they happen; and whether it answers.

import {signal} from '../kit/kit.js';

const TYPES = [
    'document.held', 'document.queued', 'document.done', 'document.failed', 'document.poisoned', 'document.cancelled',
    'document.corrected', 'document.deleted', 'document.moved', 'batch.created', 'batch.closed', 'batch.cancelled', 'batch.paused', 'batch.started', 'batch.finished',
    'batch.deleted', 'memory.normal', 'memory.high', 'memory.over', 'worker.memory.high', 'worker.memory.cleaned',
    'worker.memory.refused', 'worker.memory.growing', 'webhook.paused', 'webhook.resumed',
];
const AGAIN_MS = 3000;
const TOGETHER_MS = 250;
const MEMORY_LAST = 20;

/** true, false, or null before the first answer. */
export const isConnected = signal(null);
/** The service's memory events since the page was opened, newest first. */
export const memoryEvents = signal([]);

const listeners = new Set();
let waiting = [];
let last = null;

/** `listener` gets events in batches, [{type, data}], or [] if some may have been missed. */
export function listen(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function tell() {
    const events = waiting;
    waiting = [];
    listeners.forEach((listener) => listener(events));
}

function take(event) {
    last = event.lastEventId || last;
    const found = {type: event.type, data: JSON.parse(event.data), at: new Date()};
    if (found.type.includes('memory.')) {
        memoryEvents.value = [found, ...memoryEvents.value].slice(0, MEMORY_LAST);
    }
    waiting.push(found);
    if (waiting.length === 1) {
        setTimeout(tell, TOGETHER_MS);
    }
}

export function follow() {
    const source = new EventSource(last ? `v1/events?last_event_id=${last}` : 'v1/events');
    TYPES.forEach((type) => source.addEventListener(type, take));
    source.onopen = () => {
        const wasLost = isConnected.value === false;
        isConnected.value = true;
        if (wasLost) {
            listeners.forEach((listener) => listener([]));
        }
    };
    source.onerror = () => {
        isConnected.value = false;
        if (source.readyState === EventSource.CLOSED) {
            setTimeout(follow, AGAIN_MS);
        }
    };
}
