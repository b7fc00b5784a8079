// The conditions of the list: in the address, in the form, and as parameters of the service.

import {html, useEffect, useRef} from '../kit/kit.js';
import {DateControl} from '../parts/date_control.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {batches} from '../state/batches.js';
import {bankName, banksByCountry} from '../state/catalogue.js';
import {documents} from '../state/documents.js';
import {adjust, route} from '../state/route.js';
import {amount, date, dayOf, parseAmount, parseOwnDate} from '../words/format.js';
import {text} from '../words/text.js';
import {fileName} from './kin.js';
import {isView} from './views.js';

const STATES = ['held', 'queued', 'reading', 'done', 'failed', 'poisoned', 'cancelled'];
const FILTERS = ['text', 'status', 'needs_review', 'duplicate', 'bank', 'sender', 'batch', 'part_of', 'paid_since', 'paid_until', 'amount_min',
    'amount_max', 'since', 'until'];

/** The conditions of the address, as the parameters of /v1/documents. */
export function parameters(query) {
    const wanted = Object.fromEntries([...FILTERS, 'sort'].filter((name) => query[name]).map((name) => [name, query[name]]));
    return wanted.until ? {...wanted, until: nextDay(wanted.until)} : wanted;
}

/** `until` is the last wanted day; the service expects the moment after it. */
function nextDay(day) {
    const at = new Date(`${day}T00:00:00Z`);
    at.setUTCDate(at.getUTCDate() + 1);
    return at.toISOString().slice(0, 10);
}

const activeFilters = () => FILTERS.filter((name) => name !== 'text' && route.value.query[name]);

function set(name, value) {
    const query = {...route.value.query, [name]: value};
    if (!value) {
        delete query[name];
    }
    adjust(query);
}

const options = (values, label) => values.map((value) => html`<option key=${value} value=${value}>${label(value)}</option>`);

function Choice({name, label, values, tell}) {
    return html`<label class="field"><span>${text(label)}</span><select value=${route.value.query[name] ?? ''}
        onChange=${(event) => set(name, event.currentTarget.value)}><option value="">${text('any')}</option>${options(values, tell)}</select></label>`;
}

function BankChoice() {
    return html`<label class="field"><span>${text('bank')}</span><select value=${route.value.query.bank ?? ''}
        onChange=${(event) => set('bank', event.currentTarget.value)}><option value="">${text('any')}</option>
        ${banksByCountry().map(([country, banks]) => html`<optgroup key=${country} label=${country}>${banks.map((bank) => html`<option
            key=${bank.code} value=${bank.code}>${bankName(bank.code)}</option>`)}</optgroup>`)}</select></label>`;
}

/** What the service sorts by, and the text for it. A phone has no heads of columns to press. */
const SORTS = {received: 'received', paid: 'paidOn', who: 'who', amount: 'amount', bank: 'bank', sender: 'sender', status: 'state'};
const USUAL_SORT = '-received';

function SortChoice() {
    const sort = route.value.query.sort ?? USUAL_SORT;
    const isDown = sort.startsWith('-');
    const by = isDown ? sort.slice(1) : sort;
    const turn = (name, down) => adjust({...route.value.query, sort: `${down ? '-' : ''}${name}`});
    return html`<div class="field"><span><label for="sort-by">${text('sortBy')}</label></span><select id="sort-by" value=${by} onChange=${(event) => turn(event.currentTarget.value, isDown)}>
            ${options(Object.keys(SORTS), (name) => text(SORTS[name]))}</select></div>
        <div class="field"><span><label for="sort-order">${text('sortOrder')}</label></span><select id="sort-order" value=${isDown ? 'down' : 'up'} onChange=${(event) => turn(by, event.currentTarget.value === 'down')}>
            ${options(['down', 'up'], (order) => text(`sort_${order}`))}</select></div>`;
}

/** What was typed as a day; what is none goes away. */
function setDay(name, event) {
    const day = parseOwnDate(event.currentTarget.value);
    const isDay = dayOf(day) !== null;
    event.currentTarget.value = isDay ? date(day) : '';
    set(name, isDay ? day : '');
}

