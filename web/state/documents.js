// The list of documents: loaded page by page, and kept up to date in place.

import {batch, signal} from '../kit/kit.js';
import {get, query} from './client.js';
import {listen} from './events.js';
import {attempt} from './notices.js';

const FIRST = 60;
const MORE = 200;
const KEPT_FRESH = 400; // rows that are loaded again after events; rows below only if an event names them

export const documents = signal([]);
export const isLoading = signal(true);
export const loadProblem = signal(null);
export const totals = signal(null);
/** Ids being deleted, which can still be undone. */
export const leaving = signal(new Set());

let conditions = {};
let cursor = null;
let turn = 0;
let isFetching = false;

/** Ids of the documents in the list that pages are added to, so that none comes twice. */
let known = {list: null, ids: new Set()};

function knownIds() {
    if (known.list !== documents.value) {
        known = {list: documents.value, ids: new Set(documents.value.map((item) => item.id))};
    }
    return known.ids;
}

const path = (limit, from) => `v1/documents?${query({...conditions, limit, cursor: from})}`;

async function loadTotals() {
    const mine = turn;
    const found = await get(`v1/documents/totals?${query({...conditions, sort: ''})}`);
    if (mine === turn) {
        totals.value = found;
    }
}

let begun = null;

/** Shows the documents that meet these conditions, from the first. */
export async function load(wanted) {
    if (JSON.stringify(wanted) === begun) {
        begun = null;
        return;
    }
    begun = null;
    await loadNow(wanted);
}

/** The first view asks for its documents before it is drawn; `load` then does not ask again. */
export function loadEarly(wanted) {
    begun = JSON.stringify(wanted);
    loadNow(wanted);
}

async function loadNow(wanted) {
    turn += 1;
    const mine = turn;
    conditions = wanted;
    isLoading.value = true;
    try {
        const page = await get(path(FIRST, null));
        if (mine !== turn) {
            return;
        }
        cursor = page.next_cursor;
        batch(() => {
            documents.value = page.documents;
            loadProblem.value = null;
            isLoading.value = false;
        });
        await loadTotals();
    } catch (problem) {
        if (mine === turn) {
            batch(() => {
                loadProblem.value = problem;
                isLoading.value = false;
            });
        }
    }
}

export const hasMore = () => cursor !== null;

export async function more() {
    if (cursor === null || isFetching) {
        return;
    }
    const mine = turn;
    isFetching = true;
    await attempt(async () => {
        const page = await get(path(MORE, cursor));
        if (mine === turn) {
            const ids = knownIds();
            const fresh = page.documents.filter((item) => !ids.has(item.id));
            cursor = page.next_cursor;
            fresh.forEach((item) => ids.add(item.id));
            documents.value = documents.value.concat(fresh);
            known.list = documents.value;
        }
    });
    isFetching = false;
}

/** The rows from the top that are kept fresh, and whether these are all. */
async function loadTop(count) {
    const fresh = [];
    let from = null;
    do {
        const page = await get(path(Math.min(200, Math.max(FIRST, count - fresh.length)), from));
        fresh.push(...page.documents);
        from = page.next_cursor;
    } while (from !== null && fresh.length < count);
    return {fresh, from};
}

/** An unchanged document stays the same object, so that its row is not drawn again. */
function keepSame(fresh) {
    const before = new Map(documents.value.slice(0, 2 * KEPT_FRESH).map((item) => [item.id, item]));
    return fresh.map((item) => {
        const old = before.get(item.id);
        return old && old.version === item.version && old.status === item.status && old.needs_review === item.needs_review
            && old.duplicate_of?.id === item.duplicate_of?.id && old.batch === item.batch ? old : item;
    });
}

export async function refresh() {
    const mine = turn;
    const had = documents.value.length;
    const {fresh, from} = await loadTop(Math.min(KEPT_FRESH, had + FIRST));
    if (mine !== turn) {
        return;
    }
    const top = keepSame(fresh);
    const seen = new Set(top.map((item) => item.id));
    const below = from === null || had <= KEPT_FRESH ? [] : documents.value.slice(KEPT_FRESH).filter((item) => !seen.has(item.id));
    if (below.length === 0) {
        cursor = from;
    }
    batch(() => {
        documents.value = [...top, ...below];
        loadProblem.value = null;
        isLoading.value = false;
    });
    await loadTotals();
}

let again = false;
let isRefreshing = false;

async function refreshOnce() {
    again = true;
    while (again && !isRefreshing) {
        again = false;
        isRefreshing = true;
        await attempt(refresh);
        isRefreshing = false;
    }
}

/** Keeps the list fresh while it is shown; returns a function that stops it. */
export function keepFresh() {
    return listen((events) => {
        if (events.length === 0 || events.some((event) => event.type.startsWith('document.'))) {
            const gone = new Set(events.filter((event) => event.type === 'document.deleted').map((event) => event.data.id));
            if (gone.size > 0) {
                documents.value = documents.value.filter((item) => !gone.has(item.id));
            }
            refreshOnce();
        }
    });
}

/** The ids around one document in the visible list, for "next" and "previous". */
export function neighbours(id, isWanted = () => true) {
    const list = documents.value;
    const at = list.findIndex((item) => item.id === id);
    return {
        previous: list.slice(0, Math.max(0, at)).reverse().find(isWanted)?.id ?? null,
        next: list.slice(at + 1).find(isWanted)?.id ?? list.slice(0, Math.max(0, at)).find(isWanted)?.id ?? null,
        at, count: list.length,
    };
}
