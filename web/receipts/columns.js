// The columns that a list can have.

import {html} from '../kit/kit.js';
import {Menu} from '../parts/menu.js';
import {bankName} from '../state/catalogue.js';
import {columns} from '../state/preferences.js';
import {date, money, when} from '../words/format.js';
import {text} from '../words/text.js';
import {State} from './state.js';

/** `sort`: the service's name for it; none if it cannot sort by it. */
export const COLUMNS = {
    date: {label: 'paidOn', width: 'minmax(6.5rem, 7.5rem)', sort: 'paid', cell: ({found}) => date(found.day)},
    who: {label: 'who', width: 'minmax(11rem, 2fr)', sort: 'who', cell: null},
    amount: {label: 'amount', width: 'minmax(8rem, 10rem)', sort: 'amount', end: true, cell: ({found}) => money(found.amount, found.currency)},
    number: {label: 'number', width: 'minmax(7rem, 9.5rem)', cell: ({found}) => found.number},
    bank: {label: 'bank', width: 'minmax(8rem, 1fr)', sort: 'bank', cell: ({found}) => bankName(found.bank, found.bankRead)},
    from: {label: 'fromBank', width: 'minmax(8rem, 1fr)', cell: ({found}) => bankName(found.from, found.fromRead)},
    phone: {label: 'phone', width: '8rem', cell: ({found}) => found.phone},
    person: {label: 'person', width: '8rem', cell: ({found}) => found.person},
    concept: {label: 'concept', width: 'minmax(8rem, 1fr)', cell: ({found}) => found.concept},
    received: {label: 'received', width: '9rem', sort: 'received', cell: ({item}) => when(item.received_at)},
    file: {label: 'file', width: 'minmax(8rem, 1fr)', cell: ({item}) => item.name},
    state: {label: 'state', width: 'minmax(9rem, 12rem)', sort: 'status', cell: ({item}) => html`<${State} item=${item} />`},
};

export const shownColumns = () => columns.value.filter((name) => name in COLUMNS);

export const template = () => `2.75rem ${shownColumns().map((name) => COLUMNS[name].width).join(' ')}`;

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
