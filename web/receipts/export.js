// Saves the shown or the chosen documents as a file.

import {html} from '../kit/kit.js';
import {Menu} from '../parts/menu.js';
import {download, downloadAnswer, query} from '../state/client.js';
import {attempt} from '../state/notices.js';
import {route} from '../state/route.js';
import {language, text} from '../words/text.js';
import {parameters} from './filters.js';

export const FORMS = {xlsx: {format: 'xlsx'}, csv_excel: {format: 'csv', csv: `excel-${language}`}, csv: {format: 'csv'}, json: {format: 'json'}};

const named = (form) => `${text('receipts').toLocaleLowerCase(language)}-${new Date().toISOString().slice(0, 10)}.${FORMS[form].format}`;

/** The chosen ones are sent in the body: an address has no room for thousands. */
const save = (form, ids) => attempt(async () => (ids ? downloadAnswer(`v1/records?${query(FORMS[form])}`, {documents: ids}, named(form))
    : download(`v1/records?${query({...FORMS[form], ...parameters(route.value.query), sort: ''})}`, named(form))));

export function ExportMenu({ids = null, kind = ''}) {
    return html`<${Menu} icon="download" label=${text('export')} kind=${kind}>${(close) => html`<div class="choices">
        <p class="quiet">${text(ids ? 'exportChosen' : 'exportShown')}</p>
        ${Object.keys(FORMS).map((form) => html`<button type="button" key=${form} class="bare" onClick=${() => { close(); save(form, ids); }}>${text(`form_${form}`)}</button>`)}
    </div>`}<//>`;
}
