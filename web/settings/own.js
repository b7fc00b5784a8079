// The user's own settings: language, light or dark, and the session.

import {html} from '../kit/kit.js';
import {theme} from '../state/preferences.js';
import {session, signOut} from '../state/session.js';
import {attempt} from '../state/notices.js';
import {chooseLanguage, language, text} from '../words/text.js';

function Choices({legend, name, value, options, choose}) {
    return html`<fieldset class="segments"><legend>${legend}</legend>${options.map(([option, label]) => html`<label key=${option}>
        <input type="radio" name=${name} value=${option} checked=${value === option} onChange=${() => choose(option)} /><span>${label}</span></label>`)}</fieldset>`;
}

export function Own() {
    const {key, scopes} = session.value;
    return html`<div class="card"><${Choices} legend=${text('language')} name="language" value=${language} choose=${chooseLanguage}
            options=${[['es', 'Español'], ['en', 'English']]} />
        <${Choices} legend=${text('look')} name="theme" value=${theme.value} choose=${(value) => { theme.value = value; }}
            options=${[['system', text('lookSystem')], ['light', text('lookLight')], ['dark', text('lookDark')]]} /></div>
        <div class="card"><h2>${text('session')}</h2>
            <p>${key ? text('signedInAs', key.name || key.id) : text('noKeyNeeded')}</p>
            <p class="quiet">${text('mayDo')}: ${scopes.map((scope) => text(`scope_${scope}`)).join(', ')}</p>
            ${key && html`<footer><button type="button" onClick=${() => attempt(signOut)}>${text('signOut')}</button></footer>`}</div>
        <div class="card"><h2>${text('keyboard')}</h2><dl class="shortcuts">${[['/', 'keySearch'], ['↑ ↓', 'keyRows'], ['Enter', 'keyOpen'],
            ['Tab', 'keyField'], ['Ctrl Enter', 'approveNext'], ['Alt ← →', 'keySteps'], ['Esc', 'keyBack']].map(([keys, words]) => html`<div key=${keys}>
            <dt><kbd>${keys}</kbd></dt><dd>${text(words)}</dd></div>`)}</dl></div>`;
}
