// Bank statements compared with receipts: the list of statements, the open one, and its items.

import {batch, signal} from '../kit/kit.js';
import {call, get, query, send} from './client.js';
import {attempt} from './notices.js';

const PAGE = 100;

export const reconciliations = signal(null);
/** The open statement; null until it is loaded. */
export const current = signal(null);
export const items = signal([]);
export const itemsAreLoading = signal(true);
export const isWorking = signal(false);
/** The items that the user chose, by number; they stay chosen when another state is shown. */
export const chosen = signal(new Map());

let conditions = {};
let cursor = null;
let turn = 0;
let isFetching = false;

export async function loadReconciliations() {
    reconciliations.value = (await get('v1/reconciliations?limit=100')).reconciliations;
}

/** Returns the new statement. */
export async function loadStatement(file, bank) {
    const form = new FormData();
    form.append('bank', bank);
    form.append('file', file, file.name);
    return (await call('POST', 'v1/reconciliations', {body: form})).json();
}

export async function removeReconciliation(id) {
    await send('DELETE', `v1/reconciliations/${id}`);
    await loadReconciliations();
}

export async function loadCurrent(id) {
    current.value = null;
    chosen.value = new Map();
    current.value = await get(`v1/reconciliations/${id}`);
}

const path = (id, from) => `v1/reconciliations/${id}/items?${query({...conditions, limit: PAGE, cursor: from})}`;

/** Shows the items that meet these conditions, from the first. */
export async function loadItems(id, wanted) {
    turn += 1;
    const mine = turn;
    conditions = wanted;
    itemsAreLoading.value = true;
    await attempt(async () => {
        const page = await get(path(id, null));
        if (mine === turn) {
            cursor = page.next_cursor;
            batch(() => {
                items.value = page.items;
                itemsAreLoading.value = false;
            });
        }
    });
}

export const hasMoreItems = () => cursor !== null;

export async function moreItems() {
    if (cursor === null || isFetching || current.value === null) {
        return;
    }
    const mine = turn;
    isFetching = true;
    await attempt(async () => {
        const page = await get(path(current.value.id, cursor));
        if (mine === turn) {
            cursor = page.next_cursor;
            items.value = [...items.value, ...page.items];
        }
    });
    isFetching = false;
}

/** Loads everything shown again, with as many rows as before. */
async function loadItemsAgain() {
    const wanted = Math.max(PAGE, items.value.length);
    const mine = turn;
    const fresh = [];
    let from = null;
    do {
        const page = await get(path(current.value.id, from));
        fresh.push(...page.items);
        from = page.next_cursor;
    } while (from !== null && fresh.length < wanted);
    if (mine === turn) {
        cursor = from;
        items.value = fresh;
    }
}

/** Changes the open statement and shows the result. */
async function change(work) {
    isWorking.value = true;
    const went = await attempt(async () => {
        current.value = {...current.value, ...await work(current.value)};
        chosen.value = new Map();
        await loadItemsAgain();
    });
    isWorking.value = false;
    return went;
}

export const adjustReconciliation = (values) => change((one) => send('PATCH', one.self.slice(1), values));

export const compareAgain = () => change((one) => send('POST', `${one.self.slice(1)}/match`, {}));

/** `members`: items; `state`: matched, ignored, apart, open. */
export function decide(state, members, note = '') {
    return change(async (one) => (await send('POST', `${one.self.slice(1)}/decisions`, {
        state, note,
        lines: members.flatMap((item) => item.lines.map((line) => line.row)),
        documents: members.flatMap((item) => item.receipts.map((receipt) => receipt.id)),
    })).reconciliation);
}

export function choose(item) {
    const next = new Map(chosen.value);
    if (!next.delete(item.item)) {
        next.set(item.item, item);
    }
    chosen.value = next;
}
