// A file with several documents and those that came out of it: from one to the others.

import {html} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {address} from '../state/route.js';
import {number} from '../words/format.js';
import {text} from '../words/text.js';

/** The name of the file that a part came in; "stack.pdf#3-5" is a part of stack.pdf. */
export const fileName = (part) => part?.name?.replace(/#[\d-]*$/, '') || text('file');

/** In a row: from the whole to the list of its parts, from a part to the whole. */
export function Kin({item}) {
    if (item.part_of) {
        return html`<a class="kin" href=${address('receipt', item.part_of.id)} title=${text('partOfFile', fileName(item))}><${Icon} name="parts" />
            <span class="hidden">${text('partOfFile', fileName(item))}</span></a>`;
    }
    return item.part_count > 0 && html`<a class="kin" href=${address('receipts', null, {part_of: item.id})} title=${text('partsOf', fileName(item))}><${Icon} name="parts" />
        <span aria-hidden="true">${number(item.part_count)}</span><span class="hidden">${text('partsCount', number(item.part_count))}</span></a>`;
}
