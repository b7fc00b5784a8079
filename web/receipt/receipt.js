// One receipt: its picture beside its fields, and the way to the next one to check.

import {html, useEffect} from '../kit/kit.js';
import {Empty} from '../parts/empty.js';
import {Icon} from '../parts/icon.js';
import {readAgain, removeLater} from '../receipts/actions.js';
import {parameters} from '../receipts/filters.js';
import {State} from '../receipts/state.js';
import {summary} from '../receipts/summary.js';
import {documents, fillRange, load, neighbours, nextDoubtful} from '../state/documents.js';
import {attempt, notify} from '../state/notices.js';
import {address, go, route} from '../state/route.js';
import {may} from '../state/session.js';
import {money, number, when} from '../words/format.js';
import {sentence, text} from '../words/text.js';
import {asked} from './asked.js';
import {approve, current, isSaving, keepCurrent, open, openProblem} from './current.js';
import {Fields} from './fields.js';
import {Kindred} from './parts.js';
import {pageCount, pageNumber, showPage} from './pages.js';
import {Past} from './past.js';
import {Picture} from './picture.js';
import {Reasons} from './reasons.js';
import {Twin} from './twin.js';

/** Receipts before and after this one that are known, so that one can go from one to the next. */
const NEAR = 20;

const back = () => go('receipts', null, route.value.query);

function step(way, isWanted) {
    const to = neighbours(route.value.id, isWanted)[way];
    if (to) {
        go('receipt', to, route.value.query);
    } else {
        back();
    }
}

async function approveAndNext() {
    if (!may('correct')) {
        return;
    }
    const {id} = current.value;
    if (await approve()) {
        await attempt(async () => {
            const next = await nextDoubtful(id);
            if (next) {
                go('receipt', next, route.value.query);
            } else {
                notify(text('allChecked'));
                back();
            }
        });
    }
}

/** The first field that the service asks to look at, or else the first one, so that typing can begin at once. */
function focusFirst() {
    const item = current.value;
    const names = asked(item).map((reason) => `field-${reason.field}`);
    const inputs = [...document.querySelectorAll('.fields input:not(.hidden), .fields select, .fields textarea')];
    const first = inputs.find((input) => names.includes(input.id)) ?? (matchMedia('(pointer: fine)').matches ? inputs[0] : null);
    first?.focus({preventScroll: !names.length});
    first?.select?.();
}

function keys(event) {
    const isTyping = /INPUT|SELECT|TEXTAREA/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
        event.preventDefault();
        document.activeElement?.blur();
        approveAndNext();
    } else if (event.altKey && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
        event.preventDefault();
        step(event.key === 'ArrowRight' ? 'next' : 'previous');
    } else if ((event.key === 'PageDown' || event.key === 'PageUp') && pageCount() > 1 && event.target.tagName !== 'TEXTAREA') {
        event.preventDefault();
        showPage(pageNumber.value + (event.key === 'PageDown' ? 1 : -1));
    } else if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open], .panel, .row-form')) {
        if (isTyping) {
            document.activeElement.blur();
        } else {
            back();
        }
    } else if (!isTyping && !event.ctrlKey && !event.metaKey && (event.key === 'n' || event.key === 'p')) {
        step(event.key === 'n' ? 'next' : 'previous');
    }
}

function Header({item}) {
    const {at, count, previous, next} = neighbours(item.id);
    const found = summary(item);
    return html`<header class="receipt-head">
        <a class="button bare" href=${address('receipts', null, route.value.query)} title=${text('backToList')}><${Icon} name="left" /><span class="label">${text('receipts')}</span></a>
        <div class="title"><h1>${found.who || item.name || text('receipt')}</h1>
            <p class="quiet"><${State} item=${item} /> ${found.amount && html`<strong>${money(found.amount, found.currency)}</strong>`} <span>${found.who ? item.name : ''}</span> <span>${when(item.received_at)}</span></p></div>
        <div class="steps">${at >= 0 && html`<span class="quiet">${text('placeOf', number(at + 1), number(count))}</span>`}
            <button type="button" aria-label=${text('previous')} title=${`${text('previous')} (Alt+←)`} disabled=${!previous} onClick=${() => step('previous')}><${Icon} name="up" /></button>
            <button type="button" aria-label=${text('next')} title=${`${text('next')} (Alt+→)`} disabled=${!next} onClick=${() => step('next')}><${Icon} name="down" /></button></div>
    </header>`;
}

function Actions({item}) {
    const mayApprove = may('correct') && item.status === 'done' && item.needs_review;
    return html`<footer class="receipt-actions">
        ${mayApprove && html`<button type="button" class="main" disabled=${isSaving.value} onClick=${approveAndNext}><${Icon} name="check" />
            <span>${text('approveNext')}</span><kbd>Ctrl ↵</kbd></button>`}
        ${may('submit') && html`<button type="button" onClick=${() => readAgain([item.id])}><${Icon} name="again" /><span class="label">${text('readAgain')}</span></button>`}
        <button type="button" onClick=${() => print()}><${Icon} name="print" /><span class="label">${text('print')}</span></button>
        ${may('admin') && html`<button type="button" class="danger" onClick=${() => { removeLater([item.id]); step('next'); }}><${Icon} name="trash" /><span class="label">${text('delete')}</span></button>`}
    </footer>`;
}

export function Receipt() {
    const {id} = route.value;
    const item = current.value;
    useEffect(() => {
        open(id);
        return keepCurrent(id);
    }, [id]);
    useEffect(() => {
        if (documents.value.length === 0) {
            load(parameters(route.value.query));
        }
        document.addEventListener('keydown', keys);
        return () => document.removeEventListener('keydown', keys);
    }, []);
    useEffect(() => {
        if (current.value) {
            focusFirst();
        }
    }, [item?.id]);
    const {at} = neighbours(id);
    useEffect(() => { // the way to the next ones, where the list is not loaded
        if (at >= 0) {
            fillRange(Math.max(0, at - NEAR), Math.min(documents.value.length - 1, at + NEAR)).catch(() => undefined);
        }
    }, [at]);
    if (openProblem.value) {
        return html`<div class="room"><${Empty} icon="warning" title=${text('cannotOpen')}><p>${sentence(openProblem.value.message)}</p>
            <a class="button" href=${address('receipts', null, route.value.query)}>${text('backToList')}</a><//></div>`;
    }
    if (!item || item.id !== id) {
        return html`<div class="room"><p class="quiet" aria-busy="true">${text('loading')}</p></div>`;
    }
    return html`<div class="receipt"><${Header} item=${item} />
        <${Picture} key=${`${item.id} ${pageNumber.value}`} />
        <div class="side"><${Reasons} /><${Kindred} /><${Twin} key=${item.id} /><${Fields} /><${Past} /></div>
        <${Actions} item=${item} />
    </div>`;
}
