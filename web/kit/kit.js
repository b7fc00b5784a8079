// The building blocks of components: elements from templates, state that components follow, effects.

import htm from '../htm.js';
import {Fragment, h, render} from '../preact.js';
import {batch, computed, effect, signal} from '../signals.js';

export {useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState} from '../hooks.js';
export {Fragment, batch, computed, effect, render, signal};
export const html = htm.bind(h);
