// A document's state in a word and a colour. What is as it should be is told quietly; what wants a person stands out.

import {html} from '../kit/kit.js';
import {text} from '../words/text.js';
import {Icon} from '../parts/icon.js';

const TONES = {held: 'plain', queued: 'plain', reading: 'busy', done: 'plain', failed: 'bad', poisoned: 'bad', cancelled: 'plain'};

function Twin({isAlone}) {
    return html`<span class="state twin" title=${isAlone ? undefined : text('duplicate')}><${Icon} name="twin" /><span class=${isAlone ? '' : 'hidden'}>${text('duplicate')}</span></span>`;
}

/** One word: the most important thing to know. */
export function State({item}) {
    const isTwin = Boolean(item.duplicate_of);
    if (item.status === 'done' && !item.needs_review && isTwin) {
        return html`<${Twin} isAlone />`;
    }
    const isAsked = item.status === 'done' && item.needs_review;
    return html`<span class=${`state ${isAsked ? 'doubt' : TONES[item.status] ?? 'plain'}`}>${text(isAsked ? 'toCheck' : item.status)}</span>${isTwin && html` <${Twin} />`}`;
}
