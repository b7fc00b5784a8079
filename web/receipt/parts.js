// A file that was split into documents: the whole leads to its parts, a part to the whole and to the parts beside it.

import {html, useEffect, useRef, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {fileName} from '../receipts/kin.js';
import {State} from '../receipts/state.js';
import {summary} from '../receipts/summary.js';
import {get, query} from '../state/client.js';
import {listen} from '../state/events.js';
import {oneAtATime} from '../state/notices.js';
import {address} from '../state/route.js';
import {money, number} from '../words/format.js';
import {text} from '../words/text.js';
import {current} from './current.js';

const STEP = 100; // parts that one request brings, and that are told before somebody wants more

/** "Page 3", "Pages 3 to 5" */
const pagesTold = (first, count) => (count > 1 ? text('partPages', number(first), number(first + count - 1)) : text('partPage', number(first)));

function Part({part}) {
    const found = summary(part);
    const pages = pagesTold(part.part_of.first_page, part.page_count);
    return html`<li><a href=${address('receipt', part.id)}>${found.who || pages}</a><span class="sum">${money(found.amount, found.currency)}</span>
        <span class="quiet">${[found.who && pages, part.part_of.code].filter(Boolean).join(' · ')}</span><span class="end"><${State} item=${part} /></span></li>`;
}

function Whole({item}) {
    const [parts, setParts] = useState(null);
    const [wanted, setWanted] = useState(STEP);
    const [hasMore, setMore] = useState(false);
    const ids = useRef(new Set());
    useEffect(() => {
        const look = oneAtATime(async () => {
            const documents = [];
            let cursor = null;
            do {
                const found = await get(`v1/documents?${query({part_of: item.id, sort: 'received', limit: STEP, cursor})}`);
                documents.push(...found.documents);
                cursor = found.next_cursor;
            } while (cursor && documents.length < wanted);
            ids.current = new Set(documents.map((part) => part.id));
            setParts(documents);
            setMore(cursor !== null);
        });
        look();
        return listen((events) => {
            if (events.length === 0 || events.some((event) => ids.current.has(event.data.id))) {
                look();
            }
        });
    }, [item.id, item.part_count, wanted]);
    useEffect(() => { setWanted(STEP); }, [item.id]);
    const title = text('splitInto', number(parts && !hasMore ? parts.length : item.part_count)); // one of them may be deleted meanwhile
    return html`<section class="kindred" aria-label=${title}>
        <header><${Icon} name="parts" /><div><strong>${title}</strong>
            <p>${text('splitBy', item.split_on)}</p></div></header>
        <ol>${(parts ?? []).map((part) => html`<${Part} key=${part.id} part=${part} />`)}</ol>
        <footer>${hasMore && html`<button type="button" onClick=${() => setWanted(wanted + STEP)}>${text('moreItems')}</button>`}
            <a class="button" href=${address('receipts', null, {part_of: item.id})}><${Icon} name="receipts" />${text('partsInList')}</a></footer></section>`;
}

function Beside({part, name, icon}) {
    return part ? html`<a class="button" href=${address('receipt', part.id)} aria-label=${text(name)} title=${text(name)}><${Icon} name=${icon} /></a>`
        : html`<button type="button" disabled aria-label=${text(name)}><${Icon} name=${icon} /></button>`;
}

/** `whole`: undefined until it is loaded, null if it is gone. */
function PartOf({item}) {
    const [whole, setWhole] = useState(undefined);
    useEffect(() => {
        let isHere = true;
        get(`v1/documents/${item.part_of.id}`).then((found) => isHere && setWhole(found),
            (problem) => isHere && problem.status === 404 && setWhole(null));
        return () => { isHere = false; };
    }, [item.part_of.id]);
    const parts = whole?.parts ?? [];
    const at = parts.findIndex((part) => part.id === item.id);
    const title = text('partOfFile', fileName(item));
    return html`<section class="kindred" aria-label=${title}>
        <header><${Icon} name="parts" /><div>${whole ? html`<a href=${address('receipt', whole.id)}>${title}</a>` : html`<strong>${title}</strong>`}
            <p>${[pagesTold(item.part_of.first_page, item.page_count), item.part_of.code].filter(Boolean).join(' · ')}</p>
            ${whole === null && html`<p>${text('wholeGone')}</p>`}</div>
            ${at >= 0 && parts.length > 1 && html`<div class="steps"><span class="quiet">${text('placeOf', number(at + 1), number(parts.length))}</span>
                <${Beside} part=${parts[at - 1]} name="partBefore" icon="left" /><${Beside} part=${parts[at + 1]} name="partAfter" icon="right" /></div>`}</header></section>`;
}

export function Kindred() {
    const item = current.value;
    if (item.part_of) {
        return html`<${PartOf} key=${item.part_of.id} item=${item} />`;
    }
    return item.part_count > 0 && html`<${Whole} key=${item.id} item=${item} />`;
}
