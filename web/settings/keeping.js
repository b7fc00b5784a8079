// How long things are kept: changed here, unless the service's configuration says it; and how to make a backup.

import {html, useEffect, useState} from '../kit/kit.js';
import {Question} from '../parts/dialog.js';
import {Icon} from '../parts/icon.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {bytes, number, whenWhole} from '../words/format.js';
import {text} from '../words/text.js';
import {whereFixed} from './fixed.js';

const DAY_MS = 24 * 3600 * 1000;

/** What is kept: its member in the API, the setting of the service that sets it too, and how people write it. */
const KEPT = [
    {name: 'keep_images_ms', label: 'keepImages', setting: 'keep-images', unit: 'daysUnit', of: DAY_MS, none: 'forEver'},
    {name: 'keep_documents_ms', label: 'keepDocuments', setting: 'keep-documents', unit: 'daysUnit', of: DAY_MS, none: 'forEver'},
    {name: 'keep_count', label: 'keepCount', setting: 'keep-count', unit: 'documentsUnit', of: 1, none: 'noLimit'},
    {name: 'keep_size_bytes', label: 'keepSize', setting: 'keep-size', unit: 'gigabytesUnit', of: 1e9, none: 'noLimit'},
];

const inUnit = (kept, value) => (value > 0 ? String(Math.round((value / kept.of) * 100) / 100) : '');

function Kept({kept, settings}) {
    const source = settings.set_by[kept.name];
    const isFixed = source !== 'default' && source !== 'here';
    const id = `kept-${kept.name}`;
    return html`<div class="field kept"><label for=${id}>${text(kept.label)}</label><span class="with-unit"><input id=${id} name=${kept.name} type="number" min="0" step=${kept.of === 1e9 ? '0.1' : '1'}
            defaultValue=${inUnit(kept, settings[kept.name])} placeholder=${text(kept.none)} readonly=${isFixed} aria-describedby=${isFixed ? `${id}-why` : undefined} /><span>${text(kept.unit)}</span></span>
        ${isFixed && html`<p class="quiet" id=${`${id}-why`}>${whereFixed(source, kept.setting)}</p>`}</div>`;
}

/** Whether less is kept with it than before: then things go at once, for good. */
const isLess = (before, after) => after > 0 && (before === 0 || after < before);

function HowLong({settings, changed}) {
    const [asked, setAsked] = useState(null);
    const save = (values) => attempt(async () => {
        changed(await send('PATCH', 'v1/settings', values));
        notify(text('keepingSaved'));
    });
    const submit = (event) => {
        event.preventDefault();
        const form = event.currentTarget.elements;
        const values = {};
        KEPT.filter((kept) => !form[kept.name].readOnly && form[kept.name].value.trim() !== inUnit(kept, settings[kept.name])).forEach((kept) => {
            values[kept.name] = Math.round(Number(form[kept.name].value) * kept.of);
        });
        if (Object.keys(values).some((name) => isLess(settings[name], values[name]))) {
            setAsked(values);
        } else if (Object.keys(values).length > 0) {
            save(values);
        }
    };
    return html`<form class="card" onSubmit=${submit}><h2>${text('keepHowLong')}</h2><p class="quiet">${text('keepingHint')}</p>
        <div class="two-fields">${KEPT.map((kept) => html`<${Kept} key=${`${kept.name} ${settings[kept.name]}`} kept=${kept} settings=${settings} />`)}</div>
        <footer><button class="main">${text('save')}</button></footer>
        ${asked && html`<${Question} title=${text('keepLess')} message=${text('keepLessHint')} act=${text('keepLessYes')} run=${() => save(asked)} close=${() => setAsked(null)} />`}</form>`;
}

function Facts({settings}) {
    const all = [['imagesNow', bytes(settings.image_bytes)], ['documentsNow', number(settings.documents)],
        ['diskLimit', settings.disk_limit_bytes > 0 ? bytes(settings.disk_limit_bytes) : text('noLimit')]];
    return html`<dl class="facts">${all.map(([label, value]) => html`<div key=${label}><dt>${text(label)}</dt><dd>${value}</dd></div>`)}</dl>`;
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
        ${settings && html`<div class="card"><${Facts} settings=${settings} /></div>
            <${HowLong} settings=${settings} changed=${setSettings} />`}
        <div class="card"><h2>${text('backup')}</h2><p>${text('backupNowHint')}</p><${Backups} />
            <p class="quiet">${text('backupHint')}</p>
            <pre class="code" tabindex="0">${command}</pre>
            <footer><button type="button" onClick=${copy}><${Icon} name="copy" />${text('copy')}</button></footer></div>`;
}
