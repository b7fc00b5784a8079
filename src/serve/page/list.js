// The list of documents: filtered, newest first, more on demand.

import {get} from './client.js';
import {attempt, byId, make} from './elements.js';
import {language, text} from './texts.js';

const PAGE = 25;
let cursor = null;
let open = () => {};

function notes(item) {
    const words = [];
    if (item.duplicate_of) {
        words.push(text('duplicate', item.duplicate_of.slice(-6)));
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
    return element;
}

function query() {
    const form = new FormData(byId('filter'));
    const wanted = [...form].filter(([, value]) => value !== '');
    return new URLSearchParams([...wanted, ['limit', PAGE], ...(cursor ? [['cursor', cursor]] : [])]);
}

async function loadMore() {
    const page = await get(`v1/documents?${query()}`);
    byId('list').tBodies[0].append(...page.documents.map(row));
    cursor = page.next_cursor;
    byId('more').hidden = cursor === null;
}

/** Shows the list from its beginning. */
export async function reload() {
    cursor = null;
    const page = await get(`v1/documents?${query()}`);
    byId('list').tBodies[0].replaceChildren(...page.documents.map(row));
    cursor = page.next_cursor;
    byId('more').hidden = cursor === null;
}

/** `show` is called with the id of a document that is chosen. */
export function listenForList(show) {
    open = show;
    byId('more').addEventListener('click', () => attempt(loadMore));
    byId('filter').addEventListener('input', () => attempt(reload));
    byId('filter').addEventListener('submit', (event) => event.preventDefault());
}
