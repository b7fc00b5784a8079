// Where a setting that the page cannot change is set: the option, the variable or the line of that name.

import {text} from '../words/text.js';

const NAMES = {
    flag: (setting) => `--${setting}`,
    environment: (setting) => `LINCE_${setting.replaceAll('-', '_').toUpperCase()}`,
    file: (setting) => setting,
};

/** A sentence for a source of the API: flag, environment or file. */
export const whereFixed = (source, setting) => text(`fixedBy_${source}`, NAMES[source](setting));
