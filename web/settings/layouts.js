// The layouts that find fields, and a place to try one on a picture without storing it.

import {html, useEffect, useState} from '../kit/kit.js';
import {Dialog, Question} from '../parts/dialog.js';
import {FilePick} from '../parts/file_pick.js';
import {Icon} from '../parts/icon.js';
import {fieldLabel, fieldType} from '../state/catalogue.js';
import {call, get, query, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {may} from '../state/session.js';
import {percent} from '../words/format.js';
import {hasText, sentence, text} from '../words/text.js';
import {shownValue} from '../receipt/values.js';
import {Learn} from './learn.js';

/** A built-in layout's title in the page's language; others have the title that their author gave. */
const titleOf = ({name, title}) => (hasText(`layout_${name}`) ? text(`layout_${name}`) : title || name);

function Found({result}) {
    const fields = Object.entries(result.fields ?? {});
    return html`<h3>${result.layout ? text('readBy', result.layout) : text('readByNone')}</h3>
        ${fields.length === 0 ? html`<p class="quiet">${text('noFields')}</p>` : html`<table class="plain"><tbody>${fields.map(([name, field]) => html`<tr key=${name}>
            <th scope="row">${fieldLabel(name)}</th><td>${shownValue(fieldType(name), field.value)}</td><td class="end quiet">${percent(field.confidence ?? 1)}</td></tr>`)}</tbody></table>`}`;
}

function Trial({layouts}) {
    const [result, setResult] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const run = async (event) => {
        event.preventDefault();
        const {file, layout} = event.currentTarget.elements;
        setBusy(true);
        setResult(null);
        await attempt(async () => {
            const path = `v1/read?${query({layout: layout.value, name: file.files[0].name, page: 1})}`;
            setResult(await (await call('POST', path, {body: file.files[0], headers: {'Content-Type': 'application/octet-stream'}})).json());
        });
        setBusy(false);
    };
    return html`<form class="card" onSubmit=${run}><h2>${text('tryLayout')}</h2><p class="quiet">${text('tryLayoutHint')}</p>
        <${FilePick} label=${text('picture')} name="file" required />
        <label class="field"><span>${text('layout')}</span><select name="layout"><option value="">${text('anyLayout')}</option>
            ${layouts.map((each) => html`<option key=${each.name} value=${each.name}>${titleOf(each)}</option>`)}</select></label>
        <footer><button class="main" disabled=${isBusy}>${isBusy ? text('reading') : text('readNow')}</button></footer>
        <div aria-live="polite">${result && html`<${Found} result=${result} />`}</div></form>`;
}

/** A layout's text, to read or to start another one from. */
function Shown({name, close}) {
    const [words, setWords] = useState('');
    useEffect(() => { attempt(async () => setWords(await (await call('GET', `v1/layouts/${encodeURIComponent(name)}`)).text())); }, [name]);
    return html`<${Dialog} title=${text('layoutText', name)} close=${close} wide><pre class="code tall" tabindex="0">${words}</pre>
        <footer><button type="button" onClick=${async () => { await navigator.clipboard.writeText(words); notify(text('copied')); }}><${Icon} name="copy" />${text('copy')}</button>
            <a class="button" href=${`v1/layouts/${encodeURIComponent(name)}`} download=${`${name}.json`}>${text('saveLayout')}</a></footer><//>`;
}

/** Checks a layout that the user wrote, and tries it on a receipt; neither is stored or used. */
function Check() {
    const [words, setWords] = useState('');
    const [found, setFound] = useState(null);
    const [result, setResult] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const changed = (next) => {
        setWords(next);
        setFound(null);
        setResult(null);
    };
    const check = async (event) => {
        event.preventDefault();
        const [file] = event.currentTarget.elements.receipt?.files ?? [];
        setBusy(true);
        setFound(null);
        setResult(null);
        try {
            const headers = {'Content-Type': 'application/json'};
            const {valid, message} = await (await call('POST', 'v1/layouts/check', {body: words, headers})).json();
            setFound({valid, message});
            if (valid && file) {
                const form = new FormData();
                form.append('layout', words);
                form.append('file', file, file.name);
                setResult(await (await call('POST', 'v1/layouts/try', {body: form})).json());
            }
        } catch (problem) {
            setFound({valid: false, message: problem.message});
        }
        setBusy(false);
    };
    const take = async (event) => {
        const [file] = event.currentTarget.files;
        if (file) {
            changed(await file.text());
        }
    };
    return html`<form class="card wide-form" onSubmit=${check}><h2>${text('checkLayout')}</h2><p class="quiet">${text('checkLayoutHint')}</p>
        <${FilePick} label=${text('file')} accept=".json,application/json" change=${take} />
        <label class="field full"><span>${text('layout')}</span><textarea name="layout" rows="10" spellcheck="false" required class="code-input" value=${words}
            onInput=${(event) => changed(event.currentTarget.value)}></textarea></label>
        ${may('submit') && html`<${FilePick} label=${text('tryOn')} name="receipt" />`}
        <footer><button class="main" disabled=${isBusy}>${text(isBusy ? 'reading' : 'check')}</button></footer>
        <div aria-live="polite">${found && (found.valid ? html`<p><span class="state good">${text('layoutRight')}</span></p>` : html`<p class="complaint">${sentence(found.message)}</p>`)}
            ${result && html`<${Found} result=${result} />`}</div></form>`;
}

/** Files among the learned layouts that are not used, and why. */
const PassedOver = ({files}) => html`<section class="card"><h2>${text('layoutsPassed')}</h2><p class="quiet">${text('layoutsPassedHint')}</p>
    <dl class="facts">${files.map(({file, reason}) => html`<div key=${file}><dt class="name">${file}</dt><dd>${reason}</dd></div>`)}</dl></section>`;

export function Layouts() {
    const [{layouts, passed_over: passedOver}, setLayouts] = useState({layouts: [], passed_over: []});
    const [shown, setShown] = useState(null);
    const [asked, setAsked] = useState(null);
    const look = () => attempt(async () => setLayouts(await get('v1/layouts')));
    useEffect(() => { look(); }, []);
    const takeBack = (name) => attempt(async () => {
        await send('DELETE', `v1/learn/${encodeURIComponent(name)}`);
        notify(text('learnTakenBack', name));
        await look();
    });
    return html`<p class="lead">${text('layoutsLead')}</p>
        <div class="scroll card" tabindex="0" role="region" aria-label=${text('layouts')}><table class="plain"><tbody>${layouts.map(({name, title, learned}) => html`<tr key=${name}><th scope="row">${titleOf({name, title})}${learned && html` <span class="state">${text('learned')}</span>`} <span class="quiet name">${name}</span></th>
            <td class="end">${learned && may('admin') && html`<button type="button" class="danger small" onClick=${() => setAsked(name)}>${text('learnTakeBack')}</button> `}<button
                type="button" class="small" aria-label=${text('showNamed', name)} onClick=${() => setShown(name)}>${text('show')}</button></td></tr>`)}</tbody></table></div>
        ${passedOver.length > 0 && html`<${PassedOver} files=${passedOver} />`}
        ${may('correct') && html`<${Learn} changed=${look} />`}
        ${may('submit') && html`<${Trial} layouts=${layouts} />`}
        <${Check} />
        ${shown && html`<${Shown} name=${shown} close=${() => setShown(null)} />`}
        ${asked && html`<${Question} title=${text('learnTakeBackAsk', asked)} message=${text('learnTakeBackHint')} act=${text('learnTakeBack')}
            run=${() => takeBack(asked)} close=${() => setAsked(null)} />`}`;
}
