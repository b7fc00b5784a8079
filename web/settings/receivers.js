// Webhooks: their receivers, and what was sent.

import {html, useEffect, useState} from '../kit/kit.js';
import {Question} from '../parts/dialog.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {when} from '../words/format.js';
import {hasText, text} from '../words/text.js';
import {Secret} from './secret.js';

const EVENTS = ['document.done', 'document.failed', 'document.corrected', 'document.deleted', 'batch.finished', 'memory.high'];

const nameOf = (event) => (hasText(`event_${event}`) ? text(`event_${event}`) : event);

function NewReceiver({made}) {
    const make = (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        attempt(async () => {
            made(await send('POST', 'v1/webhooks', {url: form.elements.url.value.trim(), events: EVENTS.filter((name) => form.elements[name].checked)}));
            form.reset();
        });
    };
    return html`<form class="card" onSubmit=${make}><h2>${text('newReceiver')}</h2>
        <label class="field"><span>${text('receiverAddress')}</span><input name="url" type="url" required placeholder="https://" /></label>
        <fieldset class="checks"><legend>${text('receiverEvents')}</legend>${EVENTS.map((name) => html`<label key=${name}><input type="checkbox" name=${name}
            defaultChecked=${name === 'document.done'} /> ${text(`event_${name}`)}</label>`)}</fieldset>
        <footer><button class="main">${text('addReceiver')}</button></footer></form>`;
}

function Deliveries({id, sent: tests}) {
    const [sent, setSent] = useState(null);
    const look = () => attempt(async () => setSent((await get(`v1/webhooks/${id}/deliveries`)).deliveries));
    useEffect(() => {
        look();
        const timer = setInterval(look, 2000);
        return () => clearInterval(timer);
    }, [id, tests]);
    const resend = (delivery) => attempt(async () => {
        await send('POST', `v1/deliveries/${delivery.id}/resend`, {});
        notify(text('sentAgain'));
        await look();
    });
    if (sent?.length === 0) {
        return html`<p class="quiet">${text('nothingSent')}</p>`;
    }
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('deliveries')}><table class="plain"><tbody>
        ${(sent ?? []).map((each) => html`<tr key=${each.id}><td><span class=${`state ${each.state === 'delivered' ? 'good' : each.state === 'dead' ? 'bad' : 'busy'}`}>
            ${text(`delivery_${each.state}`)}</span></td><td>${text('attempts', each.attempts)}</td><td>${each.last_status || ''} ${each.last_error}</td>
            <td>${each.state === 'waiting' ? when(each.next_at) : ''}</td>
            <td class="end"><button type="button" class="small" onClick=${() => resend(each)}>${text('sendAgain')}</button></td></tr>`)}</tbody></table></div>`;
}

function Receiver({item, ask}) {
    const [isOpen, setOpen] = useState(false);
    const [sent, setSent] = useState(0);
    const test = () => attempt(async () => {
        await send('POST', `v1/webhooks/${item.id}/test`, {});
        notify(text('testSent'));
        setOpen(true);
        setSent(sent + 1);
    });
    return html`<li class="card"><header><h2 class="address">${item.url}</h2></header><p class="quiet">${item.events ? item.events.split(',').map(nameOf).join(', ') : text('allEvents')} · ${when(item.created_at)}</p>
        ${item.state === 'paused' && html`<p><span class="state bad">${text('receiverPaused')}</span> ${text('pausedUntil', when(item.paused_until))}</p>
            <p class="quiet">${text('lastError', item.last_error)}</p>`}
        <footer><button type="button" onClick=${test}>${text('sendTest')}</button>
            <button type="button" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>${text('deliveries')}</button>
            <button type="button" class="danger" onClick=${() => ask(item)}>${text('delete')}</button></footer>
        ${isOpen && html`<${Deliveries} id=${item.id} sent=${sent} />`}</li>`;
}

export function Receivers() {
    const [hooks, setHooks] = useState(null);
    const [secret, setSecret] = useState(null);
    const [asked, setAsked] = useState(null);
    const look = () => attempt(async () => setHooks((await get('v1/webhooks')).webhooks));
    useEffect(() => { look(); }, []);
    const remove = (item) => attempt(async () => {
        await send('DELETE', `v1/webhooks/${item.id}`);
        await look();
    });
    return html`<p class="lead">${text('webhooksLead')}</p>
        ${secret && html`<${Secret} title=${text('receiverMade')} secret=${secret.secret} close=${() => setSecret(null)} />`}
        <ul class="cards">${(hooks ?? []).map((item) => html`<${Receiver} key=${item.id} item=${item} ask=${setAsked} />`)}</ul>
        <${NewReceiver} made=${(made) => { setSecret(made); look(); }} />
        ${asked && html`<${Question} title=${text('deleteReceiver')} message=${asked.url} act=${text('delete')} run=${() => remove(asked)} close=${() => setAsked(null)} />`}`;
}
