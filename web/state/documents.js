// The list of documents: as long as what was asked for, loaded where it is looked at, and kept up to date in place.

import {batch, signal} from '../kit/kit.js';
import {get, query} from './client.js';
import {listen} from './events.js';
import {attempt, oneAtATime} from './notices.js';

const FIRST = 30; // as many as most screens show at once
const MOST = 200; // of one request
const AHEAD = 80; // rows around the visible ones that are loaded with them
const STILL_MS = 70; // a place that is only passed is not loaded

/** As many as the list has; those that are not loaded are missing. */
export const documents = signal([]);
export const isLoading = signal(true);
export const loadProblem = signal(null);
export const totals = signal(null);
/** Ids being deleted, which can still be undone. */
export const leaving = signal(new Set());
/** By id, all that were loaded of this list: also those that are chosen and out of view. */
export const known = new Map();

let conditions = {};
let turn = 0;
let view = {from: 0, to: FIRST};

const path = (limit, skip) => `v1/documents?${query({...conditions, limit, skip: skip || null})}`;

/** Puts documents at their places; `count`: how many the list has, if that is known. */
function place(list, at, found, count = list.length) {
    const next = list.slice(0, count);
    next.length = Math.max(count, at + found.length);
    found.forEach((item, index) => {
        next[at + index] = item;
        known.set(item.id, item);
    });
    return next;
}

