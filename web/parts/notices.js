// The messages at the edge of the page.

import {html} from '../kit/kit.js';
import {dismiss, notices} from '../state/notices.js';
import {sentence, text} from '../words/text.js';
import {Icon} from './icon.js';

export function Notices() {
    return html`<div class="notices" role="status" aria-live="polite">
        ${notices.value.map((notice) => html`<div key=${notice.id} class=${`notice ${notice.kind}`}>
            <span>${sentence(notice.message)}</span>
            ${notice.act && html`<button type="button" class="small" onClick=${() => { dismiss(notice.id); notice.act.run(); }}>
                ${notice.act.label}</button>`}
            <button type="button" class="bare small" aria-label=${text('close')} onClick=${() => dismiss(notice.id)}>
                <${Icon} name="close" /></button>
        </div>`)}
    </div>`;
}
