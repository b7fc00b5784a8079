// Why a person should check the document; each reason leads to its field.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {catalogue, fieldLabel} from '../state/catalogue.js';
import {hasText, sentence, text} from '../words/text.js';
import {isMissed} from './asked.js';
import {current} from './current.js';
import {showPage} from './pages.js';
import {isTable} from './rows.js';

/** The service's sentence with the names that people know its fields by. */
const humane = (message) => message.replace(/\b[a-z]+(?:_[a-z]+)*\b/g, (word) => (catalogue.value.fields.has(word) ? fieldLabel(word) : word));

function words({code, field, message}) {
    const name = `reason_${code}`;
    return hasText(name) ? text(name, field ? fieldLabel(field) : '') : message ? humane(message) : text('reason_other', field ? fieldLabel(field) : '');
}

function go({code, field}) {
    if (code === 'unread_page') {
        showPage(Number(field));
    } else {
        document.getElementById(`field-${field}`)?.focus();
    }
}

const fieldIsShown = (item, reason) => reason.field && !isTable(reason.field) && (item.fields[reason.field] || isMissed(reason));

export function Reasons() {
    const item = current.value;
    const reasons = (item.review ?? []);
    if (item.error) {
        return html`<div class="reasons bad" role="alert"><${Icon} name="warning" /><p>${sentence(item.error.message)}</p></div>`;
    }
    return item.needs_review && html`<div class="reasons"><${Icon} name="warning" /><div><strong>${text('pleaseCheck')}</strong>
        <ul>${reasons.map((reason, index) => html`<li key=${index}>${reason.code === 'unread_page' || fieldIsShown(item, reason)
            ? html`<button type="button" class="link" onClick=${() => go(reason)}>${words(reason)}</button>`
            : words(reason)}</li>`)}</ul></div></div>`;
}
