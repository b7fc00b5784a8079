// A duplicate beside its twin: the same payment, or a similar one?

import {html, useEffect, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {removeLater} from '../receipts/actions.js';
import {summary} from '../receipts/summary.js';
import {bankName} from '../state/catalogue.js';
import {get} from '../state/client.js';
import {attempt} from '../state/notices.js';
import {address, go, route} from '../state/route.js';
import {may} from '../state/session.js';
import {date, money, when} from '../words/format.js';
import {hasText, language, text} from '../words/text.js';
import {current, judgeTwin} from './current.js';

function lines(item) {
    const found = summary(item);
    return [['who', found.who], ['amount', money(found.amount, found.currency)], ['paidOn', date(found.day)], ['number', found.number],
        ['bank', bankName(found.bank, found.bankRead)], ['received', when(item.received_at)]];
}

/** It is the same payment: deletes this copy and keeps the other. */
function removeThis(id, otherId) {
    removeLater([id]);
    go('receipt', otherId, route.value.query);
}

/** What both have in one line; what differs, side by side. */
function Compared({own, other, id, which, children}) {
    const both = own.map(([label, value], index) => ({label, value, theirs: other[index][1]})).filter(({value, theirs}) => value || theirs);
    const same = both.filter(({label, value, theirs}) => value === theirs && label !== 'received');
    const apart = both.filter(({value, theirs}) => value !== theirs);
    return html`<div class="twin-body">${children}<div><p><a href=${address('receipt', id)}>${text(which)}</a></p>
        ${same.length > 0 && html`<p class="same">${text('sameIn', same.map(({label}) => text(label === 'paidOn' ? 'column_date' : label).toLocaleLowerCase(language)).join(', '))}</p>`}</div></div>
        ${apart.length > 0 && html`<table class="plain"><thead><tr><td></td><th scope="col">${text('thisOne')}</th><th scope="col">${text(which)}</th></tr></thead>
            <tbody>${apart.map(({label, value, theirs}) => html`<tr key=${label}><th scope="row">${text(label)}</th><td>${value || '–'}</td><td>${theirs || '–'}</td></tr>`)}</tbody></table>`}`;
}

export function Twin() {
    const item = current.value;
    const [twin, setTwin] = useState(null);
    const id = item.duplicate_of?.id;
    useEffect(() => {
        setTwin(null);
        if (id) {
            attempt(async () => setTwin(await get(`v1/documents/${id}`)));
        }
    }, [id]);
    if (!id) {
        return null;
    }
    const kind = `twin_${item.duplicate_of.kind}`;
    const which = id < item.id ? 'earlierOne' : 'laterOne';
    return html`<section class="twins" aria-label=${text('duplicate')}>
        <header><${Icon} name="twin" /><div><strong>${text('duplicate')}</strong><p>${text(hasText(kind) ? kind : 'twin_record')}</p></div></header>
        ${twin && html`<${Compared} own=${lines(item)} other=${lines(twin)} id=${id} which=${which}>
            ${twin.has_image && html`<a href=${address('receipt', id)}><img class="twin-picture" src=${`v1/documents/${id}/pages/1/image`} alt=${text(which)} loading="lazy" /></a>`}<//>`}
        ${may('correct') && html`<footer><button type="button" onClick=${() => judgeTwin(false)}>${text('notTwin')}</button>
            ${!item.duplicate_of.confirmed && html`<button type="button" onClick=${() => judgeTwin(true)}>${text('keepTwin')}</button>`}
            ${may('admin') && html`<button type="button" class="danger" onClick=${() => removeThis(item.id, id)}><${Icon} name="trash" />${text('isTwin')}</button>`}</footer>`}
    </section>`;
}
