// Where the user is: a place and its conditions, both in the address, so that they can be saved and shared.

import {signal} from '../kit/kit.js';

function read() {
    const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const [name, id = null] = path.split('/').map(decodeURIComponent);
    return {name: name || 'receipts', id, query: Object.fromEntries(new URLSearchParams(query))};
}

export const route = signal(read());
addEventListener('hashchange', () => {
    route.value = read();
});

export function address(name, id = null, query = {}) {
    const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined)).toString();
    return `#/${name}${id ? `/${encodeURIComponent(id)}` : ''}${search ? `?${search}` : ''}`;
}

export function go(name, id, query) {
    location.hash = address(name, id, query);
}

/** Another condition of the same place, without a step in the history for each typed letter. */
export function adjust(query) {
    history.replaceState(null, '', address(route.value.name, route.value.id, query));
    route.value = read();
}
