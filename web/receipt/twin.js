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
import {hasText, text} from '../words/text.js';
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
    const other = twin && lines(twin);
    const which = id < item.id ? 'earlierOne' : 'laterOne';
    return html`<section class="twins" aria-label=${text('duplicate')}>
        <header><${Icon} name="twin" /><div><strong>${text('duplicate')}</strong><p>${text(hasText(kind) ? kind : 'twin_record')}</p></div></header>
        ${twin && html`<table class="plain"><thead><tr><td></td><th scope="col">${text('thisOne')}</th>
            <th scope="col"><a href=${address('receipt', id)}>${text(which)}</a></th></tr></thead>
            <tbody>${lines(item).map(([label, value], index) => (value || other[index][1]) && html`<tr key=${label} class=${value === other[index][1] ? 'same' : 'differs'}>
                <th scope="row">${text(label)}</th><td>${value}</td><td>${other[index][1]}</td></tr>`)}</tbody></table>`}
        ${twin?.has_image && html`<a href=${address('receipt', id)}><img class="twin-picture" src=${`v1/documents/${id}/image`} alt=${text(which)} loading="lazy" /></a>`}
        ${may('correct') && html`<footer><button type="button" onClick=${() => judgeTwin(false)}>${text('notTwin')}</button>
            ${!item.duplicate_of.confirmed && html`<button type="button" onClick=${() => judgeTwin(true)}>${text('keepTwin')}</button>`}
            ${may('admin') && html`<button type="button" class="danger" onClick=${() => removeThis(item.id, id)}><${Icon} name="trash" />${text('isTwin')}</button>`}</footer>`}
    </section>`;
}
