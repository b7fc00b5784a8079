// Short messages at the edge of the page, some with an undo.

import {signal} from '../kit/kit.js';

const SHOWN_MS = 7000;
let count = 0;

export const notices = signal([]);

export function dismiss(id) {
    notices.value = notices.value.filter((notice) => notice.id !== id);
}

/** `act`: {label, run} or nothing. Bad ones stay until they are dismissed. */
export function notify(message, {kind = 'good', act = null, forMs = SHOWN_MS} = {}) {
    count += 1;
    const id = count;
    notices.value = [...notices.value, {id, message, kind, act}].slice(-4);
    if (kind !== 'bad') {
        setTimeout(() => dismiss(id), forMs);
    }
    return id;
}

/** Runs an action that may fail, and shows its problem. Returns whether it succeeded. */
export async function attempt(work) {
    try {
        await work();
        return true;
    } catch (problem) {
        if (problem.status === undefined) {
            throw problem;
        }
        if (problem.status !== 401 && problem.status !== -1) {
            notify(problem.message, {kind: 'bad'});
        }
        return false;
    }
}

/** An action that runs once at a time. Asked for again meanwhile, it runs once more afterwards. */
export function oneAtATime(work) {
    let again = false;
    let isBusy = false;
    return async () => {
        again = true;
        while (again && !isBusy) {
            again = false;
            isBusy = true;
            await attempt(work);
            isBusy = false;
        }
    };
}
