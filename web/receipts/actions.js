// Actions on several documents at once. Deleting waits a while, so that it can be undone.

import {call, send} from '../state/client.js';
import {known, leaveOut, leaving, refresh} from '../state/documents.js';
import {attempt, notify} from '../state/notices.js';
import {text} from '../words/text.js';
import {selected} from './selection.js';

const UNDO_MS = 7000;
const AT_ONCE = 500; // documents of one request
let waiting = null;

async function act(action, ids, more = {}) {
    const failed = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
        const answer = await send('POST', `v1/documents/${action}`, {documents: ids.slice(from, from + AT_ONCE), ...more});
        failed.push(...answer.failed);
    }
    return failed;
}

function report(done, failed, name) {
    if (done > 0) {
        notify(text(name, done));
    }
    if (failed.length > 0) {
        notify(`${text('someFailed', failed.length)} ${failed[0].message}`, {kind: 'bad'});
    }
}

export const readAgain = (ids) => attempt(async () => {
    const failed = await act('reread', ids);
    selected.value = new Set();
    report(ids.length - failed.length, failed, 'readAgainDone');
    await refresh();
});

/** Moves each back to the batch that it was in. */
const moveBack = (places) => attempt(async () => {
    const failed = [];
    for (const [batch, ids] of places) {
        failed.push(...await act('move', ids, {batch}));
    }
    report(0, failed);
    await refresh();
});

export const moveTo = (ids, batch) => attempt(async () => {
    const before = new Map();
    ids.forEach((id) => {
        const batch = known.get(id)?.batch ?? null;
        before.set(batch, before.get(batch) ?? []);
        before.get(batch).push(id);
    });
    const failed = await act('move', ids, {batch});
    const stayed = new Set(failed.map((each) => each.id));
    const places = [...before].map(([from, all]) => [from, all.filter((id) => !stayed.has(id))]).filter(([, all]) => all.length > 0);
    selected.value = new Set();
    report(0, failed);
    if (places.length > 0) {
        notify(text('movedDone', ids.length - stayed.size), {forMs: UNDO_MS, act: {label: text('undo'), run: () => moveBack(places)}});
    }
    await refresh();
});

const hide = (ids, isHidden) => {
    const next = new Set(leaving.value);
    ids.forEach((id) => (isHidden ? next.add(id) : next.delete(id)));
    leaving.value = next;
};

async function deleteNow(ids) {
    await attempt(async () => {
        const failed = await act('delete', ids);
        if (failed.length > 0) {
            report(0, failed);
        }
        const kept = new Set(failed.map((each) => each.id));
        leaveOut(new Set(ids.filter((id) => !kept.has(id))));
    });
    hide(ids, false);
    await attempt(refresh);
}

/** Deletes now those that wait to be deleted. */
function finishDeleting() {
    if (waiting) {
        clearTimeout(waiting.timer);
        const {ids} = waiting;
        waiting = null;
        return deleteNow(ids);
    }
    return undefined;
}

export function removeLater(ids) {
    finishDeleting();
    hide(ids, true);
    selected.value = new Set();
    const mine = {ids, timer: setTimeout(() => {
        if (waiting === mine) {
            finishDeleting();
        }
    }, UNDO_MS)};
    waiting = mine;
    notify(text('deletedDone', ids.length), {forMs: UNDO_MS, act: {label: text('undo'), run: () => {
        if (waiting === mine) {
            clearTimeout(mine.timer);
            waiting = null;
            hide(ids, false);
        }
    }}});
}

addEventListener('pagehide', () => {
    if (waiting) {
        const body = JSON.stringify({documents: waiting.ids.slice(0, AT_ONCE)});
        waiting = null;
        call('POST', 'v1/documents/delete', {body, keepalive: true, headers: {'Content-Type': 'application/json'}}).catch(() => undefined);
    }
});
