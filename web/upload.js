// Images chosen or dropped go to the service one by one, into the batch that the list shows.

import {call} from './client.js';
import {attempt, byId, make} from './elements.js';
import {text} from './texts.js';

async function sendAll(files) {
    const batch = byId('filter').elements.batch.value;
    let sent = 0;
    byId('refused').replaceChildren();
    for (const file of files) {
        byId('progress').textContent = text('sending', sent + 1, files.length);
        const query = new URLSearchParams({name: file.name, ...(batch ? {batch} : {})});
        try {
            await call('POST', `v1/documents?${query}`, {body: file, headers: {'Content-Type': 'application/octet-stream'}});
            sent += 1;
        } catch (problem) {
            if (problem.status === 401) {
                throw problem;
            }
            byId('refused').append(make('li', {textContent: `${file.name}: ${problem.message}`}));
        }
    }
    byId('progress').textContent = text('sent', sent);
}

export function listenForFiles() {
    const drop = byId('drop');
    const files = byId('files');
    files.addEventListener('change', async () => {
        await attempt(() => sendAll([...files.files]));
        files.value = '';
    });
    drop.addEventListener('dragover', (event) => {
        event.preventDefault();
        drop.classList.add('over');
    });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
        event.preventDefault();
        drop.classList.remove('over');
        attempt(() => sendAll([...event.dataTransfer.files]));
    });
}
