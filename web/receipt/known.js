// The known party beside a field: who it is, and how often it was confirmed.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {fieldLabel} from '../state/catalogue.js';
import {address} from '../state/route.js';
import {number} from '../words/format.js';
import {text} from '../words/text.js';

/** `name` is the field with the party's name; nothing stands beside the others. */
export function Known({item, name}) {
    const party = (item.parties ?? []).find((each) => each.field === name);
    if (!party) {
        return null;
    }
    const by = party.by === name ? '' : text('knownBy', fieldLabel(party.by));
    return html`<p class="known quiet"><${Icon} name="person" /><span><a href=${address('settings', 'parties', {party: party.id})}>${party.name}</a>${' '}${text('knownTimes', number(party.documents))}${by && ` ${by}`}</span></p>`;
}
