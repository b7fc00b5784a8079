// Fields that the reader added to the open document and has not filled yet.

import {effect, signal} from '../kit/kit.js';
import {current} from './current.js';

export const added = signal([]);
let of = null;

effect(() => {
    const id = current.value?.id ?? null;
    if (id !== of) {
        of = id;
        added.value = [];
    }
});
