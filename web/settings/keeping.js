// How long things are kept, by the service's settings; and how to make a backup.

import {html, useEffect, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {bytes, number, whenWhole} from '../words/format.js';
import {text} from '../words/text.js';

const DAY_MS = 24 * 3600 * 1000;

function told(settings) {
    const age = (ms) => (ms > 0 ? text('days', number(Math.round(ms / DAY_MS))) : text('forEver'));
    return [['keepImages', age(settings.keep_images_ms)], ['keepDocuments', age(settings.keep_documents_ms)],
        ['keepCount', settings.keep_count > 0 ? number(settings.keep_count) : text('noLimit')],
        ['keepSize', settings.keep_size_bytes > 0 ? bytes(settings.keep_size_bytes) : text('noLimit')],
        ['diskLimit', settings.disk_limit_bytes > 0 ? bytes(settings.disk_limit_bytes) : text('noLimit')],
        ['imagesNow', bytes(settings.image_bytes)], ['documentsNow', number(settings.documents)]];
}

function Backups() {
    const [backups, setBackups] = useState([]);
    const [isBusy, setBusy] = useState(false);
    const look = () => attempt(async () => setBackups((await get('v1/backups')).backups));
    useEffect(() => { look(); }, []);
    const make = async () => {
        setBusy(true);
        const went = await attempt(() => send('POST', 'v1/backups', {}));
        setBusy(false);
        if (went) {
            notify(text('backupMade'));
            await look();
        }
    };
    return html`<footer><button type="button" class="main" disabled=${isBusy} onClick=${make}>${text(isBusy ? 'backupRuns' : 'backupNow')}</button></footer>
        ${backups.length > 0 && html`<div class="scroll" tabindex="0" role="region" aria-label=${text('backup')}><table class="plain"><tbody>${backups.map(({name, at, folder}) => html`<tr key=${name}>
            <th scope="row">${whenWhole(at)}</th><td class="quiet address">${folder}</td></tr>`)}</tbody></table></div>`}`;
}

export function Keeping() {
    const [settings, setSettings] = useState(null);
    useEffect(() => { attempt(async () => setSettings(await get('v1/settings'))); }, []);
    const command = `lince backup --data ${settings?.data ?? 'DATA'} ${text('backupFolder')}`;
    const copy = async () => {
        await navigator.clipboard.writeText(command);
        notify(text('copied'));
    };
    return html`<p class="lead">${text('keepingLead')}</p>
        ${settings && html`<div class="card"><dl class="facts">${told(settings).map(([label, value]) => html`<div key=${label}><dt>${text(label)}</dt><dd>${value}</dd></div>`)}</dl>
            <p class="quiet">${text('keepingHint')}</p></div>`}
        <div class="card"><h2>${text('backup')}</h2><p>${text('backupNowHint')}</p><${Backups} />
            <p class="quiet">${text('backupHint')}</p>
            <pre class="code" tabindex="0">${command}</pre>
            <footer><button type="button" onClick=${copy}><${Icon} name="copy" />${text('copy')}</button></footer></div>`;
}
