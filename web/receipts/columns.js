// The columns that a list can have.

import {html} from '../kit/kit.js';
import {Menu} from '../parts/menu.js';
import {bankName} from '../state/catalogue.js';
import {columns, USUAL_COLUMNS} from '../state/preferences.js';
import {isWithout} from '../state/screen.js';
import {date, money, when} from '../words/format.js';
import {text} from '../words/text.js';
import {Kin} from './kin.js';
import {State} from './state.js';

/** `sort`: the service's name for it; none if it cannot sort by it. */
export const COLUMNS = {
    date: {label: 'paidOn', width: 'minmax(6.5rem, 7rem)', sort: 'paid', cell: ({found}) => date(found.day)},
    who: {label: 'who', width: 'minmax(9rem, 1.7fr)', sort: 'who', cell: null},
    amount: {label: 'amount', width: 'minmax(8rem, 9.5rem)', sort: 'amount', end: true, cell: ({found}) => money(found.amount, found.currency)},
    number: {label: 'number', width: 'minmax(7rem, 9rem)', cell: ({found}) => found.number},
    bank: {label: 'bank', width: 'minmax(9rem, 1.2fr)', sort: 'bank', cell: ({found}) => bankName(found.bank, found.bankRead)},
    from: {label: 'fromBank', width: 'minmax(8rem, 1fr)', cell: ({found}) => bankName(found.from, found.fromRead)},
    phone: {label: 'phone', width: '8rem', cell: ({found}) => found.phone},
    person: {label: 'person', width: '8rem', cell: ({found}) => found.person},
    concept: {label: 'concept', width: 'minmax(8rem, 1fr)', cell: ({found}) => found.concept},
    sender: {label: 'sender', width: 'minmax(8rem, 1fr)', sort: 'sender', cell: ({item}) => item.payment?.sender ?? ''},
    received: {label: 'received', width: '9rem', sort: 'received', cell: ({item}) => when(item.received_at)},
    file: {label: 'file', width: 'minmax(8rem, 1fr)', cell: ({item}) => item.name},
    state: {label: 'state', width: 'minmax(7.5rem, 10rem)', sort: 'status', cell: ({item}) => html`<${State} item=${item} /><${Kin} item=${item} />`},
};

/** A list with the usual columns leaves some out on a small screen, and one with chosen columns is scrolled. */
export function shownColumns() {
    const isUsual = columns.value.join() === USUAL_COLUMNS.join();
    return columns.value.filter((name) => name in COLUMNS && !(isUsual && isWithout[name]?.value));
}

/** The columns for the style sheet, and the least width that has room for them. */
export function template() {
    const widths = shownColumns().map((name) => COLUMNS[name].width);
    const least = widths.reduce((sum, width) => sum + Number(width.match(/[\d.]+/)[0]), 3);
    return {'--columns': `var(--choose) ${widths.join(' ')}`, '--least': `${least}rem`};
}

function toggle(name) {
    const has = columns.value.includes(name);
    columns.value = has ? columns.value.filter((each) => each !== name)
        : Object.keys(COLUMNS).filter((each) => each === name || columns.value.includes(each));
}

export function ColumnsMenu() {
    return html`<${Menu} icon="columns" label=${text('columns')} kind="wide-only">
        <fieldset class="choices"><legend>${text('columnsShown')}</legend>
        ${Object.entries(COLUMNS).map(([name, {label}]) => html`<label key=${name}><input type="checkbox"
            checked=${columns.value.includes(name)} disabled=${name === 'who'} onChange=${() => toggle(name)} /> ${text(label)}</label>`)}
        </fieldset><//>`;
}
