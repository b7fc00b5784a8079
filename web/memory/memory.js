// The memory of the service: how the limit is used now and over time, and the alerts.

import {html, useEffect, useMemo, useState} from '../kit/kit.js';
import {get} from '../state/client.js';
import {memoryEvents} from '../state/events.js';
import {attempt} from '../state/notices.js';
import {mebibytes, percent, when} from '../words/format.js';
import {hasText, text} from '../words/text.js';
import {Compare} from './compare.js';
import {Report} from './report.js';
import {Timeline} from './timeline.js';

const EVERY_MS = 2000;
const POINTS = 450; // a quarter of an hour

function Bar({name, used, all, limit}) {
    const share = all > 0 ? Math.min(1, used / all) : 0;
    return html`<li><span>${name}</span><meter max="1" high="0.9" optimum="0" value=${share} aria-label=${name}>${percent(share)}</meter>
        <span class="end">${mebibytes(used)}${limit ? html`<span class="quiet"> / ${mebibytes(limit)}</span>` : ''}</span></li>`;
}

/** Workers are counted, since the numbers that the system gives them mean nothing to people. */
function nameOf(process, memory) {
    const workers = memory.processes.filter((each) => each.role !== 'front').map((each) => each.pid).sort((a, b) => a - b);
    return process.role === 'front' ? text('front') : text('worker', workers.indexOf(process.pid) + 1);
}

function Processes({memory, show}) {
    const all = memory.limit_bytes || memory.pss_peak_bytes;
    const name = (process) => nameOf(process, memory);
    return html`<section class="card"><h2>${text('processes')}</h2><ul class="bars">
        ${memory.processes.map((process) => html`<${Bar} key=${process.pid} name=${name(process)} used=${process.pss_bytes} all=${all}
            limit=${memory.limit_bytes ? process.role === 'front' ? memory.plan.front_bytes : memory.plan.worker_bytes : 0} />`)}</ul>
        <p class="quiet">${text('sharedNote')}</p>
        <footer>${memory.processes.map((process) => html`<button type="button" key=${process.pid} onClick=${() => show(process)}>${text('reportOf', name(process))}</button>`)}</footer></section>`;
}

function Said({events}) {
    return html`<section class="card"><h2>${text('alerts')}</h2>
        ${events.length === 0 ? html`<p class="quiet">${text('noAlerts')}</p>`
        : html`<ul class="said">${events.map((event, index) => html`<li key=${index}><span class="quiet">${when(event.at)}</span> <span>${hasText(event.type) ? text(event.type) : event.type}</span></li>`)}</ul>`}</section>`;
}

/** What the service kept since it started, and what was seen since the page was opened. */
function useHistory() {
    const [history, setHistory] = useState({points: [], events: [], warn_bytes: 0});
    useEffect(() => { // again with each event, because the service knows its time and those that were missed
        attempt(async () => setHistory(await get('v1/memory/timeline')));
    }, [memoryEvents.value]);
    return history;
}

function pointsOf(history, [stamps, values]) {
    const before = history.points.map((point) => [new Date(point.at) / 1000, point.pss_bytes]).filter(([stamp]) => stamp < (stamps[0] ?? Infinity));
    return [[...before.map(([stamp]) => stamp), ...stamps], [...before.map(([, value]) => value), ...values]];
}

export function Memory() {
    const [memory, setMemory] = useState(null);
    const [points, setPoints] = useState([[], []]);
    const [shown, setShown] = useState(null);
    const [kept, setKept] = useState([]);
    useEffect(() => {
        const look = () => !document.hidden && attempt(async () => {
            const now = await get('v1/memory');
            setMemory(now);
            setPoints(([stamps, values]) => [[...stamps, Date.now() / 1000].slice(-POINTS), [...values, now.pss_bytes].slice(-POINTS)]);
        });
        look();
        const timer = setInterval(look, EVERY_MS);
        return () => clearInterval(timer);
    }, []);
    const history = useHistory();
    const all = useMemo(() => pointsOf(history, points), [history, points]);
    const keep = (report) => setKept((before) => [...before, report]);
    if (!memory) {
        return html`<div class="room"><header class="top"><h1>${text('memory')}</h1></header><p class="quiet" aria-busy="true">${text('loading')}</p></div>`;
    }
    const limit = memory.limit_bytes;
    return html`<div class="room"><header class="top"><h1>${text('memory')}</h1></header>
        <section class="card"><div class="figures">
            <div><span class="quiet">${text('usedNow')}</span><strong>${mebibytes(memory.pss_bytes)}</strong></div>
            <div><span class="quiet">${text('mostUsed')}</span><strong>${mebibytes(memory.pss_peak_bytes)}</strong></div>
            <div><span class="quiet">${text('limit')}</span><strong>${limit ? mebibytes(limit) : text('noLimit')}</strong></div>
            <div><span class="quiet">${text('workers')}</span><strong>${memory.plan.workers}</strong></div></div>
            <${Timeline} points=${all} limit=${limit} warning=${history.warn_bytes} /></section>
        <div class="two"><${Processes} memory=${memory} show=${setShown} /><${Said} events=${history.events} /></div>
        <${Compare} kept=${kept} keep=${keep} />
        ${shown && html`<${Report} process=${shown} name=${nameOf(shown, memory)} keep=${keep} close=${() => setShown(null)} />`}
    </div>`;
}
