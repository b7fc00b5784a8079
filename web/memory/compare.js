// Two reports side by side: which meters grew and which shrank. Reports are kept in the page or come from files.

import {html, useState} from '../kit/kit.js';
import {FilePick} from '../parts/file_pick.js';
import {notify} from '../state/notices.js';
import {memory} from '../words/format.js';
import {text} from '../words/text.js';
import {meterName, placed} from './meters.js';

function rows(before, after) {
    const old = new Map(placed(before.meters).map((meter) => [meter.path, meter]));
    const found = placed(after.meters).map(({path, name, depth, current_bytes: to}) => ({path, name: meterName(name), depth, from: old.get(path)?.current_bytes ?? 0, to}));
    const known = new Set(found.map(({path}) => path));
    const gone = [...old.values()].filter(({path}) => !known.has(path)).map(({path, name, depth, current_bytes: from}) => ({path, name: meterName(name), depth, from, to: 0}));
    const whole = [['resident', before.system.resident_bytes, after.system.resident_bytes], ['notOnMeters', before.untracked.bytes, after.untracked.bytes]];
    return [...whole.map(([name, from, to]) => ({path: name, name: text(name), depth: 0, from, to})), ...found, ...gone];
}

function Change({from, to}) {
    const change = to - from;
    return html`<td class=${`end ${change > 0 ? 'more' : change < 0 ? 'less' : 'quiet'}`}>${change === 0 ? '=' : `${change > 0 ? '+' : '−'}${memory(Math.abs(change))}`}</td>`;
}

function Table({before, after}) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${text('comparedReports')}><table class="plain meters compared">
        <thead><tr><th scope="col">${text('meter')}</th><th scope="col" class="end">${text('before')}</th><th scope="col" class="end">${text('after')}</th><th scope="col" class="end">${text('change')}</th></tr></thead>
        <tbody>${rows(before, after).map(({path, name, depth, from, to}) => html`<tr key=${path} style=${{'--depth': depth}}><th scope="row">${name}</th>
            <td class="end" data-label=${text('before')}>${memory(from)}</td><td class="end" data-label=${text('after')}>${memory(to)}</td><${Change} from=${from} to=${to} /></tr>`)}</tbody></table></div>`;
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
