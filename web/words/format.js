// Numbers, money, dates and sizes as the reader writes them.

import {language, text} from './text.js';

const own = navigator.languages.find((tag) => tag.startsWith(language));
const locale = own && own.length > 2 ? own : {en: 'en-GB', es: 'es-VE'}[language];
const SIGNS = {VES: 'Bs', VEF: 'Bs', VED: 'Bs', USD: 'US$', EUR: '€', COP: 'COL$', PEN: 'S/', BRL: 'R$', CLP: 'CLP$', MXN: 'MX$', ARS: 'AR$'};

/** A format takes the browser tens of milliseconds to make: each is made when it is first used. */
function once(make) {
    let made = null;
    return (value) => (made ??= make()).format(value);
}

const plain = once(() => new Intl.NumberFormat(locale));
const cents = once(() => new Intl.NumberFormat(locale, {minimumFractionDigits: 2, maximumFractionDigits: 2}));
const day = once(() => new Intl.DateTimeFormat(locale, {day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC'}));
const moment = once(() => new Intl.DateTimeFormat(locale, {day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit'}));
const whole = once(() => new Intl.DateTimeFormat(locale, {dateStyle: 'long', timeStyle: 'short'}));
const minute = once(() => new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit'}));
const second = once(() => new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', second: '2-digit'}));
const ofDay = once(() => new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', timeZone: 'UTC'}));
const monthOf = once(() => new Intl.DateTimeFormat(locale, {month: 'short', year: 'numeric', timeZone: 'UTC'}));

const compact = once(() => new Intl.NumberFormat(locale, {notation: 'compact', maximumFractionDigits: 1}));

export const number = plain;
/** "400 mil", where there is little room. */
export const short = (value) => compact(value);
export const amount = (value) => (value === '' || value === null || Number.isNaN(Number(value)) ? value ?? '' : cents(Number(value) + 0)); // without the minus of -0

/** Makes the formats of a list, while its documents are on the way. */
export function prepare() {
    amount(0);
    day(new Date());
}

/** "Bs 2.990,00"; the minus of a negative amount is before the currency, "-Bs 2,30". */
export function money(value, currency) {
    if (value === null || value === undefined || value === '') {
        return '';
    }
    const sign = SIGNS[currency] ?? currency ?? '';
    return !sign ? amount(value) : Number(value) < 0 ? `-${sign}\u00a0${amount(-Number(value))}` : `${sign}\u00a0${amount(value)}`;
}

/** The beginning of the day "2026-08-09" in UTC; null for what is no day. */
export function dayOf(value) {
    const at = /^\d{4}-\d{2}-\d{2}$/.test(value ?? '') ? new Date(`${value}T00:00:00Z`) : null;
    return at && !Number.isNaN(at.getTime()) ? at : null;
}

/** "2026-08-09" as a date of the reader's. */
export function date(value) {
    const at = dayOf(value);
    return at ? day(at) : value ?? '';
}

const long = once(() => new Intl.DateTimeFormat(locale, {weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC'}));

/** "2026-08-09" with the day of the week and the month in words, which nobody mistakes for another day. */
export function dateInWords(value) {
    const at = dayOf(value);
    return at ? long(at) : '';
}

export const CURRENCIES = Object.keys(SIGNS).filter((code) => code !== 'VEF' && code !== 'VED');
let currencies = null;

/** "USD · US dollar"; a code that is none stays as it is. */
export function currencyName(code) {
    currencies ??= new Intl.DisplayNames([language], {type: 'currency', fallback: 'none'});
    const name = /^[A-Z]{3}$/.test(code) ? currencies.of(code) : undefined;
    return name ? `${code} · ${name}` : code;
}

/** "VES · Bs", for a place with little room. */
export const currencyShort = (code) => (SIGNS[code] && SIGNS[code] !== code ? `${code} · ${SIGNS[code]}` : code);

/** "ago 2026", of a moment in UTC. */
export const month = (at) => monthOf(at);

/** The time of a moment here: "05:53 p. m.". */
export const clock = (stamp) => minute(new Date(stamp));
export const clockWhole = (stamp) => second(new Date(stamp));

/** "17:53", as the service keeps the time on a receipt, in the reader's form: "05:53 p. m."; anything else as it is. */
export function time(value) {
    const at = /^([01]\d|2[0-3]):[0-5]\d$/.test(value ?? '') ? new Date(`1970-01-01T${value}:00Z`) : null;
    return at ? ofDay(at) : value ?? '';
}

/** What a person typed or a page shows as a time: "5:53 p. m.", "17.53" and "1753" as "17:53"; anything else as it is. */
export function parseTime(typed) {
    const [, hours, minutes, half] = typed.trim().match(/^(\d{1,2})[:.h\s]?(\d{2})(?:[:.]\d{2})?\s*(?:([ap])\s*\.?\s*m\s*\.?|h(?:rs?|oras)?\.?)?$/i) ?? [];
    if (!hours || Number(minutes) > 59 || Number(hours) > 23 || (half && (Number(hours) > 12 || Number(hours) < 1))) {
        return typed.trim();
    }
    const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours);
    return `${String(hour).padStart(2, '0')}:${minutes}`;
}

export const when = (stamp) => (stamp ? moment(new Date(stamp)) : '');
export const whenWhole = (stamp) => (stamp ? whole(new Date(stamp)) : '');

export function bytes(count) {
    const units = ['B', 'kB', 'MB', 'GB'];
    let at = 0;
    let value = count;
    while (value >= 1000 && at < units.length - 1) {
        value /= 1000;
        at += 1;
    }
    return `${plain(value < 10 && at > 0 ? Math.round(value * 10) / 10 : Math.round(value))}\u00a0${units[at]}`;
}

/** Memory is limited in MiB, and told so. */
export const mebibytes = (count) => `${plain(Math.round((count / (1 << 20)) * 10) / 10)}\u00a0MiB`;

/** A number of bytes: small ones in KiB, so that a small change is seen. */
export const memory = (count) => (count > 0 && count < 1 << 20 ? `${plain(Math.ceil(count / 1024))}\u00a0KiB` : mebibytes(count));

export const percent = (share) => `${plain(Math.floor(100 * share))}\u00a0%`;

export function seconds(count) {
    return count < 90 ? text('seconds', Math.max(1, Math.round(count))) : text('minutes', Math.round(count / 60));
}

/** What a person typed as an amount, with a point before the cents: "1.234,50" and "1,234.50" are both 1234.50. */
export function parseAmount(typed) {
    const digits = typed.replace(/[^\d.,-]/g, '');
    const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
    const decimals = last < 0 ? '' : digits.slice(last + 1);
    const isCents = last >= 0 && decimals.length !== 3;
    const before = (isCents ? digits.slice(0, last) : digits).replace(/[.,]/g, '');
    return before === '' && decimals === '' ? typed.trim() : `${before || '0'}.${isCents ? decimals.padEnd(2, '0') : '00'}`;
}

/** The order of day, month and year in the reader's dates. */
let order = null;

function dateOrder() {
    order ??= new Intl.DateTimeFormat(locale, {day: '2-digit', month: '2-digit', year: 'numeric'}).formatToParts(new Date(0))
        .map((part) => part.type).filter((type) => type !== 'literal');
    return order;
}

/** "dd/mm/yyyy", as a hint for typing. */
export const dateHint = () => dateOrder().map((part) => text(`hint_${part}`)).join('/');

/** What a person typed as a date, in the reader's own order: "9-8-26" or "09082026" as "2026-08-09"; anything else as it is. */
export function parseOwnDate(typed) {
    const groups = typed.match(/\d+/g) ?? [];
    const digits = groups.length === 1 && /^(\d{6}|\d{8})$/.test(groups[0]) ? groups[0] : '';
    const [a, b, c] = digits ? cut(digits) : groups;
    if ((!digits && groups.length !== 3) || /[^\d/.\-\s]/.test(typed)) {
        return typed.trim();
    }
    const own = a.length === 4 ? ['year', 'month', 'day'] : dateOrder();
    const found = Object.fromEntries(own.map((part, index) => [part, [a, b, c][index]]));
    if (Number(found.month) > 12 && Number(found.day) <= 12) { // it can only mean the other order
        [found.month, found.day] = [found.day, found.month];
    }
    const year = found.year.length === 2 ? `20${found.year}` : found.year;
    return `${year}-${found.month.padStart(2, '0')}-${found.day.padStart(2, '0')}`;
}

/** The parts of a date without signs between them. */
function cut(digits) {
    const years = digits.length - 4;
    let at = 0;
    return dateOrder().map((part) => {
        const from = at;
        at += part === 'year' ? years : 2;
        return digits.slice(from, at);
    });
}

/** What a page shows as a date, which is day, month and year: "09/08/2026" as "2026-08-09"; anything else as it is. */
export function parseDate(typed) {
    const [, d, m, y] = typed.match(/(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2,4})/) ?? [];
    return d && !/^\d{4}-/.test(typed) ? `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : typed.trim();
}