async function loadTotals() {
    const mine = turn;
    const found = await get(`v1/documents/totals?${query({...conditions, sort: ''})}`);
    if (mine === turn) {
        batch(() => {
            totals.value = found;
            if (found.count !== documents.value.length) {
                documents.value = place(documents.value, 0, [], found.count);
            }
        });
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
    stop();
    try {
        const page = await get(path(FIRST, 0));
        if (mine !== turn) {
            return;
        }
        known.clear();
        view = {from: 0, to: FIRST};
        batch(() => {
            documents.value = place([], 0, page.documents);
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

/* ---- the rest, where it is looked at ---- */

let timer = 0;
let asked = null; // {from, to, abort} of the request on the way

function stop() {
    clearTimeout(timer);
    asked?.abort.abort();
    asked = null;
}

/** The first places in view, or near it, whose documents are missing; null if none is. */
function gap(from, to) {
    const list = documents.value;
    const end = Math.min(list.length, to + AHEAD);
    const missing = (start, until) => {
        for (let at = start; at < until; at += 1) {
            if (!list[at]) {
                return at;
            }
        }
        return -1;
    };
    const inView = missing(from, Math.min(list.length, to));
    const first = inView >= 0 ? inView : missing(Math.max(0, from - AHEAD), end);
    if (first < 0) {
        return null;
    }
    let start = first < from ? Math.max(0, first + 1 - AHEAD) : first;
    while (start > 0 && first - start < AHEAD / 2 && !list[start - 1]) { // after a jump, some above it too
        start -= 1;
    }
    return {from: start, to: Math.min(list.length, start + MOST), isInView: inView >= 0};
}

async function fetchGap(wanted) {
    const mine = turn;
    const abort = new AbortController();
    const own = {...wanted, abort};
    asked = own;
    try {
        const page = await get(path(wanted.to - wanted.from, wanted.from), {signal: abort.signal});
        if (mine !== turn || asked !== own) {
            return;
        }
        const end = wanted.from + page.documents.length;
        documents.value = place(documents.value, wanted.from, keepSame(page.documents), end < wanted.to ? end : undefined);
    } finally {
        if (asked === own) {
            asked = null;
        }
    }
    see(view.from, view.to);
}

/** Tells which rows are in view. What is missing there is loaded once the list stands still; what is near, at once. */
export function see(from, to) {
    view = {from, to};
    const wanted = gap(from, to);
    if (asked && (asked.to <= from - AHEAD || asked.from >= to + AHEAD)) {
        asked.abort.abort();
        asked = null;
    }
    clearTimeout(timer);
    if (!wanted || asked) {
        return;
    }
    timer = setTimeout(() => attempt(() => fetchGap(wanted).catch((problem) => {
        if (problem.name !== 'AbortError' && problem.status !== 0) { // without an answer, the next event loads it
            throw problem;
        }
    })), wanted.isInView ? STILL_MS : 0);
}

/** Loads the places of a range that are missing. */
export async function fillRange(from, to) {
    const mine = turn;
    for (let at = from; at <= to; at += 1) {
        if (!documents.value[at]) {
            const page = await get(path(Math.min(MOST, to + 1 - at), at));
            if (mine !== turn || page.documents.length === 0) {
                return;
            }
            documents.value = place(documents.value, at, page.documents);
        }
    }
}

/** An unchanged document stays the same object, so that its row is not drawn again. */
function keepSame(fresh) {
    return fresh.map((item) => {
        const old = known.get(item.id);
        return old && old.version === item.version && old.status === item.status && old.needs_review === item.needs_review
            && old.part_count === item.part_count && old.duplicate_of?.id === item.duplicate_of?.id && old.batch === item.batch ? old : item;
    });
}

/** Loads what is in view again; the rest when it is looked at again, because it may have moved. */
export async function refresh() {
    const mine = turn;
    stop();
    const from = Math.max(0, view.from - AHEAD);
    const page = await get(path(Math.min(MOST, Math.max(FIRST, view.to + AHEAD - from)), from));
    if (mine !== turn) {
        return;
    }
    batch(() => {
        documents.value = place(new Array(documents.value.length), from, keepSame(page.documents));
        loadProblem.value = null;
        isLoading.value = false;
    });
    await loadTotals();
    see(view.from, view.to);
}

const refreshOnce = oneAtATime(refresh);

/** Leaves out documents that are gone. */
export function leaveOut(ids) {
    ids.forEach((id) => known.delete(id));
    documents.value = without(documents.value, ids);
}

/** The list without some documents; what is not loaded keeps its place among the others. */
export function without(list, ids) {
    const next = [];
    for (let at = 0; at < list.length; at += 1) {
        if (!list[at]) {
            next.length += 1;
        } else if (!ids.has(list[at].id)) {
            next.push(list[at]);
        }
    }
    return next;
}

/** Shows a changed document in its place. */
export function replace(item) {
    const at = documents.value.findIndex((each) => each?.id === item.id);
    if (at >= 0) {
        documents.value = place(documents.value, at, [item]);
    }
}

/** Keeps the list fresh while it is shown; returns a function that stops it. */
export function keepFresh() {
    return listen((events) => {
        if (events.length === 0 || events.some((event) => event.type.startsWith('document.'))) {
            const gone = new Set(events.filter((event) => event.type === 'document.deleted').map((event) => event.data.id));
            if (gone.size > 0) {
                leaveOut(gone);
            }
            refreshOnce();
        }
    });
}

/** The ids around one document in the list, for "next" and "previous". */
export function neighbours(id, isWanted = () => true) {
    const list = documents.value;
    const at = list.findIndex((item) => item?.id === id);
    const before = list.slice(0, Math.max(0, at)).filter(Boolean);
    return {
        previous: before.findLast(isWanted)?.id ?? null,
        next: list.slice(at + 1).filter(Boolean).find(isWanted)?.id ?? before.find(isWanted)?.id ?? null,
        at, count: list.length,
    };
}

/** The id of the next document of the list that wants a look, wherever it is; null if there is none. */
export async function nextDoubtful(id) {
    const {next} = neighbours(id, (item) => item.needs_review && item.id !== id);
    if (next) {
        return next;
    }
    const page = await get(`v1/documents?${query({...conditions, needs_review: 'true', limit: 2})}`);
    return page.documents.find((item) => item.id !== id)?.id ?? null;
}
