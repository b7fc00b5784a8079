// The open document: loaded, corrected, approved; and its active field.

import {batch, signal} from '../kit/kit.js';
import {get, send} from '../state/client.js';
import {replace} from '../state/documents.js';
import {listen} from '../state/events.js';
import {attempt, notify} from '../state/notices.js';
import {text} from '../words/text.js';

export const current = signal(null);
export const openProblem = signal(null);
/** The name of the field that is being edited, or was last: a pressed word goes there. */
export const hand = signal(null);
/** The name of the field under the pointer. */
export const lit = signal(null);
/** What was typed and is not saved yet, by field. */
export const drafts = signal({});
export const past = signal([]);
/** Messages about single fields: why the service refused a value. */
export const complaints = signal({});
export const isSaving = signal(false);

let wanted = null; // the id of the document to show; answers about another one are late and ignored

/** Takes the service's current version, unless a newer one is known. */
function take(item) {
    if (item.id === wanted && item.version >= (current.value?.version ?? 0)) {
        current.value = {...current.value, ...item};
    }
}

async function load(id) {
    try {
        const [item, {history}] = await Promise.all([get(`v1/documents/${id}`), get(`v1/documents/${id}/history`)]);
        if (id === wanted) {
            batch(() => {
                take(item);
                past.value = history;
            });
        }
    } catch (problem) {
        if (id === wanted) {
            openProblem.value = problem;
        }
    }
}

/** Loads it again, if it is still shown. */
const reload = (id) => (id === wanted ? load(id) : undefined);

export function open(id) {
    wanted = id;
    batch(() => {
        if (current.value?.id !== id) {
            current.value = null;
            drafts.value = {};
            complaints.value = {};
            past.value = [];
            hand.value = null;
            lit.value = null;
        }
        openProblem.value = null;
    });
    return load(id);
}

/** Follows changes made elsewhere; text being typed stays. */
export function keepCurrent(id) {
    return listen((events) => {
        if (!isSaving.value && (events.length === 0 || events.some((event) => event.data.id === id && event.type !== 'document.deleted'))) {
            reload(id);
        }
    });
}

export function draft(name, value) {
    const {[name]: _, ...others} = drafts.value;
    const kept = current.value.fields[name]?.value ?? '';
    drafts.value = value === kept ? others : {...others, [name]: value};
    if (complaints.value[name]) {
        const {[name]: gone, ...rest} = complaints.value;
        complaints.value = rest;
    }
}

async function patch(change) {
    const {id, version} = current.value;
    try {
        const changed = await send('PATCH', `v1/documents/${id}`, change, {'If-Match': `"${version}"`});
        take(changed);
        return changed;
    } catch (problem) {
        if (problem.status === 412) {
            await reload(id);
            throw Object.assign(problem, {message: text('changedElsewhere')});
        }
        throw problem;
    }
}

async function saveNow() {
    const fields = Object.fromEntries(Object.entries(drafts.value).map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]));
    if (Object.keys(fields).length === 0) {
        return true;
    }
    isSaving.value = true;
    const {id} = current.value;
    let isWell = true;
    try {
        await patch({fields});
        drafts.value = Object.fromEntries(Object.entries(drafts.value).filter(([name, value]) => (value.trim() || null) !== fields[name]));
    } catch (problem) {
        isWell = false;
        if (problem.status === 422 || problem.status === 400) {
            const name = Object.keys(fields).find((each) => problem.message.includes(each)) ?? Object.keys(fields)[0];
            complaints.value = {...complaints.value, [name]: problem.message};
        } else {
            notify(problem.message, {kind: 'bad'});
        }
    }
    isSaving.value = false;
    if (isWell) {
        reload(id);
    }
    return isWell;
}

/** Keeps the rows of a sale, and tells how to go back. Returns whether the service took them. */
export async function saveRows(name, rows) {
    const {id, fields} = current.value;
    const old = fields[name]?.value ?? null;
    isSaving.value = true;
    const went = await attempt(() => patch({fields: {[name]: rows.length > 0 ? rows : null}}));
    isSaving.value = false;
    if (went) {
        reload(id);
        notify(text('rowsKept'), {act: {label: text('undo'), run: () => id === wanted && takeBackCorrection({field: name, old_value: old})}});
    }
    return went;
}

let saving = Promise.resolve(true);

/** Saves what was typed, one request after another. Returns whether all of it was accepted. */
export function save() {
    saving = saving.then(saveNow);
    return saving;
}

/** Undoes a correction. */
export const takeBackCorrection = (correction) => attempt(async () => {
    await patch({fields: {[correction.field]: correction.old_value}});
    await reload(current.value.id);
    notify(text('correctionTakenBack'));
});

/** Marks it as checked by a person. */
export async function approve() {
    if (!await save()) {
        return false;
    }
    return attempt(async () => {
        const approved = await patch({reviewed: true});
        replace(approved);
    });
}

/** Says whether it and its twin are one payment; the service remembers it. */
export const judgeTwin = (isSame) => attempt(async () => {
    const {id} = current.value;
    await send('POST', `v1/documents/${id}/duplicate`, {same: isSame});
    await reload(id);
    notify(text(isSame ? 'twinConfirmed' : 'twinDismissed'));
});
