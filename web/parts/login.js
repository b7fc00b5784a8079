// The login of a service that requires keys.

import {html, useState} from '../kit/kit.js';
import {signIn} from '../state/session.js';
import {sentence, text} from '../words/text.js';
import {MARK} from './icon.js';

export function Login() {
    const [trouble, setTrouble] = useState('');
    const [isBusy, setBusy] = useState(false);
    const enter = async (event) => {
        event.preventDefault();
        const key = event.currentTarget.elements.key.value.trim();
        setBusy(true);
        setTrouble('');
        try {
            await signIn(key);
            location.reload();
        } catch (problem) {
            setTrouble(problem.message);
            setBusy(false);
        }
    };
    return html`<main class="login"><form class="card" onSubmit=${enter}><img src=${MARK} alt="" width="48" height="48" /><h1>Lince</h1>
        <p>${text('needKey')}</p>
        <label class="field"><span>${text('key')}</span><input id="key" name="key" type="password" autocomplete="current-password" required
            aria-invalid=${Boolean(trouble)} aria-describedby=${trouble ? 'key-trouble' : undefined} /></label>
        ${trouble && html`<p id="key-trouble" class="complaint" role="alert">${sentence(trouble)}</p>`}
        <button class="main" disabled=${isBusy}>${text('enter')}</button>
        <p class="quiet">${text('needKeyHint')}</p></form></main>`;
}
