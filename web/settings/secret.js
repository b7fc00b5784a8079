// A secret that is shown only once.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {notify} from '../state/notices.js';
import {text} from '../words/text.js';

export function Secret({title, secret, close}) {
    const copy = async () => {
        await navigator.clipboard.writeText(secret);
        notify(text('copied'));
    };
    return html`<div class="card secret" role="alert"><h2>${title}</h2><p>${text('secretOnce')}</p>
        <div class="line"><code tabindex="0">${secret}</code><button type="button" onClick=${copy}><${Icon} name="copy" />${text('copy')}</button>
        <button type="button" onClick=${close}>${text('keptIt')}</button></div></div>`;
}
