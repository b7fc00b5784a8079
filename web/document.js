// One document: its picture with boxes, its fields to correct, its text.

import {call, get, send} from './client.js';
import {attempt, byId, make} from './elements.js';
import {text} from './texts.js';

const SVG = 'http://www.w3.org/2000/svg';
let shown = null;
let picture = null;

function shape(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value);
    }
    return element;
}

function rectangle([x0, y0, x1, y1], name) {
    return shape('rect', {x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: name});
}

async function draw(item) {
    const image = await createImageBitmap(picture.blob);
    const svg = byId('picture');
    svg.setAttribute('viewBox', `0 0 ${image.width} ${image.height}`);
    svg.replaceChildren(shape('image', {href: picture.address, width: image.width, height: image.height}),
        ...(item.page?.lines ?? []).map((line) => rectangle(line.box, 'line')));
    for (const [name, field] of Object.entries(item.fields ?? {})) {
        if (field.box) {
            const box = rectangle(field.box, 'field');
            box.dataset.field = name;
            svg.append(box);
        }
    }
}

function fieldInput(name, field) {
    const id = `field-${name}`;
    const input = make('input', {id, name, value: field.value ?? '', defaultValue: field.value ?? ''});
    const mark = (chosen) => byId('picture').querySelector(`[data-field="${name}"]`)?.classList.toggle('chosen', chosen);
    input.addEventListener('focus', () => mark(true));
    input.addEventListener('blur', () => mark(false));
    const sure = field.corrected ? text('typed') : text('sure', Math.round(100 * field.confidence));
    return [make('label', {htmlFor: id, textContent: name}), input,
        make('span', {textContent: sure, className: field.corrected || field.confidence >= 0.9 ? '' : 'doubt'})];
}

async function fill(item) {
    byId('document-title').textContent = item.name || item.id;
    byId('document-notes').textContent = [text(item.status), item.layout, item.error?.message,
        item.duplicate_of ? text('duplicate', item.duplicate_of) : null].filter(Boolean).join(' · ');
    byId('field-list').replaceChildren(
        ...Object.entries(item.fields ?? {}).flatMap(([name, field]) => (Array.isArray(field) ? [] : fieldInput(name, field))));
    byId('whole-text').textContent = item.text ?? '';
    byId('picture').replaceChildren();
    if (item.has_image) {
        const blob = await (await call('GET', `${item.self.slice(1)}/image`)).blob();
        picture = {blob, address: URL.createObjectURL(blob)};
        await draw(item);
    } else {
        byId('saved').textContent = text('noImage');
    }
}

function forgetPicture() {
    if (picture) {
        URL.revokeObjectURL(picture.address);
        picture = null;
    }
}

/** Opens the dialog for that document. */
export async function show(id) {
    forgetPicture();
    byId('saved').textContent = '';
    shown = await get(`v1/documents/${id}`);
    await fill(shown);
    if (!byId('document').open) {
        byId('document').showModal();
    }
}

async function save() {
    const fields = {};
    for (const input of byId('field-list').querySelectorAll('input')) {
        if (input.value !== input.defaultValue) {
            fields[input.name] = input.value === '' ? null : input.value;
        }
    }
    if (Object.keys(fields).length === 0) {
        return;
    }
    try {
        await send('PATCH', `v1/documents/${shown.id}`, {fields}, {'If-Match': `"${shown.version}"`});
    } catch (problem) {
        if (problem.status === 412) {
            problem.message = text('changed');
        }
        throw problem;
    }
    await show(shown.id);
    byId('saved').textContent = text('saved');
}

/** Problems with a document are told in its dialog, which covers the rest of the page. */
async function attemptHere(work) {
    try {
        await work();
    } catch (problem) {
        byId('saved').textContent = problem.message;
    }
}

export function listenForDocument(reload) {
    const dialog = byId('document');
    byId('close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
        forgetPicture();
        attempt(reload);
    });
    byId('fields').addEventListener('submit', (event) => {
        event.preventDefault();
        attemptHere(save);
    });
    byId('reread').addEventListener('click', () => attemptHere(async () => {
        await send('POST', `v1/documents/${shown.id}/reread`, {});
        dialog.close();
    }));
    byId('remove').addEventListener('click', () => attemptHere(async () => {
        if (confirm(text('surely'))) {
            await call('DELETE', `v1/documents/${shown.id}`);
            dialog.close();
        }
    }));
}
