// An empty place says what will be here, and how to get it here.

import {html} from '../kit/kit.js';
import {Icon} from './icon.js';

export function Empty({icon, title, children}) {
    return html`<div class="empty"><${Icon} name=${icon} /><h2>${title}</h2>${children}</div>`;
}
