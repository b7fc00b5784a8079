// The picture with the boxes of its fields and words on it.

import {html, useEffect, useMemo, useRef, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {fileName} from '../receipts/kin.js';
import {fieldLabel} from '../state/catalogue.js';
import {may} from '../state/session.js';
import {sentence, text} from '../words/text.js';
import {current, hand, lit} from './current.js';
import {gestures} from './gestures.js';
import {isOnPage, page, pageCount, pageNumber, showPage} from './pages.js';
import {fit, reveal, turn, view, zoom} from './view.js';
import {chosenWords, copy, fill, textOf, words} from './words.js';

/** A part is downloaded as the file that it came in. */
const downloadName = (item) => (item.part_of ? fileName(item) : item.name || 'lince');

function Box({box, ...rest}) {
    const [x0, y0, x1, y1] = box;
    return html`<rect x=${x0} y=${y0} width=${Math.max(1, x1 - x0)} height=${Math.max(1, y1 - y0)} ...${rest} />`;
}

function Boxes({size}) {
    const range = chosenWords.value;
    const isChosen = (index) => range && index >= Math.min(...range) && index <= Math.max(...range);
    const boxes = Object.entries(current.value.fields).filter(([, field]) => field.box && isOnPage(field));
    return html`<svg viewBox=${`0 0 ${size.width} ${size.height}`} width=${size.width} height=${size.height} aria-hidden="true">
        ${boxes.map(([name, field]) => html`<${Box} key=${name} box=${field.box} data-field=${name}
            class=${`box ${lit.value === name ? 'lit' : ''} ${hand.value === name ? 'hand' : ''}`} />`)}
        ${words.value.map((word, index) => html`<${Box} key=${index} box=${word.box} data-word=${index} class=${`word ${isChosen(index) ? 'chosen' : ''}`} />`)}
    </svg>`;
}

function Tools({frame, size}) {
    const middle = () => ({x: frame.current.clientWidth / 2, y: frame.current.clientHeight / 2});
    const tool = (icon, label, act) => html`<button type="button" aria-label=${text(label)} title=${text(label)} onClick=${act}><${Icon} name=${icon} /></button>`;
    return html`<div class="picture-tools" role="toolbar" aria-label=${text('picture')}>
        ${tool('plus', 'larger', () => zoom(1.3, middle()))}${tool('minus', 'smaller', () => zoom(1 / 1.3, middle()))}
        ${tool('fit', 'fit', () => fit(frame.current, size))}${tool('turn', 'turnPicture', () => turn(frame.current, size))}
        <a class="button" href=${`v1/documents/${current.value.id}/image`} download=${downloadName(current.value)} aria-label=${text('downloadPicture')}
            title=${text('downloadPicture')}><${Icon} name="download" /></a></div>`;
}

function ChosenBar() {
    const range = chosenWords.value;
    return range && html`<div class="chosen-words" role="toolbar" aria-label=${text('chosenWords')}>
        <span>${text('quoted', textOf(range))}</span>
        ${hand.value && may('correct') && html`<button type="button" class="main small" onClick=${fill}>${text('fillInto', fieldLabel(hand.value))}</button>`}
        <button type="button" class="small" onClick=${copy}><${Icon} name="copy" />${text('copy')}</button>
        <button type="button" class="bare small" aria-label=${text('close')} onClick=${() => { chosenWords.value = null; }}><${Icon} name="close" /></button></div>`;
}

function PageSteps() {
    const [number, count] = [pageNumber.value, pageCount()];
    const step = (icon, label, to) => html`<button type="button" aria-label=${text(label)} title=${text(label)} disabled=${to < 1 || to > count}
        onClick=${() => showPage(to)}><${Icon} name=${icon} /></button>`;
    return count > 1 && html`<div class="page-steps" role="toolbar" aria-label=${text('pages')}>
        ${step('left', 'pageBefore', number - 1)}<span aria-live="polite">${text('pageOf', number, count)}</span>${step('right', 'pageAfter', number + 1)}</div>`;
}

/** The picture of a file that no browser can show. */
function Broken() {
    return html`<div class="picture none"><div><p>${text('pictureBroken')}</p>
        <a class="button" href=${`v1/documents/${current.value.id}/image`} download=${downloadName(current.value)}><${Icon} name="download" />${text('downloadPicture')}</a></div></div>`;
}

/** Made anew for each page. */
export function Picture() {
    const item = current.value;
    const number = pageNumber.value;
    const frame = useRef(null);
    const [loaded, setLoaded] = useState(null);
    const [isBroken, setBroken] = useState(false);
    const {width, height} = page.value ?? {};
    const size = useMemo(() => loaded && {width: width ?? loaded.width, height: height ?? loaded.height}, [loaded, width, height]);
    useEffect(() => {
        if (!size) {
            return undefined;
        }
        const place = frame.current;
        view.value = {...view.value, turn: 0};
        fit(place, size);
        const watch = new ResizeObserver(() => fit(place, size));
        watch.observe(place);
        return () => watch.disconnect();
    }, [size]);
    useEffect(() => (frame.current && size ? gestures(frame.current) : undefined), [size]);
    const held = item.fields[hand.value];
    const box = held && isOnPage(held) ? held.box : null;
    useEffect(() => {
        if (size && box) {
            reveal(box, frame.current, size);
        }
    }, [hand.value, size]);
    const failure = item.pages?.[number - 1]?.error?.message;
    if (isBroken) {
        return html`<${Broken} />`;
    }
    if (!item.has_image) {
        return html`<div class="picture none"><p>${text('noPicture')}</p></div>`;
    }
    const {scale, x, y, turn: degrees} = view.value;
    return html`<div class="picture"><div class="frame" ref=${frame} tabindex="0" role="group" aria-label=${text('pictureHint')}>
        <div class="sheet" style=${size ? {width: `${size.width}px`, height: `${size.height}px`,
            transform: `translate(${x - size.width / 2}px, ${y - size.height / 2}px) rotate(${degrees}deg) scale(${scale})`} : {visibility: 'hidden'}}>
            <img key=${item.id} src=${`v1/documents/${item.id}/pages/${number}/image`} alt=${text('pictureOf', item.name || item.id)} draggable=${false}
                onLoad=${({currentTarget: {naturalWidth, naturalHeight}}) => setLoaded({width: naturalWidth, height: naturalHeight})} onError=${() => setBroken(true)} />
            ${size && html`<${Boxes} size=${size} />`}
        </div></div>
        ${failure && html`<p class="page-failure" role="alert">${sentence(failure)}</p>`}
        <${PageSteps} />${size && html`<${Tools} frame=${frame} size=${size} />`}<${ChosenBar} />
    </div>`;
}
