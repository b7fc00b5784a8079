// Files being uploaded, each alone: a bad one says why and does not stop the others.

import {computed, effect, signal} from '../kit/kit.js';
import {query, sendFile} from './client.js';
import {isConnected} from './events.js';
import {forget, keep, kept} from './shelf.js';

const AT_ONCE = 3;
const AGAIN_MS = 4000;

/** {id, name, size, file, batch, state: waiting|sending|sent|refused|lost, share, message, picture, abort} */
export const uploads = signal([]);

export const uploadCounts = computed(() => {
    const counts = {waiting: 0, sending: 0, sent: 0, refused: 0, lost: 0};
    uploads.value.forEach((upload) => { counts[upload.state] += 1; });
    return {...counts, all: uploads.value.length, open: counts.waiting + counts.sending + counts.lost};
});

function change(id, changes) {
    uploads.value = uploads.value.map((upload) => (upload.id === id ? {...upload, ...changes} : upload));
}

const lasts = (status) => status === 0 || status === 401 || status === 429 || status === 503;

async function sendOne(upload) {
    const abort = new AbortController();
    change(upload.id, {state: 'sending', share: 0, abort, message: ''});
    const path = `v1/documents?${query({name: upload.name, batch: upload.batch})}`;
    const headers = {'Content-Type': 'application/octet-stream', 'Idempotency-Key': upload.id};
    try {
        const answer = await sendFile(path, upload.file, headers, {
            progress: (share) => change(upload.id, {share}), abort: abort.signal,
        });
        change(upload.id, {state: 'sent', share: 1, document: answer.id ?? answer.documents?.[0]?.id, file: null});
        await forget(upload.id);
    } catch (problem) {
        if (problem.status === -1) {
            return; // cancelled by the user
        }
        change(upload.id, {state: lasts(problem.status) ? 'lost' : 'refused', message: problem.message});
        if (!lasts(problem.status)) {
            await forget(upload.id);
        } else if (problem.status !== 401) {
            setTimeout(retryLost, AGAIN_MS);
        }
    }
}

function retryLost() {
    uploads.value.filter((upload) => upload.state === 'lost').forEach((upload) => change(upload.id, {state: 'waiting'}));
}

effect(() => {
    if (isConnected.value) {
        queueMicrotask(retryLost);
    }
});

effect(() => {
    const sending = uploads.value.filter((upload) => upload.state === 'sending').length;
    const next = uploads.value.filter((upload) => upload.state === 'waiting').slice(0, Math.max(0, AT_ONCE - sending));
    if (next.length > 0) {
        queueMicrotask(() => next.forEach((upload) => {
            if (uploads.value.find((each) => each.id === upload.id)?.state === 'waiting') {
                sendOne(upload);
            }
        }));
    }
});

const isPicture = (file) => file.type.startsWith('image/') && file.size < 20e6;

export async function addFiles(files, batch = '') {
    const fresh = files.map((file) => ({
        id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, name: file.name, size: file.size, file, batch,
        state: 'waiting', share: 0, message: '', picture: isPicture(file) ? URL.createObjectURL(file) : null,
    }));
    uploads.value = [...uploads.value, ...fresh];
    for (const {id, name, size, file} of fresh) {
        await keep({id, name, size, file, batch});
        if (uploads.value.find((upload) => upload.id === id)?.state === 'sent') {
            await forget(id);
        }
    }
}

/** Files that an earlier visit did not finish uploading. */
export async function resumeUploads() {
    const left = await kept();
    uploads.value = [...left.map((entry) => ({
        ...entry, state: 'waiting', share: 0, message: '', picture: isPicture(entry.file) ? URL.createObjectURL(entry.file) : null,
    })), ...uploads.value];
}

function release(upload) {
    upload.abort?.abort();
    if (upload.picture) {
        URL.revokeObjectURL(upload.picture);
    }
    forget(upload.id);
}

export function takeBack(id) {
    uploads.value.filter((upload) => upload.id === id).forEach(release);
    uploads.value = uploads.value.filter((upload) => upload.id !== id);
}

export const retry = (id) => change(id, {state: 'waiting', message: ''});

export function clearDone() {
    const done = (upload) => upload.state === 'sent' || upload.state === 'refused';
    uploads.value.filter(done).forEach(release);
    uploads.value = uploads.value.filter((upload) => !done(upload));
}

/** The dropped files, including those in folders. */
export async function filesOf(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.length === 0) {
        return [...transfer.files];
    }
    const found = [];
    const walk = async (entry) => {
        if (entry.isFile) {
            found.push(await new Promise((resolve, reject) => { entry.file(resolve, reject); }));
            return;
        }
        const reader = entry.createReader();
        for (;;) { // the browser's reader gives a few at a time
            const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
            if (some.length === 0) {
                return;
            }
            for (const each of some) {
                await walk(each);
            }
        }
    };
    for (const entry of entries) {
        await walk(entry);
    }
    return found;
}

addEventListener('beforeunload', (event) => {
    if (uploadCounts.value.sending > 0) {
        event.preventDefault();
    }
});
