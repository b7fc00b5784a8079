// Memory over the time that the page is open, with the limit and the mark at which the service warns.

import {html, useMemo} from '../kit/kit.js';
import {Chart} from '../parts/chart.js';
import {mebibytes} from '../words/format.js';
import {language, text} from '../words/text.js';

const WARNS_AT = 0.9;

export function Timeline({points: [stamps, values], limit}) {
    const data = useMemo(() => (limit ? [stamps, values, stamps.map(() => limit * WARNS_AT), stamps.map(() => limit)] : [stamps, values]), [stamps, limit]);
    const time = new Intl.DateTimeFormat(language, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
    return stamps.length > 1 && html`<figure class="chart"><figcaption>${text('memoryOverTime')}</figcaption>
        <${Chart} data=${data} label=${text('memoryOverTimeTold', mebibytes(Math.max(...values)))} value=${mebibytes}
            time=${(stamp) => time.format(new Date(stamp * 1000))} names=${limit ? [text('used'), text('warning'), text('limit')] : [text('used')]} /></figure>`;
}
