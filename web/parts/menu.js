// A button with a panel below it; Escape or a press elsewhere closes it.

import {html, useEffect, useRef, useState} from '../kit/kit.js';
import {Icon} from './icon.js';

export function Menu({icon, label, count = 0, children, align = 'end', kind = ''}) {
    const [isOpen, setOpen] = useState(false);
    const place = useRef(null);
    useEffect(() => {
        if (!isOpen) {
            return undefined;
        }
        const node = place.current;
        const outside = (event) => {
            if (!node.contains(event.target)) {
                setOpen(false);
            }
        };
        const escape = (event) => {
            if (event.key === 'Escape') {
                event.stopPropagation();
                setOpen(false);
                node.querySelector('button').focus();
            }
        };
        node.querySelector('.panel').scrollIntoView({block: 'nearest'});
        document.addEventListener('pointerdown', outside);
        node.addEventListener('keydown', escape);
        return () => {
            document.removeEventListener('pointerdown', outside);
            node.removeEventListener('keydown', escape);
        };
    }, [isOpen]);
    return html`<div class="menu" ref=${place}>
        <button type="button" class=${kind} aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
            <${Icon} name=${icon} /><span class="label">${label}</span>${count > 0 && ' '}${count > 0 && html`<span class="count">${count}</span>`}</button>
        ${isOpen && html`<div class=${`panel ${align}`} role="group" aria-label=${label}>
            ${typeof children === 'function' ? children(() => setOpen(false)) : children}</div>`}
    </div>`;
}
