// The items: the bank on one side, receipts on the other; decisions by mouse or keyboard.

import {html, useEffect, useRef} from '../kit/kit.js';
import {Empty} from '../parts/empty.js';
import {choose, hasMoreItems, isWorking, items, itemsAreLoading, moreItems} from '../state/reconciliations.js';
import {may} from '../state/session.js';
import {text} from '../words/text.js';
import {actionsOf, Item} from './item.js';

/** Up and down go from item to item; Space chooses; the letters are those of the buttons. */
function keys(event, place) {
    const row = event.target.closest('.item');
    if (!row || event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) {
        return;
    }
    const rows = [...place.querySelectorAll('.item')];
    const at = rows.indexOf(row);
    const step = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1}[event.key];
    const item = items.value.find((each) => String(each.item) === row.dataset.item);
    if (step) {
        event.preventDefault();
        rows[at + step]?.focus();
        rows[at + step]?.scrollIntoView({block: 'nearest'});
    } else if (event.key === ' ' && event.target === row && may('correct')) {
        event.preventDefault();
        choose(item);
    } else if (may('correct') && !isWorking.value) {
        const act = actionsOf(item).find(({key}) => key === event.key.toLowerCase());
        if (act) {
            event.preventDefault();
            act.run().then(() => focusAt(place, at));
        }
    }
}

/** A decision removes or replaces the item; the item now in its place gets the focus. */
function focusAt(place, at) {
    requestAnimationFrame(() => {
        const rows = place.querySelectorAll('.item');
        rows[Math.min(at, rows.length - 1)]?.focus();
    });
}

function Legend() {
    return html`<p class="quiet legend wide-only">${text('legend')} <kbd>↑</kbd> <kbd>↓</kbd> ${text('legendMove')} · <kbd>${text('spaceKey')}</kbd> ${text('legendChoose')} ·
        <kbd>Y</kbd> ${text('legendYes')} · <kbd>N</kbd> ${text('legendNo')} · <kbd>X</kbd> ${text('legendIgnore')} · <kbd>U</kbd> ${text('legendOpen')}</p>`;
}

export function Items({currency}) {
    const place = useRef(null);
    const end = useRef(null);
    useEffect(() => {
        if (!end.current) {
            return undefined;
        }
        const watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && moreItems(), {rootMargin: '400px'});
        watch.observe(end.current);
        return () => watch.disconnect();
    }, [items.value.length]);
    if (items.value.length === 0) {
        return itemsAreLoading.value ? html`<p class="quiet" aria-busy="true">${text('loading')}</p>`
            : html`<${Empty} icon="check" title=${text('noItems')}><p>${text('noItemsHint')}</p><//>`;
    }
    return html`${may('correct') && html`<${Legend} />`}
        <div class="items-head wide-only" aria-hidden="true"><span></span><span>${text('inTheBank')}</span><span>${text('receipts')}</span><span>${text('state')}</span></div>
        <ul class="items" ref=${place} aria-label=${text('reconcile')} aria-busy=${isWorking.value} onKeyDown=${(event) => keys(event, place.current)}>
            ${items.value.map((item) => html`<${Item} key=${item.item} item=${item} currency=${currency} />`)}</ul>
        ${hasMoreItems() && html`<p ref=${end}><button type="button" onClick=${moreItems}>${text('moreItems')}</button></p>`}`;
}
