// The browser's own dialog: it keeps the focus, and Escape closes it.

import {html, useEffect, useId, useRef} from '../kit/kit.js';
import {text} from '../words/text.js';
import {Icon} from './icon.js';

export function Dialog({title, close, children, wide = false}) {
    const place = useRef(null);
    const name = useId(); // a question may stand over another dialog
    useEffect(() => {
        const dialog = place.current;
        const before = document.activeElement;
        dialog.showModal();
        return () => {
            dialog.close();
            before?.focus?.();
        };
    }, []);
    const outside = (event) => {
        if (event.target === place.current) {
            close();
        }
    };
    return html`<dialog ref=${place} class=${wide ? 'wide' : ''} aria-labelledby=${name} onClick=${outside}
        onCancel=${(event) => { event.preventDefault(); close(); }}>
        <div class="dialog-body">
            <header><h2 id=${name}>${title}</h2>
                <button type="button" class="bare" aria-label=${text('close')} onClick=${close}><${Icon} name="close" /></button></header>
            ${children}
        </div>
    </dialog>`;
}

/** Asks before an action that cannot be undone. The children name what goes. */
export function Question({title, message, act, run, close, children}) {
    return html`<${Dialog} title=${title} close=${close}>
        <p>${message}</p>
        ${children}
        <footer><button type="button" onClick=${close}>${text('cancel')}</button>
            <button type="button" class="danger" onClick=${() => { close(); run(); }}>${act}</button></footer>
    <//>`;
}
