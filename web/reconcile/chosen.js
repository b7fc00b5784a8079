// Decisions on several chosen items: they belong together, or they are set aside.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {chosen, current, decide, isWorking} from '../state/reconciliations.js';
import {money} from '../words/format.js';
import {text} from '../words/text.js';

const cents = (value) => Math.round(Number(value ?? 0) * 100);
const total = (members) => members.reduce((sum, each) => sum + Math.abs(cents(each.amount)), 0);

export function ChosenBar() {
    const members = [...chosen.value.values()];
    if (members.length === 0) {
        return null;
    }
    const lines = members.flatMap((item) => item.lines);
    const receipts = members.flatMap((item) => item.receipts);
    const apart = total(lines) - total(receipts);
    const canPair = lines.length > 0 && receipts.length > 0;
    return html`<div class="bulk" role="toolbar" aria-label=${text('chosenCount', members.length)}>
        <button type="button" class="bare" aria-label=${text('chooseNone')} onClick=${() => { chosen.value = new Map(); }}><${Icon} name="close" /></button>
        <strong>${text('linesCount', lines.length)}, ${text('receiptsCount', receipts.length)}</strong>
        ${canPair && html`<span class=${apart === 0 ? 'quiet' : 'difference'}>${apart === 0 ? text('sumsAgree') : text('differenceOf', money((apart / 100).toFixed(2), current.value.currency))}</span>`}
        <button type="button" class="main" disabled=${!canPair || isWorking.value} title=${canPair ? undefined : text('pairHint')} onClick=${() => decide('matched', members)}>
            <${Icon} name="check" /><span>${text('pairThem')}</span></button>
        <button type="button" disabled=${isWorking.value} onClick=${() => decide('ignored', members)}>${text('setAside')}</button>
        ${!canPair && html`<span class="quiet">${text('pairHint')}</span>`}
    </div>`;
}
