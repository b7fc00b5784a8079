// The list: its header to sort by, its rows, and a text if there are none.

import {html, useEffect, useRef} from '../kit/kit.js';
import {Empty} from '../parts/empty.js';
import {Icon} from '../parts/icon.js';
import {Virtual} from '../parts/virtual.js';
import {documents, isLoading, load, loadProblem, see, totals} from '../state/documents.js';
import {adjust, route} from '../state/route.js';
import {isNarrow, isWide, pixels} from '../state/screen.js';
import {sentence, text} from '../words/text.js';
import {COLUMNS, shownColumns, template} from './columns.js';
import {parameters} from './filters.js';
import {Row} from './row.js';
import {chosen, selectAll, shown} from './selection.js';

const ROW_REM = 3;
const CARD_REM = 4.75;

function SortButton({name}) {
    const {label, sort} = COLUMNS[name];
    const [by, order] = (route.value.query.sort ?? '-received').startsWith('-') ? [(route.value.query.sort ?? '-received').slice(1), 'descending']
        : [route.value.query.sort, 'ascending'];
    if (!sort) {
        return html`<span role="columnheader" class="cell">${text(label)}</span>`;
    }
    const isBy = by === sort;
    const turn = () => adjust({...route.value.query, sort: isBy && order === 'descending' ? sort : `-${sort}`});
    return html`<span role="columnheader" aria-sort=${isBy ? order : 'none'} class=${`cell ${COLUMNS[name].end ? 'end' : ''}`}>
        <button type="button" class="bare" onClick=${turn}>${text(label)}${isBy && html`<${Icon} name=${order === 'ascending' ? 'up' : 'down'} />`}</button></span>`;
}

function Header() {
    const all = shown.value.length > 0 && chosen.value.length >= shown.value.length;
    return html`<div role="rowgroup"><div role="row" aria-rowindex="1" class="row head">
        <span role="columnheader" class="cell choose"><label><input type="checkbox" checked=${all} aria-label=${text('chooseAll')}
            indeterminate=${!all && chosen.value.length > 0} onChange=${(event) => selectAll(event.currentTarget.checked)} /></label></span>
        ${shownColumns().map((name) => html`<${SortButton} key=${name} name=${name} />`)}
    </div></div>`;
}

function Nothing() {
    if (loadProblem.value) {
        return html`<${Empty} icon="warning" title=${text('listFailed')}><p>${sentence(loadProblem.value.message)}</p>
            <button type="button" onClick=${() => load(parameters(route.value.query))}>${text('retry')}</button><//>`;
    }
    if (isLoading.value) {
        return html`<div class="empty" aria-busy="true"><p class="quiet">${text('loading')}</p></div>`;
    }
    const isFiltered = Object.keys(parameters(route.value.query)).some((name) => name !== 'sort');
    return isFiltered ? html`<${Empty} icon="search" title=${text('nothingFound')}><p>${text('nothingFoundHint')}</p>
        <button type="button" onClick=${() => adjust({})}>${text('clearAll')}</button><//>`
        : html`<${Empty} icon="receipts" title=${text('noReceipts')}><p>${text('noReceiptsHint')}</p>
            <ol><li>${text('first1')}</li><li>${text('first2')}</li><li>${text('first3')}</li></ol><//>`;
}

/** Up and down move between rows, Space chooses. */
function keys(event, place) {
    const row = event.target.closest('.row');
    const steps = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1};
    if (!row || !(event.key in steps) || event.ctrlKey || event.metaKey) {
        return;
    }
    const next = place.querySelector(`[aria-rowindex="${Number(row.getAttribute('aria-rowindex')) + steps[event.key]}"]`);
    if (next) {
        event.preventDefault();
        next.querySelector('a')?.focus({preventScroll: true});
        next.scrollIntoView({block: 'nearest'});
    }
}

export function List() {
    const place = useRef(null);
    useEffect(() => {
        if (place.current) {
            place.current.scrollTop = 0;
        }
    }, [JSON.stringify(parameters(route.value.query))]);
    if (shown.value.length === 0) {
        return html`<${Nothing} />`;
    }
    isWide.forEach((each) => each.value); // drawn again when the letters grow
    return html`<div class="list" role="table" aria-label=${text('receipts')} aria-rowcount=${totals.value ? documents.value.length + 1 : -1}
        style=${template()} onKeyDown=${(event) => keys(event, place.current)}>
        <${Header} />
        <${Virtual} class="rows" place=${place} items=${shown.value} height=${pixels(isNarrow.value ? CARD_REM : ROW_REM)} see=${see}
            row=${(item, index) => html`<${Row} item=${item} index=${index} />`} />
    </div>`;
}
