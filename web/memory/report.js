// The report of one process: its meters as a tree, each against its budget, live. It can be saved as a file and compared.

import {html, useEffect, useState} from '../kit/kit.js';
import {Dialog} from '../parts/dialog.js';
import {get} from '../state/client.js';
import {clockWhole, mebibytes, memory, number, percent} from '../words/format.js';
import {sentence, text} from '../words/text.js';
import {meterName, placed} from './meters.js';

const EVERY_MS = 2000;
const NOT_FOUND = 404;

function Share({meter, name}) {
    const share = meter.budget > 0 ? Math.min(1, meter.current_bytes / meter.budget) : 0;
    return meter.budget > 0 && html`<meter max="1" high="0.9" optimum="0" value=${share} aria-hidden="true" title=${text('shareOfBudget', name, mebibytes(meter.budget))}>${percent(share)}</meter>`;
}

function Meter({meter}) {
    const name = meterName(meter.name);
    return html`<tr style=${{'--depth': meter.depth}}><th scope="row"><span>${name}</span><${Share} meter=${meter} name=${name} /></th>
        <td class="end">${memory(meter.current_bytes)}</td><td class="end" data-label=${text('most')}>${memory(meter.peak_bytes)}</td>
        <td class=${`end ${meter.limit_bytes ? '' : 'none'}`} data-label=${text('budget')}>${meter.limit_bytes ? mebibytes(meter.limit_bytes) : '–'}</td>
        <td class=${`end ${meter.refusals ? '' : 'none'}`} data-label=${text('refusals')}>${number(meter.refusals)}</td></tr>`;
}

function Meters({meters}) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('meters')}><table class="plain meters"><caption>${text('meters')}</caption>
        <thead><tr><th scope="col">${text('meter')}</th><th scope="col" class="end">${text('now')}</th><th scope="col" class="end">${text('most')}</th>
            <th scope="col" class="end">${text('budget')}</th><th scope="col" class="end">${text('refusals')}</th></tr></thead>
        <tbody>${placed(meters).map((meter) => html`<${Meter} key=${meter.path} meter=${meter} />`)}</tbody></table></div>`;
}

/** {report, at, problem}: the last report of the process, taken again a moment after each answer until the process has ended. */
function useReport(path) {
    const [told, setTold] = useState({report: null, at: 0, problem: null});
    useEffect(() => {
        let timer = null;
        let isGone = false;
        const look = async () => {
            try {
                const report = document.hidden ? null : await get(path, {headers: {Accept: 'application/json'}});
                if (report && !isGone) {
                    setTold({report, at: Date.now(), problem: null});
                }
            } catch (problem) {
                if (problem.status === undefined) {
                    throw problem;
                }
                setTold((before) => ({...before, problem}));
                isGone ||= problem.status === NOT_FOUND;
            }
            if (!isGone) {
                timer = setTimeout(look, EVERY_MS);
            }
        };
        look();
        return () => {
            isGone = true;
            clearTimeout(timer);
        };
    }, [path]);
    return told;
}

function Facts({report}) {
    return html`<dl class="facts"><div><dt>${text('resident')}</dt><dd>${mebibytes(report.system.resident_bytes)}</dd></div>
        <div><dt>${text('onMeters')}</dt><dd>${mebibytes(report.tracked_bytes)}</dd></div>
        <div><dt>${text('notOnMeters')}</dt><dd>${mebibytes(report.untracked.bytes)}</dd></div>
        <div><dt>${text('refusals')}</dt><dd>${number(report.counts.refusals)}</dd></div></dl>`;
}

export function Report({process, name, keep, close}) {
    const path = process.role === 'front' ? 'v1/memory/report' : `v1/memory/report?process=${process.pid}`;
    const {report, at, problem} = useReport(path);
    const [firstName] = useState(name); // workers are counted anew when one ends
    return html`<${Dialog} title=${text('reportOf', firstName)} close=${close} wide>
        ${!report && !problem && html`<p class="quiet" aria-busy="true">${text('loading')}</p>`}
        ${problem && html`<p class="trouble" role="alert">${problem.status === NOT_FOUND ? text('processEnded', firstName) : sentence(problem.message)}</p>`}
        ${report && html`<p class="quiet">${text('asAt', clockWhole(at))}</p><${Facts} report=${report} /><${Meters} meters=${report.meters} />`}
        <footer>${report && html`<button type="button" class="main" onClick=${() => { keep({name: text('reportAt', firstName, clockWhole(at)), report}); close(); }}>${text('keepToCompare')}</button>`}
            <a class="button" href=${path} download=${`lince-memory-${process.pid}.json`}>${text('saveReport')}</a></footer><//>`;
}
