// The places behind the first view: the browser takes them once that is drawn.

export {Batches} from './batches/batches.js';
export {Memory} from './memory/memory.js';
export {Receipt} from './receipt/receipt.js';
export {Reconcile} from './reconcile/reconcile.js';
export {Settings} from './settings/settings.js';
