// A document's state in a word and a colour.

import {html} from '../kit/kit.js';
import {text} from '../words/text.js';
import {Icon} from '../parts/icon.js';

const TONES = {held: 'quiet', queued: 'quiet', reading: 'busy', done: 'good', failed: 'bad', poisoned: 'bad', cancelled: 'quiet'};

/** One word: the most important thing to know. */
function stateOf(item) {
    return item.status === 'done' && item.needs_review ? {word: text('toCheck'), tone: 'doubt'}
        : {word: text(item.status), tone: TONES[item.status] ?? 'quiet'};
}

export function State({item}) {
    const {word, tone} = stateOf(item);
    return html`<span class=${`state ${tone}`}>${word}</span>${item.duplicate_of && html` <span class="state twin">
        <${Icon} name="twin" />${text('duplicate')}</span>`}`;
}
