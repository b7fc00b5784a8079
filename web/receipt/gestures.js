// Fingers, mouse and keys on the picture: pressing chooses words, dragging moves, two fingers or the wheel zoom.

import {current, hand, lit} from './current.js';
import {pan, zoom} from './view.js';
import {chosenWords, copy, fill} from './words.js';

const MOVED_PX = 6;

const wordAt = (event) => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.dataset?.word;
    return found === undefined ? null : Number(found);
};

function fieldOfWord(event) {
    const under = document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.dataset?.field);
    return under?.dataset.field ?? null;
}

/** A pressed word goes into the active field; without one, the field of its box becomes active. */
function press(event, word) {
    const field = fieldOfWord(event);
    if (hand.value && hand.value !== field) {
        chosenWords.value = [word, word];
        fill();
    } else if (field && current.value.fields[field]) {
        document.getElementById(`field-${field}`)?.focus();
    } else {
        chosenWords.value = [word, word];
    }
}

const KEYS = {'+': (at) => zoom(1.25, at), '=': (at) => zoom(1.25, at), '-': (at) => zoom(0.8, at), ArrowLeft: () => pan(60, 0),
    ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60)};

/** Listens on the frame; returns a function that stops it. */
export function gestures(frame) {
    const pointers = new Map();
    let begun = null; // {x, y, word}
    let spread = 0;
    const at = (event) => {
        const {left, top} = frame.getBoundingClientRect();
        return {x: event.clientX - left, y: event.clientY - top};
    };
    const distance = () => {
        const [a, b] = [...pointers.values()];
        return Math.hypot(a.x - b.x, a.y - b.y);
    };
    const handlers = {
        pointerdown(event) {
            if (event.button !== 0) {
                return;
            }
            pointers.set(event.pointerId, at(event));
            begun = pointers.size === 1 ? {...at(event), word: wordAt(event), isMoved: false} : null;
            spread = pointers.size === 2 ? distance() : 0;
            frame.setPointerCapture(event.pointerId);
            event.preventDefault(); // the active field keeps the focus
        },
        pointermove(event) {
            const before = pointers.get(event.pointerId);
            if (!before) {
                lit.value = fieldOfWord(event);
                return;
            }
            const now = at(event);
            pointers.set(event.pointerId, now);
            if (pointers.size === 2) {
                const next = distance();
                const [a, b] = [...pointers.values()];
                zoom(next / spread, {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2});
                spread = next;
            } else if (begun && (begun.isMoved || Math.hypot(now.x - begun.x, now.y - begun.y) > MOVED_PX)) {
                begun.isMoved = true;
                if (begun.word === null) {
                    pan(now.x - before.x, now.y - before.y);
                } else {
                    chosenWords.value = [begun.word, wordAt(event) ?? chosenWords.value?.[1] ?? begun.word];
                }
            }
        },
        pointerup(event) {
            pointers.delete(event.pointerId);
            if (begun && !begun.isMoved && begun.word !== null) {
                press(event, begun.word);
            } else if (begun && !begun.isMoved) {
                chosenWords.value = null;
            }
            begun = null;
        },
        pointercancel(event) {
            pointers.delete(event.pointerId);
            begun = null;
        },
        wheel(event) {
            event.preventDefault();
            zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), at(event));
        },
        keydown(event) {
            if ((event.ctrlKey || event.metaKey) && event.key === 'c' && chosenWords.value) {
                event.preventDefault();
                copy();
            } else if (event.key in KEYS && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
                KEYS[event.key]({x: frame.clientWidth / 2, y: frame.clientHeight / 2});
            }
        },
    };
    Object.entries(handlers).forEach(([name, handler]) => frame.addEventListener(name, handler, {passive: false}));
    return () => Object.entries(handlers).forEach(([name, handler]) => frame.removeEventListener(name, handler));
}
