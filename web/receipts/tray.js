// Files being uploaded: how many, and each one that needs attention.

import {html, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {address} from '../state/route.js';
import {clearDone, retry, takeBack, uploadCounts, uploads} from '../state/uploads.js';
import {bytes} from '../words/format.js';
import {text} from '../words/text.js';

const ROWS_MOST = 100;
const ORDER = {refused: 0, lost: 1, sending: 2, waiting: 3, sent: 4};

/** Why a file was refused; its name stands above. */
const why = ({name, message}) => (message.startsWith(`${name} `) ? message.slice(name.length + 1) : message);

function Progress({upload}) {
    const words = {waiting: text('uploadWaits'), sending: text('uploadSends'), sent: text('uploadSent'), refused: why(upload), lost: text('uploadLost')};
    return html`<span class="what"><span class="name">${upload.name}</span>
        <span class=${`quiet ${upload.state === 'refused' ? 'trouble' : ''}`}>${words[upload.state]} · ${bytes(upload.size)}</span>
        ${upload.state === 'sending' && html`<progress max="1" value=${upload.share} aria-label=${upload.name}></progress>`}</span>`;
}

function UploadRow({upload}) {
    return html`<li class=${upload.state}>
        ${upload.picture ? html`<img src=${upload.picture} alt="" width="44" height="44" />` : html`<span class="thumb"><${Icon} name="receipts" /></span>`}
        <${Progress} upload=${upload} />
        ${upload.state === 'sent' && upload.document && html`<a class="button small" href=${address('receipt', upload.document)}>${text('open')}</a>`}
        ${(upload.state === 'lost') && html`<button type="button" class="small" onClick=${() => retry(upload.id)}>${text('retry')}</button>`}
        ${upload.state !== 'sent' && html`<button type="button" class="bare small" aria-label=${text('takeBack', upload.name)}
            onClick=${() => takeBack(upload.id)}><${Icon} name="close" /></button>`}
    </li>`;
}

function told(counts) {
    const parts = [text('uploadsDone', counts.sent, counts.all)];
    if (counts.refused > 0) {
        parts.push(text('uploadsRefused', counts.refused));
    }
    if (counts.lost > 0) {
        parts.push(text('uploadsLost', counts.lost));
    }
    return parts.join(' · ');
}

export function Tray() {
    const [isOpen, setOpen] = useState(true);
    const counts = uploadCounts.value;
    if (counts.all === 0) {
        return null;
    }
    const rows = [...uploads.value].sort((a, b) => ORDER[a.state] - ORDER[b.state]).slice(0, ROWS_MOST);
    return html`<section class="tray" aria-label=${text('uploads')}>
        <header><strong role="status">${told(counts)}</strong>
            ${counts.open > 0 && html`<progress max=${counts.all} value=${counts.sent + counts.refused} aria-label=${text('uploads')}></progress>`}
            <button type="button" class="bare small" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
                <${Icon} name=${isOpen ? 'down' : 'up'} /><span class="hidden">${text('details')}</span></button>
            ${counts.open === 0 && html`<button type="button" class="bare small" aria-label=${text('close')} onClick=${clearDone}><${Icon} name="close" /></button>`}
        </header>
        ${isOpen && html`<ul>${rows.map((upload) => html`<${UploadRow} key=${upload.id} upload=${upload} />`)}</ul>`}
        ${isOpen && counts.all > ROWS_MOST && html`<p class="quiet">${text('uploadsMore', counts.all - ROWS_MOST)}</p>`}
    </section>`;
}
