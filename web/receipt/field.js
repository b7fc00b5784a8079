// One field: its name, its value, the confidence in it, and the input to correct it.

import {html, useEffect, useRef} from '../kit/kit.js';
import {DateControl} from '../parts/date_control.js';
import {bankName, banksByCountry, catalogue, fieldLabel, fieldType} from '../state/catalogue.js';
import {may} from '../state/session.js';
import {CURRENCIES, currencyName, currencyShort, dateInWords, percent} from '../words/format.js';
import {hasText, sentence, text} from '../words/text.js';
import {asked} from './asked.js';
import {complaints, current, draft, drafts, hand, lit, save} from './current.js';
import {Known} from './known.js';
import {pageCount, showPage} from './pages.js';
import {isAmount, keptValue, shownValue} from './values.js';

/** Why the service asks to look at that field: the reason's code; null if it does not. Its own thresholds decide. */
const askedWhy = (item, name) => asked(item).find((reason) => reason.field === name)?.code ?? null;

/** The reason in two or three words. */
function markOf(code, field) {
    const name = `mark_${code}`;
    return code === 'doubtful' && field.confidence !== undefined ? text('sure', percent(field.confidence)) : text(hasText(name) ? name : 'toCheck');
}

/** What stands beside the name of a field that is sure: a date in words, and its page; half a row has no room for both. */
function Told({field, type, isPaired}) {
    const words = [type === 'date' ? dateInWords(field.value) : '', pageCount() > 1 && field.page ? text('onPage', field.page) : ''].filter(Boolean);
    return words.length > 0 && html`<span class="mark quiet" title=${words.join(' · ')}>${words.slice(0, isPaired ? 1 : 2).join(' · ')}</span>`;
}

function Mark({name, field, type, isChanged, isPaired}) {
    if (isChanged) {
        return html`<span class="mark quiet">${text('notSaved')}</span>`;
    }
    if (!field) {
        return html`<span class="mark quiet">${text('notFound')}</span>`;
    }
    if (field.corrected) {
        return html`<span class="mark good">${text('corrected')}</span>`;
    }
    const code = askedWhy(current.value, name);
    return code ? html`<span class="mark doubt" title=${field.confidence === undefined ? undefined : text('sureTold', percent(field.confidence))}>${markOf(code, field)}</span>`
        : html`<${Told} field=${field} type=${type} isPaired=${isPaired} />`;
}

function BankChoice({value, ...rest}) {
    const isKnown = catalogue.value.banks.has(value);
    return html`<select value=${value} ...${rest}><option value=""></option>
        ${!isKnown && value !== '' && html`<option value=${value}>${value}</option>`}
        ${banksByCountry().map(([country, banks]) => html`<optgroup key=${country} label=${country}>${banks.map((bank) => html`<option
            key=${bank.code} value=${bank.code}>${bankName(bank.code, bank.name)} (${bank.code})</option>`)}</optgroup>`)}</select>`;
}

function CurrencyChoice({value, ...rest}) {
    const codes = CURRENCIES.includes(value) || value === '' ? CURRENCIES : [value, ...CURRENCIES];
    const tell = (code) => (code === value ? currencyShort(code) : currencyName(code)); // half a line has no room for the name
    return html`<select value=${value} title=${value && currencyName(value)} ...${rest}><option value=""></option>
        ${codes.map((code) => html`<option key=${code} value=${code}>${tell(code)}</option>`)}</select>`;
}

function Control({name, type, value, ...rest}) {
    const place = useRef(null);
    const shown = shownValue(type, value);
    useEffect(() => { // text being typed is not changed
        if (place.current && document.activeElement !== place.current) {
            place.current.value = shown;
        }
    }, [shown]);
    const common = {id: `field-${name}`, ref: place, defaultValue: shown, autocomplete: 'off', spellcheck: false,
        onInput: (event) => draft(name, keptValue(type, event.currentTarget.value)), ...rest};
    if (type === 'bank') {
        return html`<${BankChoice} id=${`field-${name}`} value=${value} ...${rest} onChange=${(event) => { draft(name, event.currentTarget.value); save(); }} />`;
    }
    if (type === 'date') {
        const {ref, readonly, ...others} = common;
        const pick = (day) => {
            draft(name, day);
            save();
        };
        return html`<${DateControl} value=${value} pick=${pick} isReadonly=${readonly} field=${ref} ...${others} />`;
    }
    if (type === 'currency') {
        return html`<${CurrencyChoice} id=${`field-${name}`} value=${value} ...${rest} onChange=${(event) => { draft(name, event.currentTarget.value); save(); }} />`;
    }
    if (type === 'text' && value.length > 40) {
        return html`<textarea rows="2" ...${common}></textarea>`;
    }
    const modes = {phone: 'tel', reference: 'text', id: 'text', email: 'email'};
    return html`<input type="text" inputmode=${isAmount(type) ? 'decimal' : modes[type]} ...${common} />`;
}

export function Field({name, isPaired}) {
    const item = current.value;
    const field = item.fields[name];
    const type = fieldType(name);
    const isChanged = name in drafts.value;
    const value = isChanged ? drafts.value[name] : field?.value ?? '';
    const complaint = complaints.value[name];
    const classes = ['entry', isPaired ? 'paired' : '', askedWhy(item, name) ? 'doubtful' : '', lit.value === name || hand.value === name ? 'lit' : ''].join(' ');
    const keys = (event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            event.currentTarget.value = shownValue(type, keptValue(type, event.currentTarget.value));
            save();
        }
    };
    const take = () => {
        hand.value = name;
        if (field?.page && !(name in drafts.value)) {
            showPage(field.page);
        }
    };
    return html`<div class=${classes} onMouseEnter=${() => { lit.value = name; }} onMouseLeave=${() => { lit.value = null; }}>
        <div class="entry-head"><label for=${`field-${name}`}>${fieldLabel(name)}</label>
            <${Mark} name=${name} field=${field} type=${type} isChanged=${isChanged} isPaired=${isPaired} /></div>
        <${Control} name=${name} type=${type} value=${value} readonly=${!may('correct')} disabled=${(type === 'bank' || type === 'currency') && !may('correct')}
            aria-invalid=${Boolean(complaint)} aria-describedby=${complaint ? `complaint-${name}` : undefined}
            onFocus=${take} onBlur=${() => { if (name in drafts.value) { save(); } }} onKeyDown=${keys} />
        <${Known} item=${item} name=${name} />
        ${complaint && html`<p class="complaint" id=${`complaint-${name}`} role="alert">${sentence(complaint)}</p>`}
    </div>`;
}
