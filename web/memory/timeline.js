// Memory since the service started, with the limit and the mark at which the service warns.

import {html, useMemo} from '../kit/kit.js';
import {Chart} from '../parts/chart.js';
import {clock, clockWhole, mebibytes, when} from '../words/format.js';
import {text} from '../words/text.js';

const DAY_S = 86400;
const MINUTES_S = 600; // in a shorter time, the seconds are told as well
/** Of the scale: 10, 20, 50, … MiB. */
const STEPS = [1, 10, 100, 1000, 10000].flatMap((step) => [step, 2 * step, 5 * step]).map((step) => step * (1 << 20));

export function Timeline({points: [stamps, values], limit, warning}) {
    const data = useMemo(() => (limit ? [stamps, values, stamps.map(() => warning), stamps.map(() => limit)] : [stamps, values]), [stamps, limit, warning]);
    const isLong = stamps.at(-1) - stamps[0] > DAY_S;
    const time = isLong ? when : stamps.at(-1) - stamps[0] < MINUTES_S ? clockWhole : clock;
    return stamps.length > 1 && html`<figure class="chart"><figcaption>${text('memoryOverTime')}</figcaption>
        <${Chart} key=${`${time.name} ${Boolean(limit)}`} data=${data} label=${text('memoryOverTimeTold', mebibytes(Math.max(...values)))} value=${mebibytes} steps=${STEPS}
            time=${(stamp) => time(stamp * 1000)} names=${limit ? [text('used'), text('warning'), text('limit')] : [text('used')]} /></figure>`;
}
