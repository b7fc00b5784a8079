// The view of the picture: its scale, place and turn.

import {signal} from '../kit/kit.js';

const SCALE_LEAST = 0.05;
const SCALE_MOST = 8;

/** scale and place of the picture's middle in its frame, in pixels of the screen; turn in degrees */
export const view = signal({scale: 1, x: 0, y: 0, turn: 0});

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** The whole picture in the frame, or its whole width if it is very long. */
export function fit(frame, size) {
    const isTurned = view.value.turn % 180 !== 0;
    const [width, height] = isTurned ? [size.height, size.width] : [size.width, size.height];
    const scale = Math.min((frame.clientWidth - 24) / width, Math.max((frame.clientHeight - 24) / height, 0.5 * (frame.clientWidth - 24) / width));
    const y = height * scale > frame.clientHeight ? (height * scale) / 2 + 12 : frame.clientHeight / 2;
    view.value = {...view.value, scale, x: frame.clientWidth / 2, y};
}

/** Zooms about a point of the frame. */
export function zoom(factor, at) {
    const {scale, x, y} = view.value;
    const next = clamp(scale * factor, SCALE_LEAST, SCALE_MOST);
    view.value = {...view.value, scale: next, x: at.x + ((x - at.x) * next) / scale, y: at.y + ((y - at.y) * next) / scale};
}

export function pan(dx, dy) {
    view.value = {...view.value, x: view.value.x + dx, y: view.value.y + dy};
}

export function turn(frame, size) {
    view.value = {...view.value, turn: (view.value.turn + 90) % 360};
    fit(frame, size);
}

/** Brings a box of the picture into view if it is outside. */
export function reveal(box, frame, size) {
    const {scale, x, y, turn: degrees} = view.value;
    const angle = (degrees * Math.PI) / 180;
    const [dx, dy] = [(box[0] + box[2]) / 2 - size.width / 2, (box[1] + box[3]) / 2 - size.height / 2];
    const px = x + scale * (dx * Math.cos(angle) - dy * Math.sin(angle));
    const py = y + scale * (dx * Math.sin(angle) + dy * Math.cos(angle));
    const isSeen = px > 24 && py > 24 && px < frame.clientWidth - 24 && py < frame.clientHeight - 24;
    if (!isSeen) {
        pan(frame.clientWidth / 2 - px, frame.clientHeight / 2 - py);
    }
}
