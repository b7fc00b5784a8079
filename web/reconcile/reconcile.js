// Reconcile: bank statements are loaded and compared; one of them is open.

import {html, useEffect} from '../kit/kit.js';
import {loadCurrent, loadReconciliations, reconciliations} from '../state/reconciliations.js';
import {attempt} from '../state/notices.js';
import {route} from '../state/route.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {Empty} from '../parts/empty.js';
import {Cards} from './cards.js';
import {LoadStatement} from './load.js';
import {One} from './one.js';

function All() {
    useEffect(() => { attempt(loadReconciliations); }, []);
    return html`<div class="room"><header class="top"><h1>${text('reconcile')}</h1></header>
        <p class="lead">${text('reconcileLead')}</p>
        ${may('correct') && html`<${LoadStatement} />`}
        ${reconciliations.value?.length === 0 && html`<${Empty} icon="reconcile" title=${text('noStatements')}>
            <ol><li>${text('statement1')}</li><li>${text('statement2')}</li><li>${text('statement3')}</li></ol><//>`}
        ${reconciliations.value && html`<${Cards} />`}
    </div>`;
}

export function Reconcile() {
    const {id} = route.value;
    useEffect(() => {
        if (id) {
            attempt(() => loadCurrent(id));
        }
    }, [id]);
    if (!may('read')) {
        return html`<div class="room"><${Empty} icon="key" title=${text('mayNotRead')} /></div>`;
    }
    return id ? html`<${One} />` : html`<${All} />`;
}
