// The actions on the chosen documents, while there are some.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {Menu} from '../parts/menu.js';
import {batches} from '../state/batches.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {moveTo, readAgain, removeLater} from './actions.js';
import {ExportMenu} from './export.js';
import {chosen, selectAll} from './selection.js';

function MoveMenu({ids}) {
    return html`<${Menu} icon="move" label=${text('move')}>${(close) => html`<div class="choices">
        <p class="quiet">${text(batches.value.length > 0 ? 'moveHint' : 'noBatchYet')}</p>
        <button type="button" class="bare" onClick=${() => { close(); moveTo(ids, null); }}>${text('noBatch')}</button>
        ${batches.value.filter((batch) => batch.state === 'open').map((batch) => html`<button type="button" key=${batch.id} class="bare"
            onClick=${() => { close(); moveTo(ids, batch.id); }}>${batch.name || batch.id}</button>`)}</div>`}<//>`;
}

export function BulkBar() {
    const ids = chosen.value.map((item) => item.id);
    return ids.length > 0 && html`<div class="bulk" role="toolbar" aria-label=${text('chosenCount', ids.length)}>
        <button type="button" class="bare" aria-label=${text('chooseNone')} onClick=${() => selectAll(false)}><${Icon} name="close" /></button>
        <strong>${text('chosenCount', ids.length)}</strong>
        ${may('submit') && html`<button type="button" onClick=${() => readAgain(ids)}><${Icon} name="again" /><span class="label">${text('readAgain')}</span></button>`}
        ${may('submit') && html`<${MoveMenu} ids=${ids} />`}
        <${ExportMenu} ids=${ids} />
        ${may('admin') && html`<button type="button" class="danger" onClick=${() => removeLater(ids)}><${Icon} name="trash" /><span class="label">${text('delete')}</span></button>`}
    </div>`;
}
