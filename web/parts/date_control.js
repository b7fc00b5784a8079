// A date in the reader's order, whatever the browser's own is; its calendar is a press away.

import {html, useRef} from '../kit/kit.js';
import {dateHint} from '../words/format.js';
import {text} from '../words/text.js';
import {Icon} from './icon.js';

/** `value`: the day as the service keeps it. `pick` gets such a day from the calendar; `field` is the reference of the input, `rest` its attributes. */
export function DateControl({value, pick, isReadonly = false, field, ...rest}) {
    const calendar = useRef(null);
    return html`<span class="date"><input ref=${field} type="text" placeholder=${dateHint()} readonly=${isReadonly} ...${rest} />
        ${!isReadonly && html`<button type="button" class="bare" tabindex="-1" aria-label=${text('calendar')} title=${text('calendar')}
            onClick=${() => calendar.current.showPicker()}><${Icon} name="calendar" /></button>
        <input ref=${calendar} type="date" class="hidden" tabindex="-1" aria-hidden="true" value=${value} onChange=${(event) => pick(event.currentTarget.value)} />`}</span>`;
}
