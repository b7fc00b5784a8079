// Loads a statement: its file and its bank.

import {html, useEffect, useRef, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {bankName, banksByCountry} from '../state/catalogue.js';
import {attempt} from '../state/notices.js';
import {loadStatement} from '../state/reconciliations.js';
import {go} from '../state/route.js';
import {text} from '../words/text.js';

export function BankSelect({value, choose, id}) {
    return html`<select id=${id} value=${value} onChange=${(event) => choose(event.currentTarget.value)}><option value="">${text('bankAny')}</option>
        ${banksByCountry().map(([country, banks]) => html`<optgroup key=${country} label=${country}>${banks.map((bank) => html`<option
            key=${bank.code} value=${bank.code}>${bankName(bank.code)} (${bank.code})</option>`)}</optgroup>`)}</select>`;
}

export function LoadStatement() {
    const [bank, setBank] = useState('');
    const [isBusy, setBusy] = useState(false);
    const input = useRef(null);
    const take = async (file) => {
        setBusy(true);
        await attempt(async () => {
            const made = await loadStatement(file, bank);
            go('reconcile', made.id);
        });
        setBusy(false);
    };
    useEffect(() => { // a file dropped anywhere on this place
        const dropped = (event) => take(event.detail);
        document.addEventListener('statement', dropped);
        return () => document.removeEventListener('statement', dropped);
    });
    const picked = (event) => {
        const [file] = event.currentTarget.files;
        event.currentTarget.value = '';
        if (file) {
            take(file);
        }
    };
    return html`<div class="card load"><div class="line">
        <label class="field grow"><span>${text('bankOfStatement')}</span><${BankSelect} value=${bank} choose=${setBank} /></label>
        <input ref=${input} id="statement" type="file" accept=".csv,.txt,.tsv,.xlsx,.pdf,text/csv,application/pdf,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            hidden aria-label=${text('loadStatement')} onChange=${picked} />
        <button type="button" class="main" disabled=${isBusy} onClick=${() => input.current.click()}><${Icon} name="upload" />
            <span>${text(isBusy ? 'comparing' : 'loadStatement')}</span></button></div>
        <p class="quiet">${text('loadStatementHint')}</p></div>`;
}