/** One end of a range. Its input stays the same one, so that the focus stays in it. */
function Limit({name, type, told, words}) {
    const place = useRef(null);
    const value = route.value.query[name] ?? '';
    const shown = type === 'date' ? date(value) : amount(value);
    useEffect(() => { place.current.value = shown; }, [shown]);
    return type === 'date' ? html`<${DateControl} field=${place} aria-label=${told} value=${value} defaultValue=${shown} autocomplete="off"
        pick=${(day) => set(name, day)} onChange=${(event) => setDay(name, event)} />`
        : html`<input ref=${place} inputmode="decimal" autocomplete="off" aria-label=${told} defaultValue=${shown} placeholder=${text(words)}
            onChange=${(event) => set(name, event.currentTarget.value.trim() && parseAmount(event.currentTarget.value))} />`;
}

function Range({label, from, to, type}) {
    const edge = (words) => type === 'date' && html`<span class="edge quiet" aria-hidden="true">${text(words)}</span>`;
    const input = (name, words) => html`<${Limit} name=${name} type=${type} told=${`${text(label)}: ${text(words)}`} words=${words} />`;
    return html`<fieldset class=${`field range ${type === 'date' ? 'days' : ''}`}><legend>${text(label)}</legend>${edge('from')}${input(from, 'from')}
        <span class="dash" aria-hidden="true">–</span>${edge('to')}${input(to, 'to')}</fieldset>`;
}

/** The text of a condition, for its chip. */
function said(name, value) {
    const batch = batches.value.find((each) => each.id === value);
    const words = {
        status: () => text(value), needs_review: () => text('toCheck'), duplicate: () => text('duplicates'),
        bank: () => bankName(value), sender: () => text('sentBy', value), batch: () => batch?.name || text('batch'),
        part_of: () => text('partsOf', fileName(documents.value.find((each) => each?.part_of?.id === value))), paid_since: () => text('paidFrom', date(value)),
        paid_until: () => text('paidTo', date(value)), amount_min: () => text('amountFrom', amount(value)),
        amount_max: () => text('amountTo', amount(value)), since: () => text('receivedFrom', date(value)), until: () => text('receivedTo', date(value)),
    };
    return words[name]();
}

export function FilterMenu() {
    return html`<${Menu} icon="filter" label=${text('filters')} count=${activeFilters().length}>
        <div class="filters">
            <${SortChoice} />
            <${Choice} name="status" label="state" values=${STATES} tell=${(value) => text(value)} />
            <${BankChoice} />
            <label class="field"><span>${text('sender')}</span><input value=${route.value.query.sender ?? ''} placeholder=${text('senderHint')}
                onChange=${(event) => set('sender', event.currentTarget.value.trim())} /></label>
            <${Choice} name="batch" label="batch" values=${batches.value.map((batch) => batch.id)}
                tell=${(id) => batches.value.find((batch) => batch.id === id)?.name || id} />
            <${Range} label="paidOn" from="paid_since" to="paid_until" type="date" />
            <${Range} label="received" from="since" to="until" type="date" />
            <${Range} label="amount" from="amount_min" to="amount_max" type="amount" />
            <label class="check"><input type="checkbox" checked=${route.value.query.needs_review === 'true'}
                onChange=${(event) => set('needs_review', event.currentTarget.checked ? 'true' : '')} /> ${text('onlyToCheck')}</label>
            <label class="check"><input type="checkbox" checked=${route.value.query.duplicate === 'true'}
                onChange=${(event) => set('duplicate', event.currentTarget.checked ? 'true' : '')} /> ${text('onlyDuplicates')}</label>
        </div><//>`;
}

let typing = null;

export function SearchField() {
    const search = (event) => {
        const {value} = event.currentTarget;
        clearTimeout(typing);
        typing = setTimeout(() => set('text', value.trim()), 200);
    };
    return html`<label class="search"><${Icon} name="search" /><input id="search" type="search" placeholder=${text('searchHint')}
        aria-label=${text('search')} defaultValue=${route.value.query.text ?? ''} onInput=${search} /></label>`;
}

/** The current conditions, each with a function that removes it. */
export function Chips() {
    const active = activeFilters();
    return active.length > 0 && !isView(route.value.query) && html`<div class="chips">
        ${active.map((name) => html`<button type="button" key=${name} class="chip" onClick=${() => set(name, '')}>
            ${said(name, route.value.query[name])}<span class="hidden">: ${text('remove')}</span><${Icon} name="close" /></button>`)}
        <button type="button" class="bare" onClick=${() => adjust({...(route.value.query.sort ? {sort: route.value.query.sort} : {})})}>${text('clearAll')}</button>
    </div>`;
}
