// API keys: made, seen, revoked.

import {html, useEffect, useState} from '../kit/kit.js';
import {Question} from '../parts/dialog.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {when} from '../words/format.js';
import {text} from '../words/text.js';
import {Secret} from './secret.js';

const SCOPES = ['submit', 'read', 'correct', 'admin'];

function NewKey({made}) {
    const make = (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const scopes = SCOPES.filter((scope) => form.elements[scope].checked);
        const days = Number(form.elements.days.value);
        attempt(async () => {
            made(await send('POST', 'v1/keys', {name: form.elements.name.value.trim(), scopes, ...(days > 0 ? {expires_days: days} : {})}));
            form.reset();
        });
    };
    return html`<form class="card" onSubmit=${make}><h2>${text('newKey')}</h2>
        <label class="field"><span>${text('keyName')}</span><input name="name" required maxlength="60" placeholder="n8n" /></label>
        <fieldset class="checks"><legend>${text('mayDo')}</legend>${SCOPES.map((scope) => html`<label key=${scope}><input type="checkbox" name=${scope}
            defaultChecked=${scope === 'submit' || scope === 'read'} /> ${text(`scope_${scope}`)}</label>`)}</fieldset>
        <label class="field"><span>${text('expiry')}</span><select name="days"><option value="0">${text('never')}</option><option value="30">${text('days', 30)}</option>
            <option value="90">${text('days', 90)}</option><option value="365">${text('days', 365)}</option></select></label>
        <footer><button class="main">${text('makeKey')}</button></footer></form>`;
}

function KeyRow({item, ask}) {
    const state = item.revoked_at ? 'revoked' : item.expires_at && new Date(item.expires_at) < new Date() ? 'expired' : 'valid';
    return html`<tr class=${state}><th scope="row">${item.name || item.id}<br /><span class="quiet">${item.id}</span></th>
        <td data-label=${text('mayDo')}>${item.scopes.map((scope) => text(`scope_${scope}`)).join(', ')}</td>
        <td data-label=${text('lastUsed')}>${item.used_at ? when(item.used_at) : text('neverUsed')}</td>
        <td data-label=${text('expiry')}>${item.expires_at ? when(item.expires_at) : text('never')}</td>
        <td class="end">${state === 'valid' ? html`<button type="button" class="danger small" onClick=${() => ask(item)}>${text('revoke')}</button>`
            : html`<span class="quiet">${text(state)}</span>`}</td></tr>`;
}

export function Keys() {
    const [keys, setKeys] = useState(null);
    const [secret, setSecret] = useState(null);
    const [asked, setAsked] = useState(null);
    const look = () => attempt(async () => setKeys((await get('v1/keys')).keys));
    useEffect(() => { look(); }, []);
    const revoke = (item) => attempt(async () => {
        await send('DELETE', `v1/keys/${item.id}`);
        notify(text('revokedDone', item.name || item.id));
        await look();
    });
    return html`<p class="lead">${text('keysLead')}</p>
        ${secret && html`<${Secret} title=${text('keyMade', secret.name)} secret=${secret.secret} close=${() => setSecret(null)} />`}
        ${keys?.length > 0 && html`<div class="scroll card" tabindex="0" role="region" aria-label=${text('keys')}><table class="plain stacked"><thead><tr><th scope="col">${text('name')}</th>
            <th scope="col">${text('mayDo')}</th><th scope="col">${text('lastUsed')}</th><th scope="col">${text('expiry')}</th><td></td></tr></thead>
            <tbody>${keys.map((item) => html`<${KeyRow} key=${item.id} item=${item} ask=${setAsked} />`)}</tbody></table></div>`}
        <${NewKey} made=${(made) => { setSecret(made); look(); }} />
        ${asked && html`<${Question} title=${text('revokeKey', asked.name || asked.id)} message=${text('revokeHint')} act=${text('revoke')}
            run=${() => revoke(asked)} close=${() => setAsked(null)} />`}`;
}
