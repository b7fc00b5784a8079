// One item: movements of the bank beside receipts, how they were matched, and the possible decisions.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {bankName} from '../state/catalogue.js';
import {choose, chosen, decide, isWorking} from '../state/reconciliations.js';
import {address} from '../state/route.js';
import {may} from '../state/session.js';
import {date, money} from '../words/format.js';
import {text} from '../words/text.js';
import {TONES} from './states.js';

/** [{key, label, run}]: the decisions that are possible for an item now. */
export function actionsOf(item) {
    const say = (state) => () => decide(state, [item]);
    const acts = [];
    const hasBoth = item.lines.length > 0 && item.receipts.length > 0;
    if (hasBoth && !item.decided && item.state !== 'matched') {
        acts.push({key: 'y', label: text(item.state === 'amount_differs' ? 'acceptAnyway' : 'yesSame'), kind: 'main', run: say('matched')});
    }
    if (hasBoth && !item.decided) {
        acts.push({key: 'n', label: text(item.state === 'matched' ? 'notSame' : 'notThem'), kind: item.state === 'matched' ? 'bare' : '', run: say('apart')});
    }
    if (!item.decided && !hasBoth && item.state !== 'other') {
        acts.push({key: 'x', label: text('setAside'), run: say('ignored')});
    }
    if (item.decided) {
        acts.push({key: 'u', label: text('takeBackDecision'), kind: 'bare', run: say('open')});
    }
    return acts;
}

function Line({line, currency}) {
    return html`<div class="movement"><span class="movement-main">${line.description || text('noDescription')}</span><span class="movement-amount">${line.amount === null ? '—' : money(line.amount, currency)}</span>
        <span class="movement-more">${[line.date ? date(line.date) : text('noDate'), line.reference && text('refShort', line.reference), text('rowShort', line.row)].filter(Boolean).join(' · ')}</span></div>`;
}

function Receipt({receipt, currency}) {
    return html`<div class="movement"><a class="movement-main" href=${address('receipt', receipt.id)}>${receipt.who || receipt.name}</a><span class="movement-amount">${money(receipt.amount, currency)}</span>
        <span class="movement-more">${[receipt.date ? date(receipt.date) : text('noDate'), receipt.reference && text('refShort', receipt.reference), receipt.bank && bankName(receipt.bank)].filter(Boolean).join(' · ')}</span></div>`;
}

/** If the amounts differ, only the references matched. */
const howOf = (item) => item.how && text(item.state === 'amount_differs' ? 'sameReference' : `how_${item.how}`);

function Standing({item, currency}) {
    const how = item.decided ? text('decidedBy', item.actor === 'local' ? text('you') : item.actor) : howOf(item);
    return html`<div class="standing"><span class=${`state ${TONES[item.state]}`}>${text(`rec_${item.state}`)}</span>
        ${item.difference && item.difference !== '0.00' && html`<span class="difference">${text('differenceOf', money(item.difference, currency))}</span>`}
        ${how && html`<small class="quiet">${how}</small>`}${item.note && html`<small class="quiet">${item.note}</small>`}
        ${may('correct') && html`<div class="acts">${actionsOf(item).map(({key, label, kind, run}) => html`<button type="button" key=${key} class=${`small ${kind ?? ''}`} disabled=${isWorking.value}
            onClick=${run}>${label}</button>`)}</div>`}</div>`;
}

export function Item({item, currency}) {
    const isChosen = chosen.value.has(item.item);
    const name = item.lines[0]?.description || item.receipts[0]?.who || text('row');
    const isFree = !item.decided;
    return html`<li class=${`item ${isChosen ? 'chosen' : ''} ${item.lines.length > 0 && item.receipts.length > 0 ? '' : 'lone'}`} tabindex="0" data-item=${item.item}>
        <span class="choose">${may('correct') && isFree && html`<label><input type="checkbox" checked=${isChosen} aria-label=${text('choose', name)} onChange=${() => choose(item)} /></label>`}</span>
        <div class="half" data-side=${text('inTheBank')}>${item.lines.length === 0 ? html`<p class="nobody"><${Icon} name="minus" />${text('nothingInBank')}</p>`
            : item.lines.map((line) => html`<${Line} key=${line.row} line=${line} currency=${currency} />`)}</div>
        <div class="half" data-side=${text('receipts')}>${item.receipts.length === 0 ? html`<p class="nobody"><${Icon} name="minus" />${text('noReceiptHere')}</p>`
            : item.receipts.map((receipt) => html`<${Receipt} key=${receipt.id} receipt=${receipt} currency=${currency} />`)}</div>
        <${Standing} item=${item} currency=${currency} />
    </li>`;
}
