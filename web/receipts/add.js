// The ways in: files picked, a folder, a camera, dropped or pasted anywhere.

import {html, useEffect, useRef, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {route} from '../state/route.js';
import {may} from '../state/session.js';
import {addFiles, filesOf} from '../state/uploads.js';
import {text} from '../words/text.js';

const isStatement = (file) => /\.(csv|tsv|txt|xlsx|pdf)$/i.test(file.name);

/** On the page of statements a dropped file may be a statement; everywhere else every file is a receipt. */
function take(files) {
    if (route.value.name === 'reconcile' && files.length === 1 && isStatement(files[0])) {
        document.dispatchEvent(new CustomEvent('statement', {detail: files[0]}));
    } else if (files.length > 0) {
        addFiles(files, route.value.query.batch ?? '');
    }
}

export function AddButtons() {
    const inputs = {files: useRef(null), folder: useRef(null), camera: useRef(null)};
    const picked = (event) => {
        take([...event.currentTarget.files]);
        event.currentTarget.value = '';
    };
    return may('submit') && html`<div class="add">
        <input ref=${inputs.files} id="files" type="file" multiple hidden aria-label=${text('addReceipts')} onChange=${picked} />
        <input ref=${inputs.folder} type="file" webkitdirectory hidden aria-label=${text('addFolder')} onChange=${picked} />
        <input ref=${inputs.camera} type="file" accept="image/*" capture="environment" hidden aria-label=${text('addCamera')} onChange=${picked} />
        <button type="button" class="main" onClick=${() => inputs.files.current.click()}><${Icon} name="upload" /><span class="long">${text('addReceipts')}</span><span class="short" aria-hidden="true">${text('add')}</span></button>
        <${Menu} icon="down" label=${text('otherWays')} kind="main more">${(close) => html`<div class="choices">
            <button type="button" class="bare" onClick=${() => { close(); inputs.folder.current.click(); }}>${text('addFolder')}</button>
            <button type="button" class="bare" onClick=${() => { close(); inputs.camera.current.click(); }}><${Icon} name="camera" />${text('addCamera')}</button>
            <p class="quiet">${text('addHint')}</p></div>`}<//>
    </div>`;
}

/** Files dropped anywhere on the page, and pictures pasted into it. */
export function DropPlace() {
    const [isOver, setOver] = useState(false);
    useEffect(() => {
        let inside = 0;
        const hasFiles = (event) => [...event.dataTransfer?.types ?? []].includes('Files') && may('submit');
        const handlers = {
            dragenter: (event) => { if (hasFiles(event)) { inside += 1; setOver(true); } },
            dragleave: (event) => { if (hasFiles(event)) { inside -= 1; setOver(inside > 0); } },
            dragover: (event) => { if (hasFiles(event)) { event.preventDefault(); } },
            drop: async (event) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                    inside = 0;
                    setOver(false);
                    take(await filesOf(event.dataTransfer));
                }
            },
            paste: (event) => { if (may('submit')) { take([...event.clipboardData.files]); } },
        };
        Object.entries(handlers).forEach(([name, handler]) => document.addEventListener(name, handler));
        return () => Object.entries(handlers).forEach(([name, handler]) => document.removeEventListener(name, handler));
    }, []);
    return isOver && html`<div class="dropping"><div><${Icon} name="upload" /><strong>${text('dropHere')}</strong></div></div>`;
}
