// The meters of a report: their names for people, and the budget that holds for each.

import {hasText, text} from '../words/text.js';

/** The meter's name in the page's language; one that a newer program made keeps its own. */
export const meterName = (name) => (hasText(`meter_${name}`) ? text(`meter_${name}`) : name);

/** Each meter with its way down the tree, "process/readers/reader 2", and its budget: its own, or the nearest above it, which holds for it too. */
export function placed(meters) {
    const way = [];
    const seen = new Map();
    return meters.map((meter) => {
        way.length = meter.depth;
        const above = way.at(-1);
        const path = above ? `${above.path}/${meter.name}` : meter.name;
        const count = (seen.get(path) ?? 0) + 1;
        seen.set(path, count);
        const found = {...meter, path: count > 1 ? `${path} ${count}` : path, budget: meter.limit_bytes || (above?.budget ?? 0)};
        way.push(found);
        return found;
    });
}
