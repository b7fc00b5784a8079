// Which documents of the list are chosen.

import {computed, signal} from '../kit/kit.js';
import {documents, leaving} from '../state/documents.js';

export const selected = signal(new Set());
let anchor = null;

/** The documents in the list, without those being deleted. */
export const shown = computed(() => (leaving.value.size === 0 ? documents.value
    : documents.value.filter((item) => !leaving.value.has(item.id))));

export const chosen = computed(() => (selected.value.size === 0 ? [] : shown.value.filter((item) => selected.value.has(item.id))));

/** With `through`, chooses all from the last chosen one to this one. */
export function toggleSelected(id, through = false) {
    const next = new Set(selected.value);
    const ids = shown.value.map((item) => item.id);
    const from = ids.indexOf(anchor);
    const to = ids.indexOf(id);
    if (through && from >= 0 && to >= 0) {
        ids.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => next.add(each));
    } else if (!next.delete(id)) {
        next.add(id);
    }
    anchor = id;
    selected.value = next;
}

export function selectAll(all) {
    selected.value = new Set(all ? shown.value.map((item) => item.id) : []);
}
