// The list of documents: filtered, newest first, more on demand.

import {get} from './client.js';
import {attempt, byId, make} from './elements.js';
import {language, text} from './texts.js';

const PAGE = 25;
const LIMIT = 200; // of the service, for one answer
let cursor = null;
let open = () => {};

function notes(item) {
    const words = [];
    if (item.duplicate_of) {
        words.push(text('duplicate', item.duplicate_of.id.slice(-6)));
    }
    if (item.needs_review) {
        words.push(text('review'));
    }
    if (item.error) {
        words.push(item.error.message);
    }
    return make('td', {className: words.length > 0 ? 'doubt' : '', textContent: words.join('; ')});
}

function row(item) {
    const value = (name) => item.fields?.[name]?.value ?? '';
    const name = make('button', {textContent: item.name || item.id});
    name.addEventListener('click', () => open(item.id));
    const element = make('tr', {}, make('td', {textContent: new Date(item.received_at).toLocaleString(language)}),
        make('td', {}, name), make('td', {textContent: text(item.status)}),
        make('td', {textContent: [value('monto'), value('moneda')].join(' ')}), make('td', {textContent: value('referencia')}),
        make('td', {textContent: value('fecha')}), notes(item));
    element.dataset.id = item.id;
    element.dataset.version = item.version;
    return element;
}

function query(limit) {
    const form = new FormData(byId('filter'));
    const wanted = [...form].filter(([, value]) => value !== '');
    return new URLSearchParams([...wanted, ['limit', limit], ...(cursor ? [['cursor', cursor]] : [])]);
}

async function next(limit) {
    const page = await get(`v1/documents?${query(limit)}`);
    cursor = page.next_cursor;
    byId('more').hidden = cursor === null;
    return page.documents;
}

async function loadMore() {
    byId('list').tBodies[0].append(...(await next(PAGE)).map(row));
}

/** Puts rows into the table and keeps those that say the same, so that focus and place stay. */
function put(documents) {
    const body = byId('list').tBodies[0];
    const kept = new Map([...body.rows].map((element) => [element.dataset.id, element]));
    let before = body.firstElementChild;
    for (const item of documents) {
        const old = kept.get(item.id);
        kept.delete(item.id);
        if (old && old === before && old.dataset.version === String(item.version)) {
            before = old.nextElementSibling;
            continue;
        }
        const focused = old?.contains(document.activeElement);
        const fresh = row(item);
        if (old === before) {
            before = old?.nextElementSibling ?? null;
        }
        old?.remove();
        body.insertBefore(fresh, before);
        if (focused) {
            fresh.querySelector('button').focus();
        }
    }
    kept.forEach((element) => element.remove());
}

/** Shows the list from its beginning to the last row that it had. Ids made later sort later. */
export async function reload() {
    const last = byId('list').tBodies[0].lastElementChild?.dataset.id;
    const documents = [];
    cursor = null;
    do {
        documents.push(...await next(last ? LIMIT : PAGE));
    } while (last && cursor !== null && documents.at(-1).id > last);
    put(documents);
}

/** Shows the list that the filter asks for. */
async function begin() {
    byId('list').tBodies[0].replaceChildren();
    await reload();
}

/** `show` is called with the id of a document that is chosen. */
export function listenForList(show) {
    open = show;
    byId('more').addEventListener('click', () => attempt(loadMore));
    byId('filter').addEventListener('input', () => attempt(begin));
    byId('filter').addEventListener('submit', (event) => event.preventDefault());
}
