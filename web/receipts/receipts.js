// The list of all receipts, with its filters and totals.

import {html, useEffect} from '../kit/kit.js';
import {Empty} from '../parts/empty.js';
import {keepFresh, load} from '../state/documents.js';
import {route} from '../state/route.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {AddButtons} from './add.js';
import {BulkBar} from './bulk.js';
import {ColumnsMenu} from './columns.js';
import {ExportMenu} from './export.js';
import {Chips, FilterMenu, parameters, SearchField} from './filters.js';
import {List} from './list.js';
import {selected} from './selection.js';
import {Summary, TotalsLine} from './totals.js';
import {Tray} from './tray.js';
import {Views} from './views.js';

/** For people who may send but not read. */
function OnlySend() {
    return html`<div class="room receipts"><header class="top"><h1>${text('receipts')}</h1><${AddButtons} /></header>
        <${Empty} icon="upload" title=${text('mayNotRead')}><p>${text('mayNotReadHint')}</p><//><${Tray} /></div>`;
}

function Whole() {
    const wanted = JSON.stringify(parameters(route.value.query));
    useEffect(() => {
        selected.value = new Set();
        load(JSON.parse(wanted));
    }, [wanted]);
    useEffect(keepFresh, []);
    return html`<div class="room receipts">
        <header class="top"><h1>${text('receipts')}</h1><${AddButtons} /></header>
        <${Views} />
        <div class="tools"><${SearchField} /><${FilterMenu} /><${ColumnsMenu} /><${ExportMenu} /></div>
        <${Chips} />
        <${TotalsLine} /><${Summary} />
        <${BulkBar} />
        <${List} />
        <${Tray} />
    </div>`;
}

export function Receipts() {
    return may('read') ? html`<${Whole} />` : html`<${OnlySend} />`;
}
