// One statement: its facts, its progress, and its items by state.

import {html, useEffect, useRef, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {useFade} from '../parts/tabs.js';
import {bankName} from '../state/catalogue.js';
import {download, query} from '../state/client.js';
import {compareAgain, current, isWorking, loadItems} from '../state/reconciliations.js';
import {address, adjust, route} from '../state/route.js';
import {may} from '../state/session.js';
import {money, number} from '../words/format.js';
import {text} from '../words/text.js';
import {FORMS} from '../receipts/export.js';
import {days} from './cards.js';
import {ChosenBar} from './chosen.js';
import {Columns} from './columns.js';
import {Items} from './items.js';
import {STATES} from './states.js';


function ExportItems({one}) {
    const {state, text: words} = route.value.query;
    return html`<${Menu} icon="download" label=${text('export')}>${(close) => html`<div class="choices">
        <p class="quiet">${text('exportShown')}</p>
        ${Object.entries(FORMS).map(([name, values]) => html`<button type="button" key=${name} class="bare" onClick=${() => {
            close();
            download(`${one.self.slice(1)}/records?${query({...values, state, text: words})}`, `${one.name.replace(/\.\w+$/, '')}.${values.format}`);
        }}>${text(`form_${name}`)}</button>`)}</div>`}<//>`;
}

function sum(counts, state) {
    const {line_amount: lines, receipt_amount: receipts} = counts[state];
    return money(state === 'missing_line' || (state === 'duplicate' && lines === '0.00') ? receipts : lines, current.value.currency);
}

function StateTabs({counts}) {
    const now = route.value.query.state ?? '';
    const set = (state) => adjust({...route.value.query, state});
    const all = Object.values(counts).reduce((total, {items}) => total + items, 0);
    const tab = (state, label, count, of) => html`<button type="button" key=${state} class="tab tall" aria-pressed=${now === state} onClick=${() => set(state)}>
        <span>${label} <span class="count">${number(count)}</span></span>${of && html`<small>${of}</small>`}</button>`;
    const row = useFade();
    return html`<nav class="views states" ref=${row} aria-label=${text('state')}>${tab('', text('viewAll'), all, text('inTotal'))}
        ${STATES.filter((state) => counts[state].items > 0 || now === state).map((state) => tab(state, text(`rec_${state}`), counts[state].items, sum(counts, state)))}</nav>`;
}

let typing = null;

function Search() {
    const search = (event) => {
        const {value} = event.currentTarget;
        clearTimeout(typing);
        typing = setTimeout(() => adjust({...route.value.query, text: value.trim()}), 200);
    };
    return html`<label class="search"><${Icon} name="search" /><input id="search" type="search" placeholder=${text('searchHint')} aria-label=${text('search')}
        defaultValue=${route.value.query.text ?? ''} onInput=${search} /></label>`;
}

function Ready({one}) {
    const {state = '', text: words = ''} = route.value.query;
    useEffect(() => { loadItems(one.id, {state, text: words}); }, [one.id, state, words]);
    return html`<${StateTabs} counts=${one.counts} />
        <div class="tools"><${Search} /><${ExportItems} one=${one} />
            ${may('correct') && html`<button type="button" disabled=${isWorking.value} onClick=${compareAgain}><${Icon} name="again" /><span class="label">${text('compareAgain')}</span></button>`}</div>
        <${ChosenBar} />
        <${Items} currency=${one.currency} />`;
}

export function One() {
    const one = current.value;
    const [isTelling, setTelling] = useState(false);
    const heading = useRef(null);
    useEffect(() => { heading.current?.focus(); }, [one?.id]);
    if (!one || one.id !== route.value.id) {
        return html`<div class="room"><p class="quiet" aria-busy="true">${text('loading')}</p></div>`;
    }
    const {file} = one;
    const facts = [one.bank && bankName(one.bank), days(one), one.currency, text('rowsCount', number(file.rows))];
    return html`<div class="room reconcile"><header class="top"><div class="with-back">
            <a class="button bare" href=${address('reconcile')} aria-label=${text('backToStatements')}><${Icon} name="left" /></a>
            <div><h1 tabindex="-1" ref=${heading}>${one.name}</h1><p class="quiet">${facts.filter(Boolean).join(' · ')}</p></div></div>
            ${may('correct') && one.ready && html`<button type="button" aria-expanded=${isTelling} onClick=${() => setTelling(!isTelling)}><${Icon} name="columns" /><span class="label">${text('columns')}</span></button>`}</header>
        ${may('correct') && (isTelling || !one.ready) && html`<${Columns} key=${one.changed_at} one=${one} done=${() => setTelling(false)} />`}
        ${one.ready && html`<${Ready} one=${one} />`}
    </div>`;
}
