// How to call the service, with the user's own address.

import {html, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {notify} from '../state/notices.js';
import {session} from '../state/session.js';
import {text} from '../words/text.js';

const base = () => new URL('.', location.href).href.replace(/[#?].*$/, '').replace(/\/$/, '');

function examples() {
    const key = session.value.keys_required;
    const file = text('exampleFile');
    const header = key ? ' -H "X-API-Key: $LINCE_KEY"' : '';
    return {
        curl: [`curl${header} -H 'Prefer: wait=10' \\`, `     --data-binary @${file} \\`, `     '${base()}/v1/documents?name=${file}'`].join('\n'),
        python: ['import httpx', '', `lince = httpx.Client(base_url="${base()}"${key ? ', headers={"X-API-Key": KEY}' : ''})`, `with open("${file}", "rb") as image:`,
            `    answer = lince.post("/v1/documents", params={"name": "${file}"},`, '                        content=image.read(), headers={"Prefer": "wait=10"})',
            'print(answer.json()["fields"])'].join('\n'),
        n8n: ['HTTP Request', '  Method:        POST', `  URL:           ${base()}/v1/documents`, ...(key ? ['  Header:        X-API-Key: …'] : []),
            '  Header:        Prefer: wait=10', '  Body:          n8n Binary File', '  Query:         name = {{ $binary.data.fileName }}'].join('\n'),
    };
}

const NAMES = {curl: 'curl', python: 'Python', n8n: 'n8n'};

export function Api() {
    const [shown, setShown] = useState('curl');
    const all = examples();
    const copy = async () => {
        await navigator.clipboard.writeText(all[shown]);
        notify(text('copied'));
    };
    return html`<p class="lead">${text('apiLead')}</p>
        <div class="card"><div class="views" role="group" aria-label=${text('examples')}>${Object.keys(all).map((name) => html`<button type="button" key=${name} class="tab"
            aria-pressed=${name === shown} onClick=${() => setShown(name)}>${NAMES[name]}</button>`)}</div>
            <pre class="code" tabindex="0">${all[shown]}</pre>
            <footer><button type="button" onClick=${copy}><${Icon} name="copy" />${text('copy')}</button>
                <a class="button" href="openapi.json" target="_blank" rel="noopener">OpenAPI</a></footer></div>`;
}
