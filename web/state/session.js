// The user and their rights: a key's session is a cookie that scripts cannot read.

import {computed, signal} from '../kit/kit.js';
import {get, keyIsWanted, send} from './client.js';

/** null until the service has answered; {keys_required, key, scopes} */
export const session = signal(null);

export const needsKey = computed(() => keyIsWanted.value || (session.value?.keys_required && session.value.key === null));

/** Whether the user has that scope; actions without it are not offered. */
export const may = (scope) => session.value?.scopes.includes(scope) ?? false;

export async function loadSession() {
    session.value = await get('v1/session');
}

export async function signIn(key) {
    session.value = await send('POST', 'v1/session', {key});
    keyIsWanted.value = false;
}

export async function signOut() {
    await send('DELETE', 'v1/session');
    location.reload();
}
