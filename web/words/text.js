// Words of the page in the reader's language: the one chosen here, else the one that the server found.

import {en} from './en.js';
import {es} from './es.js';

const KEY = 'lince-language';
const ALL = {en, es};

const served = document.documentElement.lang;

function chosen() {
    const kept = localStorage.getItem(KEY);
    return kept in ALL ? kept : served in ALL ? served : 'en';
}

export const language = chosen();
document.documentElement.lang = language;

/** Headers that ask for this language, where the browser would ask for another one. */
export const ASKED = language === served ? {} : {'Accept-Language': language};

/** Another language means another page: everything is told anew. */
export function chooseLanguage(wanted) {
    localStorage.setItem(KEY, wanted);
    location.reload();
}

let plural = null;

/** The text of that name with {0}, {1} replaced; a text may have forms for one and for more, by the first value. */
export function text(name, ...values) {
    let found = ALL[language][name];
    if (found === undefined) {
        throw new Error(`no text called ${name}`);
    }
    if (typeof found === 'object') {
        plural ??= new Intl.PluralRules(language);
        found = found[plural.select(Number(values[0]))] ?? found.other;
    }
    return found.replace(/\{(\d)\}/g, (_, index) => values[Number(index)]);
}

export const hasText = (name) => name in ALL[language];

/** A message of the service, which is part of a sentence, as a sentence of its own. */
export const sentence = (message) => (message && /[^.!?…:]$/.test(message) ? `${message}.` : message);
