// A list that draws only its visible rows, however long it is.

import {html, useLayoutEffect, useRef, useState} from '../kit/kit.js';

const BEYOND = 8; // extra rows above and below the visible ones

/** `row(item, index)` draws one row of `height` pixels; `reachEnd` is called near the end. */
export function Virtual({items, height, row, reachEnd, place, ...rest}) {
    const own = useRef(null);
    const scroller = place ?? own;
    const [view, setView] = useState({from: 0, to: 40});
    const anchor = useRef(null);
    const look = () => {
        const {scrollTop, clientHeight} = scroller.current;
        const first = Math.floor(scrollTop / height);
        const from = Math.max(0, first - BEYOND);
        anchor.current = items[first] ? {id: items[first].id, index: first} : null;
        const to = Math.ceil((scrollTop + clientHeight) / height) + BEYOND;
        setView((old) => (old.from === from && old.to === to ? old : {from, to}));
        if (to >= items.length) {
            reachEnd?.();
        }
    };
    useLayoutEffect(() => { // new rows above do not move the visible ones
        const {scrollTop} = scroller.current;
        const {id, index: before} = anchor.current ?? {};
        const now = id === undefined ? -1 : items[before]?.id === id ? before : items.findIndex((item) => item.id === id);
        if (now >= 0 && now !== anchor.current.index && scrollTop > height / 2) {
            scroller.current.scrollTop = scrollTop + (now - anchor.current.index) * height;
        }
        const index = Math.floor(scroller.current.scrollTop / height);
        anchor.current = items[index] ? {id: items[index].id, index} : null;
    }, [items]);
    useLayoutEffect(() => {
        look();
        const watch = new ResizeObserver(look);
        watch.observe(scroller.current);
        return () => watch.disconnect();
    }, [items.length, height]);
    const to = Math.min(items.length, view.to);
    const from = Math.min(view.from, to);
    return html`<div ref=${scroller} onScroll=${look} ...${rest}>
        <div class="whole" role="rowgroup" style=${{height: `${items.length * height}px`}}>
            <div role="presentation" class="seen" style=${{transform: `translateY(${from * height}px)`}}>
                ${items.slice(from, to).map((item, index) => row(item, from + index))}
            </div>
        </div>
    </div>`;
}
