// The frame: the menu of pages, the open page, and messages above it.

import {html, useEffect} from '../kit/kit.js';
import {DropPlace} from '../receipts/add.js';
import {Receipts} from '../receipts/receipts.js';
import {isConnected} from '../state/events.js';
import {later, takeLater} from '../state/later.js';
import {address, go, route} from '../state/route.js';
import {may, needsKey, session} from '../state/session.js';
import {text} from '../words/text.js';
import {Icon, MARK} from './icon.js';
import {Login} from './login.js';
import {Notices} from './notices.js';

const PLACES = {receipt: 'Receipt', batches: 'Batches', reconcile: 'Reconcile', memory: 'Memory', settings: 'Settings'};
const TABS = ['receipts', 'batches', 'reconcile', 'memory', 'settings'];
/** Who may only send sees where to send, and the settings. */
const OF_ALL = ['receipts', 'settings'];

const mayOpen = (name) => may('read') || OF_ALL.includes(name);

function Places() {
    const at = route.value.name === 'receipt' ? 'receipts' : route.value.name;
    return html`<nav class="places" aria-label=${text('places')}><a class="brand" href=${address('receipts')} aria-label="Lince">
            <img src=${MARK} alt="" width="28" height="28" /><span>Lince</span></a>
        ${TABS.filter(mayOpen).map((name) => html`<a key=${name} class="place" href=${address(name)} aria-current=${at === name ? 'page' : undefined}>
            <${Icon} name=${name} /><span>${text(name)}</span></a>`)}
        <p class=${`service ${isConnected.value === false ? 'lost' : ''}`}><span class="dot"></span>${text(isConnected.value === false ? 'serviceAway' : 'serviceReady')}</p>
    </nav>`;
}

function Waiting() {
    useEffect(takeLater, []);
    return html`<div class="room"><p class="quiet" aria-busy="true">${text('loading')}</p></div>`;
}

/** The component of the place in the address; other places than the list may still be on their way. */
function placeNow() {
    const name = mayOpen(route.value.name) ? PLACES[route.value.name] : undefined;
    return name ? later.value?.[name] ?? Waiting : Receipts;
}

function keys(event) {
    const isTyping = /INPUT|SELECT|TEXTAREA/.test(event.target.tagName);
    if (event.key === '/' && !isTyping) {
        event.preventDefault();
        if (route.value.name === 'receipts') {
            document.getElementById('search')?.focus();
        } else {
            go('receipts');
        }
    }
}

export function App() {
    const Place = placeNow();
    useEffect(() => {
        document.addEventListener('keydown', keys);
        return () => document.removeEventListener('keydown', keys);
    }, []);
    useEffect(() => {
        document.title = `${text(TABS.includes(route.value.name) ? route.value.name : 'receipt')} · Lince`;
    }, [route.value.name]);
    if (needsKey.value) {
        return html`<${Login} /><${Notices} />`;
    }
    return session.value && html`<a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.getElementById('main').focus(); }}>${text('skip')}</a>
        <${Places} />
        <main id="main" tabindex="-1">${isConnected.value === false && html`<div class="away" role="alert"><${Icon} name="warning" />${text('awayHint')}</div>`}
            <${Place} /></main>
        <${DropPlace} /><${Notices} />`;
}
