// Known parties: whom the confirmed receipts have named, with what they are known by. Looked at, corrected, exported, erased.

import {html, useEffect, useState} from '../kit/kit.js';
import {Dialog, Question} from '../parts/dialog.js';
import {Empty} from '../parts/empty.js';
import {Icon} from '../parts/icon.js';
import {bankName} from '../state/catalogue.js';
import {download, get, query, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {address, adjust, route} from '../state/route.js';
import {may} from '../state/session.js';
import {date, number} from '../words/format.js';
import {text} from '../words/text.js';
import {PartyForm} from './party_form.js';
import {KINDS} from './party_kinds.js';

const PAGE = 50;
const TYPING_MS = 200;

/** "01020123456789012345" in groups that the eye can follow. */
const grouped = (value) => (/^\d{16,}$/.test(value) ? value.replace(/(\d{4})(?=\d)/g, '$1\u00a0') : value);
const shown = (kind, value) => (kind === 'banks' ? bankName(value) : kind === 'accounts' ? grouped(value) : value);
const confirmed = (party) => Math.max(0, ...KINDS.flatMap((kind) => party[kind].map((fact) => fact.documents)));

function Facts({party}) {
    return html`<dl class="party">${KINDS.filter((kind) => party[kind].length > 0).map((kind) => html`<div key=${kind}><dt>${text(`party_${kind}`)}</dt>
        ${party[kind].map((fact) => html`<dd key=${fact.value}><span>${shown(kind, fact.value)}</span>
            <span class="quiet">${[fact.documents > 0 && text('partyConfirmed', number(fact.documents)), fact.by_hand && text('partyByHand')].filter(Boolean).join(' · ')} · ${date(fact.last_at.slice(0, 10))}</span></dd>`)}</div>`)}</dl>`;
}

const NAMED = 3;

/** What erasing it deletes, and what stays. */
function Going({party}) {
    const lists = KINDS.filter((kind) => party[kind].length > 0);
    return html`<dl class="party going">${lists.map((kind) => html`<div key=${kind}><dt>${text(`party_${kind}`)}</dt>
            ${party[kind].slice(0, NAMED).map((fact) => html`<dd key=${fact.value}>${shown(kind, fact.value)}</dd>`)}
            ${party[kind].length > NAMED && html`<dd class="quiet">${text('partyEraseMore', party[kind].length - NAMED)}</dd>`}</div>`)}</dl>
        <p>${text(party.documents_total === 0 ? 'partyEraseAlone' : 'partyEraseStays', party.documents_total)}</p>`;
}

/** `changed` is called when it is erased or written anew. */
function Shown({id, changed, look, close}) {
    const [party, setParty] = useState(null);
    const [isAsking, setAsking] = useState(false);
    const [isWriting, setWriting] = useState(false);
    useEffect(() => {
        attempt(async () => setParty(await get(`v1/parties/${encodeURIComponent(id)}`))).then((went) => went || close());
    }, [id]);
    const erase = () => attempt(async () => {
        const {message} = await send('DELETE', `v1/parties/${party.id}`);
        notify(`${text('partyErased', party.name)} ${message[0].toUpperCase()}${message.slice(1)}.`, {forMs: 15000});
        changed();
    });
    if (party && isWriting) {
        const back = () => setWriting(false);
        return html`<${Dialog} key="form" title=${party.name} close=${back} wide><${PartyForm} party=${party} done=${changed} look=${look} close=${back} /><//>`;
    }
    return html`<${Dialog} key="facts" title=${party?.name ?? text('loading')} close=${close} wide>
        ${party && html`<${Facts} party=${party} />
        <footer><a class="button" href=${address('receipts', null, {text: party.name})}><${Icon} name="receipts" />${text('partyReceipts')}</a>
            ${may('correct') && html`<button type="button" onClick=${() => setWriting(true)}>${text('partyChange')}</button>`}
            ${may('admin') && html`<button type="button" onClick=${() => download(`v1/parties/${party.id}/export?limit=1000`, `${party.name}.json`)}><${Icon} name="download" />${text('partyExport')}</button>
            <button type="button" class="danger" onClick=${() => setAsking(true)}><${Icon} name="trash" />${text('partyErase')}</button>`}</footer>
        ${isAsking && html`<${Question} title=${text('partyEraseAsk', party.name)} message=${text('partyEraseHint')} act=${text('partyErase')} run=${erase}
            close=${() => setAsking(false)}><${Going} party=${party} /><//>`}`}<//>`;
}

function Row({party}) {
    return html`<li><a href=${address('settings', 'parties', {...route.value.query, party: party.id})}><strong>${party.name}</strong>
        <span class="quiet">${[...party.ids, ...party.accounts].slice(0, 2).map((fact) => grouped(fact.value)).join(' · ') || party.phones[0]?.value}</span></a>
        <span class="quiet end">${text('partyConfirmed', number(confirmed(party)))}</span></li>`;
}

let typing = null;

export function Parties() {
    const [parties, setParties] = useState(null);
    const [cursor, setCursor] = useState(null);
    const [isNew, setNew] = useState(false);
    const {text: words = '', party: open = null} = route.value.query;
    const look = (from = null) => attempt(async () => {
        const found = await get(`v1/parties?${query({text: words, limit: PAGE, cursor: from})}`);
        setParties((before) => (from ? [...before, ...found.parties] : found.parties));
        setCursor(found.next_cursor);
    });
    useEffect(() => { look(); }, [words]);
    const search = (event) => {
        const value = event.currentTarget.value.trim();
        clearTimeout(typing);
        typing = setTimeout(() => adjust({text: value}), TYPING_MS);
    };
    const close = () => adjust({text: words});
    const changed = () => { close(); look(); };
    return html`<p class="lead">${text('partiesLead')}</p>
        ${(parties?.length > 0 || words) && html`<label class="search"><${Icon} name="search" /><input id="search" type="search" placeholder=${text('partySearch')} aria-label=${text('partySearch')}
            defaultValue=${words} onInput=${search} /></label>`}
        ${parties?.length === 0 && (words ? html`<${Empty} icon="search" title=${text('nothingFound')}><p>${text('partyNothing')}</p><//>`
            : html`<${Empty} icon="person" title=${text('noParties')}><p>${text('noPartiesHint')}</p><//>`)}
        ${parties?.length > 0 && html`<ul class="card lines">${parties.map((party) => html`<${Row} key=${party.id} party=${party} />`)}</ul>`}
        ${cursor && html`<button type="button" onClick=${() => look(cursor)}>${text('moreItems')}</button>`}
        ${may('correct') && html`<p><button type="button" onClick=${() => setNew(true)}><${Icon} name="plus" />${text('partyNew')}</button></p>`}
        ${isNew && html`<${Dialog} title=${text('partyNew')} close=${() => setNew(false)} wide><${PartyForm} party=${null} look=${() => look()} close=${() => setNew(false)}
            done=${() => { setNew(false); look(); }} /><//>`}
        ${open && html`<${Shown} key=${open} id=${open} close=${close} look=${() => look()} changed=${changed} />`}`;
}
