// A known party, being written: a list of values of each kind, checked by the service when they are kept.

import {html, useLayoutEffect, useRef, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {bankName, banksByCountry} from '../state/catalogue.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {may} from '../state/session.js';
import {sentence, text} from '../words/text.js';
import {KINDS} from './party_kinds.js';

const MOST = 32; // values of a kind that the service takes
const INPUTS = {phones: {inputmode: 'tel'}, accounts: {inputmode: 'numeric'}};

const pathOf = (id) => `v1/parties/${encodeURIComponent(id)}`;
const valuesOf = (party, kind) => (party?.[kind] ?? []).map((fact) => fact.value);
const same = (one, other) => one.length === other.length && one.every((value, index) => value === other[index]);

/** The service's sentence with the words of this page, and the other party that it speaks of by its name. */
async function humane(message) {
    const [id] = message.match(/\bpar_\w+/) ?? [];
    const other = id ? await get(pathOf(id)).catch(() => null) : null;
    const words = new RegExp(`\\bpar_\\w+|\\b(?:${KINDS.join('|')})\\b`, 'g');
    const wordOf = (word) => (word === id ? other?.name : null) ?? word;
    return message.replace(words, (word) => (KINDS.includes(word) ? `«${text(`party_${word}`)}»` : wordOf(word)));
}

function Bank({value, label, change}) {
    const all = banksByCountry();
    const isKnown = !value || all.some(([, banks]) => banks.some((bank) => bank.code === value));
    return html`<select aria-label=${label} value=${value} onChange=${(event) => change(event.currentTarget.value)}><option value=""></option>
        ${!isKnown && html`<option value=${value}>${bankName(value)}</option>`}
        ${all.map(([country, banks]) => html`<optgroup key=${country} label=${country}>${banks.map((bank) => html`<option
            key=${bank.code} value=${bank.code}>${bankName(bank.code)}</option>`)}</optgroup>`)}</select>`;
}

/** `change` gets the new list. */
function Values({kind, values, complaint, change}) {
    const place = useRef(null);
    const isAdded = useRef(false);
    useLayoutEffect(() => { // the new value is written at once
        if (isAdded.current) {
            isAdded.current = false;
            [...place.current.querySelectorAll('input, select')].at(-1)?.focus();
        }
    }, [values.length]);
    const put = (index, value) => change(values.map((each, at) => (at === index ? value : each)));
    const remove = (index) => {
        change(values.filter((_, at) => at !== index));
        place.current.querySelector('.add-value').focus();
    };
    const add = () => {
        isAdded.current = true;
        change([...values, '']);
    };
    const label = (index) => `${text(`party_${kind}`)} ${index + 1}`;
    const trouble = complaint ? {'aria-invalid': 'true', 'aria-describedby': `complaint-${kind}`} : {};
    return html`<fieldset class="values" ref=${place}><legend>${text(`party_${kind}`)}</legend>
        ${values.map((value, index) => html`<div key=${index}>${kind === 'banks' ? html`<${Bank} value=${value} label=${label(index)} change=${(next) => put(index, next)} />`
            : html`<input value=${value} aria-label=${label(index)} maxlength="255" autocomplete="off" ...${INPUTS[kind] ?? {}} ...${trouble} onInput=${(event) => put(index, event.currentTarget.value)} />`}
            <button type="button" class="bare" aria-label=${text('takeBack', value || label(index))} onClick=${() => remove(index)}><${Icon} name="trash" /></button></div>`)}
        ${complaint && html`<p class="complaint" id=${`complaint-${kind}`} role="alert">${sentence(complaint)}</p>`}
        <button type="button" class="small add-value" disabled=${values.length >= MOST} aria-label=${`${text('add')}: ${text(`party_${kind}`)}`} onClick=${add}><${Icon} name="plus" />${text('add')}</button></fieldset>`;
}

/** Keeps what was written, and tells how to take it back. */
async function keep(party, changed, look) {
    if (party) {
        const before = Object.fromEntries(Object.keys(changed).map((kind) => [kind, valuesOf(party, kind)]));
        const {name} = await send('PATCH', pathOf(party.id), changed);
        const undo = () => attempt(() => send('PATCH', pathOf(party.id), before)).then(look);
        notify(text('partyKept', name), {act: {label: text('undo'), run: undo}});
    } else {
        const {id, name} = await send('POST', 'v1/parties', changed);
        const undo = () => attempt(() => send('DELETE', pathOf(id))).then(look);
        notify(text('partyKept', name), may('admin') ? {act: {label: text('undo'), run: undo}} : {});
    }
}

/** `party`: null for a new one. `done` is called when it is kept, `look` when the list should be loaded again. */
export function PartyForm({party, done, look, close}) {
    const [lists, setLists] = useState(() => Object.fromEntries(KINDS.map((kind) => [kind, valuesOf(party, kind)])));
    const [complaint, setComplaint] = useState(null); // {kind, message}
    const [isBusy, setBusy] = useState(false);
    const submit = async (event) => {
        event.preventDefault();
        const written = KINDS.map((kind) => [kind, [...new Set(lists[kind].map((value) => value.trim()).filter(Boolean))]]);
        const changed = Object.fromEntries(written.filter(([kind, values]) => !same(values, valuesOf(party, kind))));
        if (Object.keys(changed).length === 0 && party) {
            close();
            return;
        }
        setBusy(true);
        setComplaint(null);
        try {
            await keep(party, changed, look);
            done();
        } catch (problem) {
            if (problem.status === undefined) {
                throw problem;
            }
            const named = KINDS.filter((kind) => new RegExp(`\\b${kind}\\b`).test(problem.message));
            setComplaint({kind: named.length === 1 ? named[0] : null, message: await humane(problem.message)});
        }
        setBusy(false);
    };
    return html`<form class="party-form" onSubmit=${submit} autocomplete="off">
        <div class="party-values">${KINDS.map((kind) => html`<${Values} key=${kind} kind=${kind} values=${lists[kind]} complaint=${complaint?.kind === kind ? complaint.message : null}
            change=${(values) => setLists({...lists, [kind]: values})} />`)}</div>
        ${complaint && !complaint.kind && html`<p class="complaint" role="alert">${sentence(complaint.message)}</p>`}
        <footer><button type="button" onClick=${close}>${text('cancel')}</button><button class="main" disabled=${isBusy}>${text('save')}</button></footer></form>`;
}
