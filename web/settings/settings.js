// Settings: the user's own, keys, receivers, layouts, how long things are kept, and how to call the service.

import {html} from '../kit/kit.js';
import {address, route} from '../state/route.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {useFade} from '../parts/tabs.js';
import {Api} from './api.js';
import {Checking} from './checking.js';
import {Keeping} from './keeping.js';
import {Keys} from './keys.js';
import {Layouts} from './layouts.js';
import {Own} from './own.js';
import {Parties} from './parties.js';
import {Receivers} from './receivers.js';

const PARTS = {
    page: {label: 'thisPage', part: Own}, keys: {label: 'keys', part: Keys, scope: 'admin'}, webhooks: {label: 'webhooks', part: Receivers, scope: 'admin'},
    layouts: {label: 'layouts', part: Layouts, scope: 'read'}, parties: {label: 'parties', part: Parties, scope: 'read'}, checking: {label: 'checking', part: Checking, scope: 'admin'}, keeping: {label: 'keeping', part: Keeping, scope: 'admin'}, api: {label: 'api', part: Api},
};

export function Settings() {
    const names = Object.keys(PARTS).filter((name) => !PARTS[name].scope || may(PARTS[name].scope));
    const shown = names.includes(route.value.id) ? route.value.id : 'page';
    const {part: Part} = PARTS[shown];
    const row = useFade();
    return html`<div class="room"><header class="top"><h1>${text('settings')}</h1></header>
        <nav class="views" ref=${row} aria-label=${text('settings')}>${names.map((name) => html`<a key=${name} class="tab" href=${address('settings', name)}
            aria-current=${name === shown ? 'page' : undefined} ref=${(tab) => name === shown && tab?.scrollIntoView({block: 'nearest', inline: 'nearest'})}>${text(PARTS[name].label)}</a>`)}</nav>
        <div class="part"><${Part} /></div>
    </div>`;
}
