// Drawn signs, 20 by 20; the words beside them carry the meaning.

import {html} from '../kit/kit.js';

const SHAPES = {
    receipts: 'M5 2h10v16l-2.500-1.500L10 18l-2.500-1.500L5 18zM7.500 6h5M7.500 9.500h5M7.500 13h3',
    batches: 'M3 6l7-3.500L17 6l-7 3.500zM3 10l7 3.500L17 10M3 14l7 3.500L17 14',
    reconcile: 'M4 6.500h11M12 3.500l3 3-3 3M16 13.500H5M8 10.500l-3 3 3 3',
    memory: 'M4 7h12v8H4zM7 7V4M10 7V4M13 7V4M7 18v-3M10 18v-3M13 18v-3',
    settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
    upload: 'M10 13V3M6 7l4-4 4 4M3 13v4h14v-4',
    download: 'M10 3v10M6 9l4 4 4-4M3 13v4h14v-4',
    search: 'M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3zM13.500 13.500L17.500 17.500',
    filter: 'M3 4h14l-5.500 7v5l-3-1.500V11z',
    columns: 'M3 4h14v12H3zM8 4v12M12.500 4v12',
    close: 'M5 5l10 10M15 5L5 15',
    check: 'M4 10.500l4 4 8-9',
    left: 'M12 4l-6 6 6 6',
    right: 'M8 4l6 6-6 6',
    up: 'M4 12l6-6 6 6',
    down: 'M4 8l6 6 6-6',
    trash: 'M4 6h12M8 6V3.500h4V6M5.500 6l1 11h7l1-11',
    again: 'M16 10a6 6 0 1 1-2-4.500M16 2.500v4h-4',
    turn: 'M4 10a6 6 0 1 0 2-4.500M4 2.500v4h4',
    plus: 'M10 4v12M4 10h12',
    minus: 'M4 10h12',
    fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4',
    copy: 'M7 7h9v10H7zM4 13V3h9',
    warning: 'M10 3l8 14H2zM10 8v4M10 14.500v.5',
    parts: 'M4 2.500h6v5H4zM4 12.500h6v5H4zM10 5h6v5h-6M2 10h6M10 10h2',
    twin: 'M3 3h9v11H3zM8 14v3h9V6h-5',
    history: 'M10 3a7 7 0 1 1-6.500 4.500M3 3v4.500h4.500M10 6.500V10l3 2',
    camera: 'M3 6h3l1.500-2h5L14 6h3v10H3zM10 8a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
    calendar: 'M3 5h14v12H3zM3 9h14M7 3v4M13 3v4',
    move: 'M3 5h5l2 2h7v9H3zM9 11.500h5M12 9.500l2 2-2 2',
    print: 'M6 7V3h8v4M4 7h12v7h-2v3H6v-3H4z',
    help: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM8 8a2 2 0 1 1 2.500 2c-.5.2-.5.600-.5 1.200M10 13.500v.5',
    chart: 'M3 17h14M5 14v-4M9 14V5M13 14V8',
    undo: 'M7 5L3 9l4 4M3 9h9a5 5 0 0 1 0 10',
    person: 'M10 3a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM3.500 17c.5-3.500 3-5 6.500-5s6 1.500 6.500 5',
    key: 'M7 8a4 4 0 1 0 0 7.500A4 4 0 0 0 7 8zM10 9l7-6M14 5.500l2 2',
};

/** The address of the program's own sign, with the version by which the browser keeps it. */
export const MARK = document.querySelector('link[rel=icon]').href;

export function Icon({name}) {
    return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${SHAPES[name]} /></svg>`;
}
