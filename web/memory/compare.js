// Two reports side by side: which meters grew and which shrank. Reports are kept in the page or come from files.

import {html, useState} from '../kit/kit.js';
import {FilePick} from '../parts/file_pick.js';
import {notify} from '../state/notices.js';
import {mebibytes, number} from '../words/format.js';
import {text} from '../words/text.js';

/** A meter by the names on its way down the tree: "process/read/detect". */
function named(meters) {
    const way = [];
    return meters.map((meter) => {
        way.length = meter.depth;
        way.push(meter.name);
        return [way.join('/'), meter];
    });
}

function rows(before, after) {
    const old = new Map(named(before.meters));
    const found = named(after.meters).map(([path, meter]) => ({path, name: meter.name, depth: meter.depth, from: old.get(path)?.current_bytes ?? 0, to: meter.current_bytes}));
    const known = new Set(found.map(({path}) => path));
    const gone = [...old].filter(([path]) => !known.has(path)).map(([path, meter]) => ({path, name: meter.name, depth: meter.depth, from: meter.current_bytes, to: 0}));
    const whole = [['resident', before.system.resident_bytes, after.system.resident_bytes], ['notOnMeters', before.untracked.bytes, after.untracked.bytes]];
    return [...whole.map(([name, from, to]) => ({path: name, name: text(name), depth: 0, from, to})), ...found, ...gone];
}

/** A number of bytes: small ones in KiB, so that a small change is seen. */
const small = (bytes) => (bytes < 1 << 20 ? `${number(Math.ceil(bytes / 1024))}\u00a0KiB` : mebibytes(bytes));

function Change({from, to}) {
    const change = to - from;
    return html`<td class=${`end ${change > 0 ? 'more' : change < 0 ? 'less' : 'quiet'}`}>${change === 0 ? '=' : `${change > 0 ? '+' : '−'}${small(Math.abs(change))}`}</td>`;
}

function Table({before, after}) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('comparedReports')}><table class="plain meters compared">
        <thead><tr><th scope="col">${text('meter')}</th><th scope="col" class="end">${text('before')}</th><th scope="col" class="end">${text('after')}</th><th scope="col" class="end">${text('change')}</th></tr></thead>
        <tbody>${rows(before, after).map(({path, name, depth, from, to}) => html`<tr key=${path}><th scope="row" style=${{paddingInlineStart: `${0.5 + depth}rem`}}>${name}</th>
            <td class="end">${mebibytes(from)}</td><td class="end">${mebibytes(to)}</td><${Change} from=${from} to=${to} /></tr>`)}</tbody></table></div>`;
}

/** Whether a file holds a report of a process. */
const isReport = (told) => Array.isArray(told?.meters) && told.system?.resident_bytes !== undefined && told.untracked?.bytes !== undefined;

export function Compare({kept, keep}) {
    const [places, setPlaces] = useState([0, 1]);
    const open = async (event) => {
        const files = [...event.currentTarget.files];
        event.currentTarget.value = '';
        for (const file of files) {
            const told = await file.text().then(JSON.parse).catch(() => null);
            if (isReport(told)) {
                keep({name: file.name, report: told});
            } else {
                notify(text('noReport', file.name), {kind: 'bad'});
            }
        }
    };
    const select = (which, label) => html`<label class="field grow"><span>${text(label)}</span><select value=${places[which]}
        onChange=${(event) => setPlaces(places.map((place, index) => (index === which ? Number(event.currentTarget.value) : place)))}>
        ${kept.map(({name}, index) => html`<option key=${index} value=${index}>${name}</option>`)}</select></label>`;
    return html`<section class="card"><h2>${text('compareReports')}</h2><p class="quiet">${text('compareReportsHint')}</p>
        <${FilePick} label=${text('openReports')} accept=".json,application/json" multiple change=${open} />
        ${kept.length > 1 && html`<div class="line">${select(0, 'before')}${select(1, 'after')}</div>
            <${Table} before=${kept[places[0]].report} after=${kept[places[1]].report} />`}
        ${kept.length === 1 && html`<p>${text('oneReportKept', kept[0].name)}</p>`}</section>`;
}
