// Calls to the service: the key, problems, and the stream of events.

import {language, text} from './texts.js';

const KEY = 'lince-key';

/** A problem as the service told it. */
export class Problem extends Error {
    constructor(status, detail) {
        super(detail);
        this.status = status;
    }
}

export function useKey(key) {
    sessionStorage.setItem(KEY, key);
}

/** Answers with the response, or throws a Problem. Paths are relative, so that a proxy may put the page in a folder. */
export async function call(method, path, {body, headers = {}} = {}) {
    const key = sessionStorage.getItem(KEY);
    const response = await fetch(path, {
        method, body, headers: {'Accept-Language': language, ...(key ? {'X-API-Key': key} : {}), ...headers},
    });
    if (!response.ok) {
        const problem = await response.json().catch(() => ({}));
        throw new Problem(response.status, response.status === 401 ? text('needKey') : problem.detail ?? response.statusText);
    }
    return response;
}

export async function get(path) {
    return (await call('GET', path)).json();
}

export async function send(method, path, value, headers = {}) {
    return call(method, path, {body: JSON.stringify(value), headers: {'Content-Type': 'application/json', ...headers}});
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** The type and data of one event of the stream. */
function parse(block) {
    const event = {};
    for (const line of block.split('\n')) {
        const colon = line.indexOf(': ');
        if (colon > 0) {
            event[line.slice(0, colon)] = line.slice(colon + 2);
        }
    }
    return event;
}

async function readStream(response, take) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = '';
    for (;;) {
        const {value, done} = await reader.read();
        if (done) {
            return;
        }
        const blocks = (waiting + value).split('\n\n');
        waiting = blocks.pop();
        blocks.map(parse).filter((event) => event.event).forEach(take);
    }
}

/** Follows the events for ever; `take` gets each, `state` whether the service answers. EventSource cannot send a key. */
export async function follow(take, state) {
    let last;
    for (;;) {
        try {
            const response = await call('GET', 'v1/events', {headers: last ? {'Last-Event-ID': last} : {}});
            state(true);
            await readStream(response, (event) => {
                last = event.id ?? last;
                take(event);
            });
        } catch (problem) {
            if (problem.status === 401) {
                throw problem;
            }
        }
        state(false);
        await pause(2000);
    }
}

/** Saves what a path answers as a file: a link could not send the key. */
export async function download(path, name) {
    const address = URL.createObjectURL(await (await call('GET', path)).blob());
    const link = Object.assign(document.createElement('a'), {href: address, download: name});
    link.click();
    URL.revokeObjectURL(address);
}
