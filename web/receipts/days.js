// The amounts paid each day, in the commonest currency.

import {html, useMemo} from '../kit/kit.js';
import {date, money, number, short} from '../words/format.js';
import {text} from '../words/text.js';
import {Chart} from '../parts/chart.js';

const DAY_S = 86400;

/** One value per day from the first to the last; days without payments are 0. */
function series(days, currency) {
    const found = new Map(days.filter((each) => each.currency === currency).map((each) => [Date.parse(`${each.day}T00:00:00Z`) / 1000, Number(each.amount)]));
    const stamps = [...found.keys()].filter((stamp) => !Number.isNaN(stamp)).sort((a, b) => a - b);
    if (stamps.length === 0) {
        return null;
    }
    const first = Math.max(stamps[0], stamps.at(-1) - 366 * DAY_S);
    const all = Array.from({length: Math.round((stamps.at(-1) - first) / DAY_S) + 1}, (_, index) => first + index * DAY_S);
    return [all, all.map((stamp) => found.get(stamp) ?? 0)];
}

export function DaysChart({days}) {
    const currency = useMemo(() => {
        const counts = new Map();
        days.forEach((each) => counts.set(each.currency, (counts.get(each.currency) ?? 0) + each.count));
        return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
    }, [days]);
    const data = useMemo(() => series(days, currency), [days, currency]);
    const best = data ? Math.max(...data[1]) : 0;
    return html`<figure class="chart"><figcaption>${text('byDay', currency)}</figcaption>
        ${data ? html`<${Chart} data=${data} label=${text('byDayTold', number(data[0].length), money(best, currency))} kind="bars" names=${[text('amount')]} axisValue=${short}
            value=${(amount) => money(amount, currency)} time=${(stamp) => date(new Date(stamp * 1000).toISOString().slice(0, 10))} />`
        : html`<p class="quiet">${text('noDays')}</p>`}</figure>`;
}
