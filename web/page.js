// The page of the service: starts its parts and keeps them up to date with what happens.

import {listenForBatches, reloadBatches} from './batches.js';
import {follow, useKey} from './client.js';
import {listenForDocument, show} from './document.js';
import {attempt, byId} from './elements.js';
import {listenForList, reload} from './list.js';
import {reloadMemory} from './memory.js';
import {fillTexts, text} from './texts.js';
import {listenForFiles} from './upload.js';

const EVENTS_TOGETHER_MS = 200;
const MEMORY_EVERY_MS = 3000;
let waiting = null;

async function reloadAll() {
    await Promise.all([reload(), reloadBatches(), reloadMemory()]);
}

/** Events that come in a burst cost one look. */
function somethingHappened() {
    waiting ??= setTimeout(() => {
        waiting = null;
        attempt(reloadAll);
    }, EVENTS_TOGETHER_MS);
}

function showState(answers) {
    byId('state').textContent = text(answers ? 'ready' : 'away');
}

function begin() {
    attempt(reloadAll);
    attempt(() => follow(somethingHappened, showState));
}

fillTexts(document);
listenForFiles();
listenForList((id) => attempt(() => show(id)));
listenForDocument(reload);
listenForBatches();
byId('key-form').addEventListener('submit', (event) => {
    event.preventDefault();
    useKey(byId('key').value);
    byId('key-form').hidden = true;
    begin();
});
setInterval(() => {
    if (!document.hidden && byId('key-form').hidden) {
        reloadMemory().catch(() => showState(false));
    }
}, MEMORY_EVERY_MS);
begin();
