// Who is looking, and what they may do: a key's session is a cookie that scripts cannot read.

import {computed, signal} from '../kit/kit.js';
import {get, keyIsWanted, send} from './client.js';

/** null until the service has told; {keys_required, key, scopes} */
export const session = signal(null);

export const needsKey = computed(() => keyIsWanted.value || (session.value?.keys_required && session.value.key === null));

/** Whether the reader may do what needs that scope; what they may not do is not offered. */
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
