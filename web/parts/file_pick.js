// A field for files whose words are in the page's language, and not in the browser's.

import {html, useState} from '../kit/kit.js';
import {text} from '../words/text.js';
import {Icon} from './icon.js';

/** `change` gets the event of the input; `rest` are its attributes. */
export function FilePick({label, change, multiple = false, ...rest}) {
    const [names, setNames] = useState([]);
    const picked = (event) => {
        setNames([...event.currentTarget.files].map((file) => file.name));
        change?.(event);
    };
    const told = names.length > 1 ? text('filesChosen', names.length) : names[0] ?? text('noFileChosen');
    return html`<label class="field"><span>${label}</span><span class="pick">
        <input type="file" class="hidden" multiple=${multiple} onChange=${picked} ...${rest} />
        <span class="button" aria-hidden="true"><${Icon} name="upload" />${text(multiple ? 'chooseFiles' : 'chooseFile')}</span><span class="quiet">${told}</span></span></label>`;
}
