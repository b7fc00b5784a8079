// The words on the picture: pressed or selected, they fill the active field or are copied.

import {computed, signal} from '../kit/kit.js';
import {fieldType} from '../state/catalogue.js';
import {notify} from '../state/notices.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {draft, hand, save} from './current.js';
import {page} from './pages.js';
import {fromWords, shownValue} from './values.js';

/** All words of the page in reading order, each with its line. */
export const words = computed(() => (page.value?.lines ?? []).flatMap((line, index) => (line.words?.length > 0 ? line.words : [line])
    .map((word) => ({text: word.text, box: word.box, line: index}))));

/** The first and last chosen word, by index; null for none. */
export const chosenWords = signal(null);

export function textOf(range) {
    const [from, to] = [Math.min(...range), Math.max(...range)];
    return words.value.slice(from, to + 1).map((word, index, all) => (index > 0 && all[index - 1].line !== word.line ? '\n' : index > 0 ? ' ' : '') + word.text).join('');
}

/** Puts the chosen words into the active field. */
export function fill() {
    const name = hand.value;
    if (!name || !chosenWords.value || !may('correct')) {
        return;
    }
    const type = fieldType(name);
    const value = fromWords(type, textOf(chosenWords.value).replaceAll('\n', ' '));
    const input = document.getElementById(`field-${name}`);
    chosenWords.value = null;
    draft(name, value);
    if (input) { // it has the focus, so the page does not write into it by itself
        input.value = shownValue(type, value);
        input.focus();
    }
    save();
}

export async function copy() {
    await navigator.clipboard.writeText(textOf(chosenWords.value));
    notify(text('copied'));
    chosenWords.value = null;
}
