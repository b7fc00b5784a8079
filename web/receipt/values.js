// Values of fields by their type: as people see and type them, and as the service keeps them.

import {amount, date, parseAmount, parseDate, parseOwnDate, parseTime, time} from '../words/format.js';

const AMOUNTS = new Set(['amount', 'money']);

export const isAmount = (type) => AMOUNTS.has(type);

/** In the form for typing. */
export function shownValue(type, value) {
    if (type === 'date') {
        return date(value);
    }
    if (type === 'time') {
        return time(value);
    }
    return isAmount(type) && value !== '' && !Number.isNaN(Number(value)) ? amount(value) : value;
}

/** In the service's form, from what was typed. Text that is not understood is sent unchanged. */
export function keptValue(type, typed) {
    const value = typed.trim();
    if (value === '') {
        return '';
    }
    if (isAmount(type)) {
        return parseAmount(value);
    }
    if (type === 'date') {
        return parseOwnDate(value);
    }
    if (type === 'time') {
        return parseTime(value);
    }
    if (type === 'phone' || type === 'reference') {
        return type === 'phone' ? value.replace(/[\s()-]/g, '') : value;
    }
    return value;
}

/** The part of the words on a picture that a field of that type takes, such as the four digits of a bank. */
export function fromWords(type, words) {
    if (type === 'bank') {
        return words.match(/\b(0\d{3})\b/)?.[1] ?? words;
    }
    if (type === 'date') {
        return parseDate(words);
    }
    if (type === 'time') {
        return parseTime(words.match(/\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\s*\.?\s*m\b\.?)?/i)?.[0] ?? words);
    }
    return keptValue(type, words);
}
