// The amounts paid in one currency over time: by day, by month if they span more than a year, by year if more than ten.

import {html, useMemo, useState} from '../kit/kit.js';
import {date, dayOf, money, month, number, short} from '../words/format.js';
import {text} from '../words/text.js';
import {Chart} from '../parts/chart.js';

const DAY_MS = 86400000;
const YEAR_DAYS = 366;
const YEARS_OF_MONTHS = 10;

const yearOf = (at) => at.getUTCFullYear();
/** How a period begins, what follows it, and how it is told. */
const PERIODS = {
    day: {begin: (at) => at, next: (at) => new Date(at.getTime() + DAY_MS), tell: (at) => date(at.toISOString().slice(0, 10))},
    month: {begin: (at) => new Date(Date.UTC(yearOf(at), at.getUTCMonth())), next: (at) => new Date(Date.UTC(yearOf(at), at.getUTCMonth() + 1)), tell: month},
    year: {begin: (at) => new Date(Date.UTC(yearOf(at), 0)), next: (at) => new Date(Date.UTC(yearOf(at) + 1, 0)), tell: (at) => String(yearOf(at))},
};

function periodFor(first, last) {
    const days = (last - first) / DAY_MS;
    return days <= YEAR_DAYS ? 'day' : days <= YEAR_DAYS * YEARS_OF_MONTHS ? 'month' : 'year';
}

/** {by, stamps, amounts} with one value for each period from the first to the last; null without days. */
function series(days, currency) {
    const paid = days.filter((each) => each.currency === currency && dayOf(each.day)).map((each) => ({at: dayOf(each.day), amount: Number(each.amount)}));
    if (paid.length === 0) {
        return null;
    }
    const moments = paid.map(({at}) => at.getTime());
    const [first, last] = [Math.min(...moments), Math.max(...moments)];
    const by = periodFor(first, last);
    const {begin, next} = PERIODS[by];
    const sums = new Map();
    for (let at = begin(new Date(first)); at.getTime() <= last; at = next(at)) {
        sums.set(at.getTime(), 0);
    }
    paid.forEach(({at, amount}) => sums.set(begin(at).getTime(), sums.get(begin(at).getTime()) + amount));
    return {by, stamps: [...sums.keys()].map((ms) => ms / 1000), amounts: [...sums.values()]};
}

/** How many payments in that currency have no day, and so no place in the chart. */
function undated(all, currency) {
    const count = (list) => list.filter((each) => each.currency === currency).reduce((sum, each) => sum + each.count, 0);
    return count(all.amounts) - count(all.days.filter((each) => dayOf(each.day)));
}

const nameOf = (currency) => currency || text('noCurrency');

function CurrencyChoice({all, currency, choose}) {
    return html`<label class="field"><span class="hidden">${text('currency')}</span><select value=${currency} onChange=${(event) => choose(event.currentTarget.value)}>
        ${all.map((each) => html`<option key=${each.currency} value=${each.currency}>${nameOf(each.currency)} (${number(each.count)})</option>`)}</select></label>`;
}

function Bars({found, currency}) {
    const {by, stamps, amounts} = found;
    const data = useMemo(() => [stamps, amounts], [found]);
    const told = (amount) => money(amount, currency);
    const tell = (stamp) => PERIODS[by].tell(new Date(stamp * 1000));
    const sum = amounts.reduce((before, amount) => before + Math.round(amount * 100), 0) / 100;
    const label = text(`by_${by}_told`, tell(stamps[0]), tell(stamps.at(-1)), told(sum), told(Math.max(...amounts)));
    return html`<${Chart} data=${data} label=${label} kind="bars" names=${[text('amount')]} axisValue=${short} value=${told} time=${tell} />`;
}

export function DaysChart({all}) {
    const currencies = useMemo(() => [...all.amounts].sort((a, b) => b.count - a.count), [all]);
    const [chosen, choose] = useState(null);
    const currency = currencies.some((each) => each.currency === chosen) ? chosen : currencies[0]?.currency ?? '';
    const found = useMemo(() => series(all.days, currency), [all, currency]);
    const missing = undated(all, currency);
    return html`<figure class="chart"><figcaption><span>${text(`by_${found?.by ?? 'day'}`)}${currencies.length === 1 ? ` · ${nameOf(currency)}` : ''}</span>
            ${currencies.length > 1 && html`<${CurrencyChoice} all=${currencies} currency=${currency} choose=${choose} />`}</figcaption>
        ${found ? html`<${Bars} key=${`${currency} ${found.by}`} found=${found} currency=${currency} />` : html`<p class="quiet">${text('noDays')}</p>`}
        ${found && missing > 0 && html`<p class="quiet">${text('undated', number(missing))}</p>`}</figure>`;
}
