// How wide the screen is, as conditions that components follow.

import {signal} from '../kit/kit.js';

function media(query) {
    const list = matchMedia(query);
    const found = signal(list.matches);
    list.addEventListener('change', () => { found.value = list.matches; });
    return found;
}

/** A phone. */
export const isNarrow = media('(max-width: 47.99rem)');
/** Columns of the list that are left out where they would not fit, unless the user chose the columns. */
export const isWithout = {bank: media('(max-width: 65.99rem)'), number: media('(max-width: 51.99rem)')};
/** Letters are larger on very wide screens. */
export const isWide = [media('(min-width: 160rem)'), media('(min-width: 220rem)')];

/** A length of the style sheets in pixels. */
export const pixels = (rem) => rem * parseFloat(getComputedStyle(document.documentElement).fontSize);
