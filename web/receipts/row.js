// One row of the list; on a phone, a card of two lines.

import {html} from '../kit/kit.js';
import {address, route} from '../state/route.js';
import {text} from '../words/text.js';
import {COLUMNS, shownColumns} from './columns.js';
import {selected, toggleSelected} from './selection.js';
import {summary} from './summary.js';

function Who({item, found}) {
    const name = found.who || found.concept || item.name || item.id;
    return html`<a class=${found.who ? undefined : 'unnamed'} href=${address('receipt', item.id, route.value.query)} data-row=${item.id}>${name}</a>`;
}

function Cell({name, item, found}) {
    const wanted = `cell cell-${name} ${COLUMNS[name].end ? 'end' : ''}`;
    return html`<span role="cell" class=${wanted}>${name === 'who' ? html`<${Who} item=${item} found=${found} />` : COLUMNS[name].cell({item, found})}</span>`;
}

/** The place of a document that is not loaded yet. */
function Waiting({index}) {
    return html`<div role="row" aria-rowindex=${index + 2} aria-busy="true" class="row waiting"><span role="cell" class="cell choose"></span>
        ${shownColumns().map((name) => html`<span role="cell" class=${`cell cell-${name}`}><span class="bar"></span></span>`)}</div>`;
}

/** `index` counts from 0; for screen readers the header is row 1. */
export function Row({item, index}) {
    if (!item) {
        return html`<${Waiting} index=${index} />`;
    }
    const found = summary(item);
    const isChosen = selected.value.has(item.id);
    return html`<div role="row" aria-rowindex=${index + 2} aria-selected=${isChosen} class=${`row ${isChosen ? 'chosen' : ''}`}>
        <span role="cell" class="cell choose"><label><input type="checkbox" checked=${isChosen}
            aria-label=${text('choose', found.who || item.name)} onClick=${(event) => toggleSelected(item.id, event.shiftKey)} /></label></span>
        ${shownColumns().map((name) => html`<${Cell} name=${name} item=${item} found=${found} />`)}
    </div>`;
}
