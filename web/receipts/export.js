// Saves the shown or the chosen documents as a file.

import {html} from '../kit/kit.js';
import {Menu} from '../parts/menu.js';
import {download, query} from '../state/client.js';
import {route} from '../state/route.js';
import {language, text} from '../words/text.js';
import {parameters} from './filters.js';

export const FORMS = {xlsx: {format: 'xlsx'}, csv_excel: {format: 'csv', csv: `excel-${language}`}, csv: {format: 'csv'}, json: {format: 'json'}};
const IDS_MOST = 150; // in one address

function exportPath(form, ids) {
    return `v1/records?${query({...FORMS[form], ...(ids ? {ids: ids.join(',')} : {...parameters(route.value.query), sort: ''})})}`;
}

export function ExportMenu({ids = null, kind = ''}) {
    const save = (form, close) => {
        download(exportPath(form, ids), `${text('receipts').toLocaleLowerCase(language)}-${new Date().toISOString().slice(0, 10)}.${FORMS[form].format}`);
        close();
    };
    const many = ids && ids.length > IDS_MOST;
    return html`<${Menu} icon="download" label=${text('export')} kind=${kind}>${(close) => html`<div class="choices">
        <p class="quiet">${many ? text('exportTooMany', IDS_MOST) : text(ids ? 'exportChosen' : 'exportShown')}</p>
        ${Object.keys(FORMS).map((form) => html`<button type="button" key=${form} class="bare" disabled=${many} onClick=${() => save(form, close)}>${text(`form_${form}`)}</button>`)}
    </div>`}<//>`;
}
