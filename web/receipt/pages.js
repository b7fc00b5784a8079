// The page of the document that is shown, and what was read of it.

import {computed, effect, signal} from '../kit/kit.js';
import {get} from '../state/client.js';
import {attempt} from '../state/notices.js';
import {current} from './current.js';

export const pageNumber = signal(1);
const later = signal(null); // {of, number, page}: what was read of a page behind the first

const of = () => (current.value ? `${current.value.id} ${current.value.version}` : null);

/** null while it is loaded. */
export const page = computed(() => {
    if (pageNumber.value === 1) {
        return current.value?.page ?? null;
    }
    const found = later.value;
    return found && found.of === of() && found.number === pageNumber.value ? found.page : null;
});

export const pageCount = () => Math.max(1, current.value?.page_count ?? 1);

/** Whether a field stands on the page that is shown. */
export const isOnPage = (field) => (field.page ?? 1) === pageNumber.value;

let shownOf = null;

effect(() => { // each document begins with its first page
    const id = current.value?.id ?? null;
    if (id !== shownOf) {
        shownOf = id;
        pageNumber.value = 1;
    }
});

effect(() => {
    const [wanted, number] = [of(), pageNumber.value];
    if (wanted && number > 1 && !page.value) {
        attempt(async () => {
            const found = await get(`v1/documents/${wanted.split(' ')[0]}/pages/${number}`);
            if (of() === wanted && pageNumber.value === number) {
                later.value = {of: wanted, number, page: found};
            }
        });
    }
});

export function showPage(number) {
    pageNumber.value = Math.min(pageCount(), Math.max(1, number));
}
