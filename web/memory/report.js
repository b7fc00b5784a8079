// The report of one process: its meters as a tree, each with its budget. It can be saved as a file and compared.

import {html, useEffect, useState} from '../kit/kit.js';
import {Dialog} from '../parts/dialog.js';
import {get} from '../state/client.js';
import {attempt} from '../state/notices.js';
import {mebibytes, number} from '../words/format.js';
import {text} from '../words/text.js';

function Meters({meters}) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('meters')}><table class="plain meters"><caption>${text('meters')}</caption>
        <thead><tr><th scope="col">${text('meter')}</th><th scope="col" class="end">${text('now')}</th><th scope="col" class="end">${text('most')}</th>
            <th scope="col" class="end">${text('budget')}</th><th scope="col" class="end">${text('refusals')}</th></tr></thead>
        <tbody>${meters.map((meter, index) => html`<tr key=${index}><th scope="row" style=${{paddingInlineStart: `${0.5 + meter.depth}rem`}}>${meter.name}</th>
            <td class="end">${mebibytes(meter.current_bytes)}</td><td class="end">${mebibytes(meter.peak_bytes)}</td>
            <td class="end">${meter.limit_bytes ? mebibytes(meter.limit_bytes) : '–'}</td><td class="end">${number(meter.refusals)}</td></tr>`)}</tbody></table></div>`;
}

export function Report({process, name, keep, close}) {
    const [report, setReport] = useState(null);
    const path = process.role === 'front' ? 'v1/memory/report' : `v1/memory/report?process=${process.pid}`;
    useEffect(() => {
        attempt(async () => setReport(await get(path, {headers: {Accept: 'application/json'}})));
    }, []);
    return html`<${Dialog} title=${text('report')} close=${close} wide>
        ${!report && html`<p class="quiet" aria-busy="true">${text('loading')}</p>`}
        ${report && html`<dl class="facts"><div><dt>${text('resident')}</dt><dd>${mebibytes(report.system.resident_bytes)}</dd></div>
            <div><dt>${text('onMeters')}</dt><dd>${mebibytes(report.tracked_bytes)}</dd></div>
            <div><dt>${text('notOnMeters')}</dt><dd>${mebibytes(report.untracked.bytes)}</dd></div>
            <div><dt>${text('refusals')}</dt><dd>${number(report.counts.refusals)}</dd></div></dl>
            <${Meters} meters=${report.meters} />`}
        <footer>${report && html`<button type="button" class="main" onClick=${() => { keep({name: text('reportAt', name, new Date().toLocaleTimeString()), report}); close(); }}>${text('keepToCompare')}</button>`}
            <a class="button" href=${path} download=${`lince-memory-${process.pid}.json`}>${text('saveReport')}</a></footer><//>`;
}
