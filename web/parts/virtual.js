// A list that draws only its visible rows, however long it is. Each row is drawn into a slot; a slot that leaves the view
// takes the next row, so that scrolling makes no elements and moves only those slots.

import {html, render, useLayoutEffect, useRef} from '../kit/kit.js';

const BEYOND = 10; // extra rows above and below the visible ones
const TIDY_MS = 200;

function placeOf(items, id) {
    const at = items.findIndex((item) => item?.id === id);
    return at < 0 ? undefined : at;
}

const isIn = (slot, element) => slot.place.contains(element);

class Slots {
    constructor(place) {
        this.place = place;
        this.used = new Map(); // by the index of their row
        this.free = [];
        this.timer = 0;
    }

    /** Frees the slots out of view. A slot with the focus stays with its row. */
    release(from, to) {
        const focused = document.activeElement;
        this.used.forEach((slot, index) => {
            if ((index < from || index >= to) && !isIn(slot, focused)) {
                this.used.delete(index);
                this.free.push(slot);
            }
        });
    }

    /** After rows were added or removed: each slot follows its row, and the focus with it. */
    follow(items, from, to) {
        const places = new Map();
        for (let index = from; index < to; index += 1) {
            if (items[index]) {
                places.set(items[index].id, index);
            }
        }
        const focused = document.activeElement;
        const slots = [...this.used].sort(([, one], [, other]) => isIn(other, focused) - isIn(one, focused));
        this.used = new Map();
        slots.forEach(([, slot]) => {
            const index = places.get(slot.item?.id) ?? (slot.item && isIn(slot, focused) ? placeOf(items, slot.item.id) : undefined);
            if (index === undefined || this.used.has(index)) {
                this.free.push(slot);
            } else {
                this.used.set(index, slot);
            }
        });
    }

    take() {
        const slot = this.free.pop();
        if (slot) {
            return slot;
        }
        const place = document.createElement('div');
        place.className = 'slot';
        place.setAttribute('role', 'presentation');
        this.place.append(place);
        return {place, item: null, index: -1, height: 0};
    }

    fill(slot, index, item, {row, height}) {
        if (slot.index !== index || slot.height !== height) {
            slot.place.style.transform = `translateY(${index * height}px)`;
        }
        if (slot.height !== height) {
            slot.place.style.height = `${height}px`;
        }
        if (slot.index !== index || slot.item !== item) {
            render(row(item, index), slot.place);
        }
        Object.assign(slot, {index, item, height});
    }

    show(from, to, items, shape) {
        this.release(from, to);
        for (let index = from; index < to; index += 1) {
            const slot = this.used.get(index) ?? this.take();
            this.used.set(index, slot);
            this.fill(slot, index, items[index], shape);
        }
        this.free.splice(0).forEach((slot) => {
            render(null, slot.place);
            slot.place.remove();
        });
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.tidy(), TIDY_MS);
    }

    /** The Tab key and readers of the screen follow the order of elements, which is put right when scrolling ends. */
    tidy() {
        const order = [...this.used].sort(([one], [other]) => one - other).map(([, slot]) => slot.place);
        if (order.every((place, at) => this.place.children[at] === place)) {
            return;
        }
        const kept = order.findIndex((place) => place.contains(document.activeElement)); // moving it would take the focus away
        order.forEach((place, at) => {
            if (at < kept) {
                order[kept].before(place);
            } else if (at > kept) {
                this.place.append(place);
            }
        });
    }

    end() {
        clearTimeout(this.timer);
        [...this.used.values()].forEach((slot) => render(null, slot.place));
    }
}

/** Shows a list; holds what must live from one drawing to the next. */
class View {
    constructor(scroller, whole) {
        this.scroller = scroller;
        this.slots = new Slots(whole);
        this.items = [];
        this.anchor = null;
        this.room = 0; // of the scroller, in pixels; read when it changes, and never while scrolling
        this.last = null;
        this.beyond = 0; // at first, only what is seen is drawn
        this.timer = 0;
    }

    /** Once what is seen has been painted, the rows above and below it are drawn too. */
    drawBeyond() {
        this.timer = requestAnimationFrame(() => {
            this.timer = setTimeout(() => {
                this.beyond = BEYOND;
                this.look();
            });
        });
    }

    end() {
        cancelAnimationFrame(this.timer);
        clearTimeout(this.timer);
        this.slots.end();
    }

    /** The rows to draw: always as many, so that slots are neither made nor removed while scrolling. */
    range(top, height, count) {
        const most = Math.ceil(this.room / height) + 1 + 2 * this.beyond;
        const from = Math.max(0, Math.min(Math.floor(top / height) - this.beyond, count - most));
        return [from, Math.min(count, from + most)];
    }

    look() {
        const {items, shape} = this;
        const top = this.scroller.scrollTop;
        const first = Math.floor(top / shape.height);
        const [from, to] = this.range(top, shape.height, items.length);
        this.anchor = items[first] ? {id: items[first].id, index: first} : null;
        if (!this.last || this.last.from !== from || this.last.to !== to || this.last.items !== items || this.last.height !== shape.height) {
            if (this.last === null) {
                this.drawBeyond();
            }
            this.slots.show(from, to, items, shape);
            this.last = {from, to, items, height: shape.height};
        }
        shape.see?.(first, Math.min(items.length, Math.ceil((top + this.room) / shape.height)));
    }

    /** New rows above do not move the visible ones. */
    take(items, shape) {
        this.shape = shape;
        if (items !== this.items) {
            const {id, index: before} = this.anchor ?? {};
            const now = id === undefined ? -1 : items[before]?.id === id ? before : items.findIndex((item) => item?.id === id);
            const top = this.scroller.scrollTop;
            if (now >= 0 && now !== before && top > shape.height / 2) {
                this.scroller.scrollTop = top + (now - before) * shape.height;
            }
            this.items = items;
            this.slots.follow(items, ...this.range(this.scroller.scrollTop, shape.height, items.length));
        }
        this.look();
    }
}

/**
 * `row(item, index)` draws one row of `height` pixels; an item that is not loaded is undefined. `see(from, to)` is told
 * which rows are in view.
 */
export function Virtual({items, height, row, see, place, ...rest}) {
    const own = useRef(null);
    const scroller = place ?? own;
    const whole = useRef(null);
    const view = useRef(null);
    useLayoutEffect(() => {
        view.current = new View(scroller.current, whole.current);
        const watch = new ResizeObserver(([entry]) => {
            view.current.room = entry.contentRect.height;
            view.current.look();
        });
        view.current.room = scroller.current.clientHeight;
        watch.observe(scroller.current);
        return () => {
            watch.disconnect();
            view.current.end();
        };
    }, []);
    useLayoutEffect(() => view.current.take(items, {row, height, see}), [items, height]);
    return html`<div ref=${scroller} onScroll=${() => view.current.look()} ...${rest}>
        <div class="whole" ref=${whole} role="rowgroup" style=${{height: `${items.length * height}px`, '--row': `${height}px`}}></div>
    </div>`;
}
