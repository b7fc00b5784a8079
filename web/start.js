// Starts the page: the session, then the data, then the events.

import {html, render} from './kit/kit.js';
import {App} from './parts/app.js';
import {parameters} from './receipts/filters.js';
import {keepBatchesFresh, loadBatches} from './state/batches.js';
import {loadCatalogue} from './state/catalogue.js';
import {loadEarly} from './state/documents.js';
import {follow, isConnected} from './state/events.js';
import {takeLater, takeLaterIdly} from './state/later.js';
import {attempt} from './state/notices.js';
import {route} from './state/route.js';
import {loadSession, may, needsKey} from './state/session.js';
import {resumeUploads} from './state/uploads.js';
import {prepare} from './words/format.js';

const AGAIN_MS = 2000;

async function begin() {
    if (!await attempt(loadSession)) {
        isConnected.value = false;
        setTimeout(begin, AGAIN_MS);
        return;
    }
    if (needsKey.value) {
        return;
    }
    if (may('read')) {
        if (route.value.name === 'receipts') {
            loadEarly(parameters(route.value.query));
            prepare();
        }
        follow();
        await attempt(() => Promise.all([loadCatalogue(), loadBatches()]));
        keepBatchesFresh();
    }
    await resumeUploads();
    takeLaterIdly();
}

if (route.value.name !== 'receipts') {
    takeLater();
}
render(html`<${App} />`, document.getElementById('app'));
begin();
