// Calls to the service. Paths are relative, so that a proxy may put the page in a folder.

import {signal} from '../kit/kit.js';
import {ASKED, text} from '../words/text.js';

/** A problem that the service reported; status 0 if there was no answer. */
export class Problem extends Error {
    constructor(status, detail, type = '') {
        super(detail);
        this.status = status;
        this.type = type;
    }
}

/** Set after a 401: the page then asks for the key. */
export const keyIsWanted = signal(false);

async function problemOf(response) {
    const told = await response.json().catch(() => ({}));
    if (response.status === 401) {
        keyIsWanted.value = true;
    }
    return new Problem(response.status, told.detail ?? response.statusText, told.type);
}

export async function call(method, path, {body, headers = {}, signal: abort, keepalive} = {}) {
    let response;
    try {
        response = await fetch(path, {method, body, signal: abort, keepalive, headers: {...ASKED, ...headers}});
    } catch (error) {
        throw error.name === 'AbortError' ? error : new Problem(0, text('noAnswer'));
    }
    if (!response.ok) {
        throw await problemOf(response);
    }
    return response;
}

export async function get(path, options) {
    return (await call('GET', path, options)).json();
}

export async function send(method, path, value, headers = {}) {
    const response = await call(method, path, {
        body: value === undefined ? undefined : JSON.stringify(value),
        headers: {'Content-Type': 'application/json', ...headers},
    });
    return response.status === 204 ? null : response.json().catch(() => null);
}

/** `values` as a query, without empty ones. */
export function query(values) {
    const wanted = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
    return new URLSearchParams(wanted).toString();
}

/** Sends a file and reports its progress. Returns the answer's JSON; `abort` is an AbortSignal. */
export function sendFile(path, file, headers, {progress, abort}) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', path);
        Object.entries({...ASKED, ...headers}).forEach(([name, value]) => request.setRequestHeader(name, value));
        request.responseType = 'json';
        request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
        request.onerror = () => reject(new Problem(0, text('noAnswer')));
        request.onabort = () => reject(new Problem(-1, ''));
        request.onload = () => {
            if (request.status < 300) {
                resolve(request.response);
                return;
            }
            keyIsWanted.value ||= request.status === 401;
            reject(new Problem(request.status, request.response?.detail ?? request.statusText, request.response?.type));
        };
        abort.addEventListener('abort', () => request.abort());
        request.send(file);
    });
}

/** Saves the answer to a value that is sent as a file. */
export async function downloadAnswer(path, value, name) {
    const answer = await call('POST', path, {body: JSON.stringify(value), headers: {'Content-Type': 'application/json'}});
    const address = URL.createObjectURL(await answer.blob());
    download(address, name);
    setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Saves the answer of a path as a file. */
export function download(path, name) {
    const link = Object.assign(document.createElement('a'), {href: path, download: name});
    document.body.append(link);
    link.click();
    link.remove();
}
