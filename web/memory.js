// What the service's memory limit is used for, now.

import {get} from './client.js';
import {byId, bytes, make} from './elements.js';
import {text} from './texts.js';

function bar(name, used, all) {
    return make('li', {}, make('span', {className: 'name', textContent: name}), make('meter', {max: all, value: used, title: name}),
        make('span', {textContent: bytes(used)}));
}

export async function reloadMemory() {
    const memory = await get('v1/memory');
    const used = memory.pss_bytes;
    const all = memory.limit_bytes || memory.pss_peak_bytes;
    byId('memory-bar').value = used / all;
    byId('memory-text').textContent = memory.limit_bytes
        ? text('ofLimit', bytes(used), bytes(memory.limit_bytes)) : text('noLimit', bytes(used));
    byId('processes').replaceChildren(
        bar(text('peak', ''), memory.pss_peak_bytes, all),
        ...memory.processes.map(({role, pid, pss_bytes: held}) => bar(role === 'front' ? text('front') : text('worker', pid), held, all)));
}
