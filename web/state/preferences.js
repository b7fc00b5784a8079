// The user's choices on this device: columns, saved views, light or dark.

import {effect, signal} from '../kit/kit.js';

function kept(name, fallback) {
    let value = fallback;
    try {
        value = JSON.parse(localStorage.getItem(`lince-${name}`)) ?? fallback;
    } catch {
        localStorage.removeItem(`lince-${name}`); // written by something else
    }
    const preference = signal(value);
    effect(() => localStorage.setItem(`lince-${name}`, JSON.stringify(preference.value)));
    return preference;
}

export const USUAL_COLUMNS = ['date', 'who', 'amount', 'number', 'bank', 'state'];
export const columns = kept('columns', USUAL_COLUMNS);
export const views = kept('views', []);
export const theme = kept('theme', 'system');
export const summaryIsOpen = kept('summary', false);

effect(() => {
    if (theme.value === 'system') {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = theme.value;
    }
});
