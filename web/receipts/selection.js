// Which documents of the list are chosen.

import {computed, signal} from '../kit/kit.js';
import {documents, fillRange, known, leaving, without} from '../state/documents.js';
import {attempt, notify} from '../state/notices.js';
import {number} from '../words/format.js';
import {text} from '../words/text.js';

const MOST = 5000; // documents that are loaded to be chosen

export const selected = signal(new Set());
let anchor = null;

/** The documents in the list, without those being deleted. */
export const shown = computed(() => (leaving.value.size === 0 ? documents.value : without(documents.value, leaving.value)));

/** The chosen documents, also those out of view. */
export const chosen = computed(() => (selected.value.size === 0 || !documents.value ? []
    : [...selected.value].filter((id) => known.has(id) && !leaving.value.has(id)).map((id) => known.get(id))));

const placeOf = (id) => shown.value.findIndex((item) => item?.id === id);

function choose(ids) {
    const next = new Set(selected.value);
    ids.forEach((id) => next.add(id));
    selected.value = next;
}

async function chooseThrough(id) {
    const [from, to] = [placeOf(anchor), placeOf(id)].sort((one, other) => one - other);
    await attempt(() => fillRange(from, to)); // rows between them may not be loaded yet
    choose(shown.value.slice(from, to + 1).filter(Boolean).map((item) => item.id));
}

/** With `through`, chooses all from the last chosen one to this one. */
export function toggleSelected(id, through = false) {
    if (through && placeOf(anchor) >= 0) {
        chooseThrough(id);
    } else if (selected.value.has(id)) {
        selected.value = new Set([...selected.value].filter((each) => each !== id));
    } else {
        choose([id]);
    }
    anchor = id;
}

/** All of the list; of one that is too long to load, those that are loaded. */
export async function selectAll(all) {
    selected.value = new Set();
    if (!all) {
        return;
    }
    const chooseLoaded = () => choose(shown.value.filter(Boolean).map((item) => item.id));
    chooseLoaded(); // at once; the others follow
    if (shown.value.length <= MOST) {
        await attempt(() => fillRange(0, documents.value.length - 1));
    }
    chooseLoaded();
    if (selected.value.size < shown.value.length) {
        notify(text('choseLoaded', number(selected.value.size), number(shown.value.length)));
    }
}
