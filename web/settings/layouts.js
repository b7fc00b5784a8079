// The layouts that find fields, and a place to try one on a picture without storing it.

import {html, useEffect, useState} from '../kit/kit.js';
import {fieldLabel, fieldType} from '../state/catalogue.js';
import {call, get, query} from '../state/client.js';
import {attempt} from '../state/notices.js';
import {may} from '../state/session.js';
import {percent} from '../words/format.js';
import {text} from '../words/text.js';
import {shownValue} from '../receipt/values.js';

function Found({result}) {
    const fields = Object.entries(result.fields ?? {});
    return html`<h3>${result.layout ? text('readBy', result.layout) : text('readByNone')}</h3>
        ${fields.length === 0 ? html`<p class="quiet">${text('noFields')}</p>` : html`<table class="plain"><tbody>${fields.map(([name, field]) => html`<tr key=${name}>
            <th scope="row">${fieldLabel(name)}</th><td>${shownValue(fieldType(name), field.value)}</td><td class="end quiet">${percent(field.confidence ?? 1)}</td></tr>`)}</tbody></table>`}`;
}

function Trial({layouts}) {
    const [result, setResult] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const run = async (event) => {
        event.preventDefault();
        const {file, layout} = event.currentTarget.elements;
        setBusy(true);
        setResult(null);
        await attempt(async () => {
            const path = `v1/read?${query({layout: layout.value, name: file.files[0].name})}`;
            setResult(await (await call('POST', path, {body: file.files[0], headers: {'Content-Type': 'application/octet-stream'}})).json());
        });
        setBusy(false);
    };
    return html`<form class="card" onSubmit=${run}><h2>${text('tryLayout')}</h2><p class="quiet">${text('tryLayoutHint')}</p>
        <label class="field"><span>${text('picture')}</span><input name="file" type="file" required /></label>
        <label class="field"><span>${text('layout')}</span><select name="layout"><option value="">${text('anyLayout')}</option>
            ${layouts.map(({name, title}) => html`<option key=${name} value=${name}>${title || name}</option>`)}</select></label>
        <footer><button class="main" disabled=${isBusy}>${isBusy ? text('reading') : text('readNow')}</button></footer>
        <div aria-live="polite">${result && html`<${Found} result=${result} />`}</div></form>`;
}

export function Layouts() {
    const [layouts, setLayouts] = useState([]);
    useEffect(() => { attempt(async () => setLayouts((await get('v1/layouts')).layouts)); }, []);
    return html`<p class="lead">${text('layoutsLead')}</p>
        <div class="scroll card" tabindex="0" role="region" aria-label=${text('layouts')}><table class="plain"><tbody>${layouts.map(({name, title}) => html`<tr key=${name}><th scope="row">${title || name}</th>
            <td class="quiet">${name}</td></tr>`)}</tbody></table></div>
        ${may('submit') && html`<${Trial} layouts=${layouts} />`}`;
}
