// The modules behind the first view, taken once that is drawn, or at once where another place is wanted.

import {signal} from '../kit/kit.js';
import {get} from './client.js';

const AGAIN_MS = 2000;

/** null until they are here. */
export const later = signal(null);
let taking = null;

/** Without them, the page is older than the program, or the service was away: it is loaded anew once the service answers. */
async function startAnew() {
    for (;;) {
        await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
        if (await get('v1/session').then(() => true, () => false)) {
            location.reload();
            return;
        }
    }
}

export function takeLater() {
    taking ??= import('../later.js').then((modules) => { later.value = modules; }, startAnew);
}

/** Takes them when the browser has nothing else to do. */
export function takeLaterIdly() {
    (globalThis.requestIdleCallback ?? setTimeout)(takeLater);
}
