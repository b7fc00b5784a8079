// What corrections teach: layouts made from them, what each would change, and accepting one.

import {html, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {bankName, fieldLabel, fieldType} from '../state/catalogue.js';
import {get, send} from '../state/client.js';
import {attempt, notify} from '../state/notices.js';
import {address} from '../state/route.js';
import {may} from '../state/session.js';
import {number} from '../words/format.js';
import {text} from '../words/text.js';
import {shownValue} from '../receipt/values.js';

const TONES = {better: 'good', worse: 'bad', changed: 'doubt'};

function Difference({each}) {
    const type = fieldType(each.field);
    const shown = (value) => (value ? (type === 'bank' ? bankName(value) : shownValue(type, value)) : text('nothing'));
    return html`<tr><td><span class=${`state ${TONES[each.is] ?? 'quiet'}`}>${text(`learn_${each.is}`)}</span></td>
        <th scope="row"><a href=${address('receipt', each.document)}>${fieldLabel(each.field)}</a></th>
        <td><del>${shown(each.before)}</del></td><td><ins>${shown(each.after)}</ins></td></tr>`;
}

function Proposal({proposal, accept, isBusy}) {
    const {name, documents, better, worse, same, changed, safe, replaces, differences} = proposal;
    const counts = {better, worse, same, changed};
    return html`<li class="card"><div class="top"><h3>${proposal.layout.title || name}</h3>
            <span class=${`state ${safe ? 'good' : 'doubt'}`}>${text(safe ? 'learnSafe' : 'learnLook')}</span></div>
        <p class="quiet">${text('learnFrom', documents.length)}${replaces && ` ${text('learnReplaces', replaces)}`}</p>
        <p class="learn-counts">${Object.entries(counts).filter(([, count]) => count > 0).map(([kind, count]) => html`<span key=${kind}>
            <strong>${number(count)}</strong> ${text(`learn_${kind}`)}</span>`)}</p>
        ${differences.length > 0 && html`<details><summary>${text('learnDifferences')}</summary><div class="scroll" tabindex="0" role="region" aria-label=${text('learnDifferences')}>
            <table class="plain"><thead><tr><td></td><th scope="col">${text('field')}</th><th scope="col">${text('before')}</th><th scope="col">${text('after')}</th></tr></thead>
            <tbody>${differences.map((each, index) => html`<${Difference} key=${index} each=${each} />`)}</tbody></table></div></details>`}
        ${may('admin') && html`<footer><button type="button" class=${safe ? 'main' : ''} disabled=${isBusy} onClick=${() => accept(name)}><${Icon} name="check" />${text('learnAccept')}</button></footer>`}</li>`;
}

/** `changed` is called after a layout was accepted. */
export function Learn({changed}) {
    const [proposals, setProposals] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const run = async (work) => {
        setBusy(true);
        await attempt(work);
        setBusy(false);
    };
    const look = () => run(async () => setProposals((await get('v1/learn')).proposals));
    const accept = (name) => run(async () => {
        await send('POST', 'v1/learn', {accept: [name]});
        setProposals((before) => before.filter((each) => each.name !== name));
        notify(text('learnAccepted'));
        changed();
    });
    return html`<section class="card" aria-label=${text('learn')}><h2>${text('learn')}</h2><p class="quiet">${text('learnLead')}</p>
        <footer><button type="button" disabled=${isBusy} onClick=${look}><${Icon} name="search" />${text(isBusy ? 'learnLooks' : 'learnSearch')}</button></footer>
        <div aria-live="polite">${proposals && (proposals.length === 0 ? html`<p class="quiet">${text('learnNothing')}</p>`
            : html`<ul class="cards">${proposals.map((proposal) => html`<${Proposal} key=${proposal.name} proposal=${proposal} accept=${accept} isBusy=${isBusy} />`)}</ul>`)}</div></section>`;
}
