// When a person should check a value: below which confidence, for each kind of field.

import {html, useEffect, useState} from '../kit/kit.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {text} from '../words/text.js';
import {whereFixed} from './fixed.js';

/** A confidence as people write it: 0.95 as 95. */
const percentOf = (confidence) => String(Math.round(confidence * 1000) / 10);

/** What is set of a kind; empty if the fitted confidence holds. */
const setOf = (settings, kind) => (settings.review_confidences[kind] === settings.review_defaults[kind] ? '' : percentOf(settings.review_confidences[kind]));

function Kind({kind, settings, isFixed}) {
    const id = `review-${kind}`;
    return html`<div class="field kept"><label for=${id}>${text(`review_${kind}`)}</label><span class="with-unit"><input id=${id} name=${kind} type="number" min="0" max="100" step="0.1"
        defaultValue=${setOf(settings, kind)} placeholder=${percentOf(settings.review_defaults[kind])} readonly=${isFixed} /><span>%</span></span></div>`;
}

export function Checking() {
    const [settings, setSettings] = useState(null);
    useEffect(() => { attempt(async () => setSettings(await get('v1/settings'))); }, []);
    if (!settings) {
        return html`<p class="lead">${text('checkingLead')}</p>`;
    }
    const source = settings.set_by.review;
    const isFixed = source !== 'default' && source !== 'here';
    const kinds = Object.keys(settings.review_defaults);
    /* A field that nobody touched keeps its number, which may have more digits than are shown. */
    const sent = (kind, shown) => (shown === setOf(settings, kind) ? settings.review_confidences[kind] : Number((Number(shown) / 100).toFixed(4)));
    const save = (review) => attempt(async () => {
        setSettings(await send('PATCH', 'v1/settings', {review}));
        notify(text('checkingSaved'));
    });
    const submit = (event) => {
        event.preventDefault();
        const form = event.currentTarget.elements;
        const parts = kinds.filter((kind) => form[kind].value.trim() !== '').map((kind) => `${kind}=${sent(kind, form[kind].value.trim())}`);
        save(parts.length > 0 ? parts.join(',') : null);
    };
    return html`<p class="lead">${text('checkingLead')}</p>
        <form class="card wide-form" onSubmit=${submit} key=${settings.review}><h2>${text('checkingBelow')}</h2><p class="quiet">${text('checkingHint')}</p>
            ${isFixed && html`<p class="complaint">${whereFixed(source, 'review')}</p>`}
            <div class="two-fields">${kinds.map((kind) => html`<${Kind} key=${kind} kind=${kind} settings=${settings} isFixed=${isFixed} />`)}</div>
            ${!isFixed && html`<footer>${settings.review !== '' && html`<button type="button" onClick=${() => save(null)}>${text('checkingFitted')}</button>`}
                <button class="main">${text('save')}</button></footer>`}</form>`;
}
