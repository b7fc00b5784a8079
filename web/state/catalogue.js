// The service's fields and banks: types, and names in the user's language.

import {signal} from '../kit/kit.js';
import {language} from '../words/text.js';
import {get} from './client.js';

export const catalogue = signal({fields: new Map(), banks: new Map()});

export async function loadCatalogue() {
    const {fields, banks} = await get('v1/fields');
    catalogue.value = {
        fields: new Map(fields.map((field) => [field.name, field])),
        banks: new Map(banks.map((bank) => [bank.code, bank]).reverse()),
    };
}

/** A field's name for people; a field of the user's own layout keeps its name. */
export function fieldLabel(name) {
    return catalogue.value.fields.get(name)?.label[language] ?? name.replaceAll('_', ' ');
}

export const fieldType = (name) => catalogue.value.fields.get(name)?.type ?? 'text';

/** Words that the service's names of banks have without their accents, since programs compare them. */
const ACCENTED = Object.fromEntries(['Agrícola', 'Asociación', 'Atlántida', 'BanBajío', 'Banpaís', 'Bogotá', 'Caroní', 'Común', 'Crédit', 'Crédito', 'Cuscatlán', 'Depósitos',
    'Econômica', 'Económico', 'España', 'Fedecrédito', 'Générale', 'Itaú', 'México', 'Nación', 'Pacífico', 'Panamá', 'Perú', 'Préstamos', 'República', 'Ríos', 'Société', 'Ualá', 'Unión']
    .map((word) => [word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase(), word]));
const SMALL = new Set(['DE', 'DEL', 'LA', 'LOS', 'LAS', 'Y']);

function calm(name) {
    return name.replace(/\p{L}+/gu, (word) => {
        if (SMALL.has(word)) {
            return word.toLowerCase();
        }
        if (word in ACCENTED) {
            return ACCENTED[word];
        }
        return word.length <= 3 || word === 'BBVA' ? word : word[0] + word.slice(1).toLowerCase();
    });
}

/** The usual name of a bank code: the name that was read, because two countries may share a code; else the known one. */
export function bankName(code, read) {
    const name = read ?? catalogue.value.banks.get(code)?.name;
    return name ? calm(name) : code ?? '';
}

let regions = null;

/** Banks by country, Venezuela's first: [[name of the country, banks]]. */
export function banksByCountry() {
    regions ??= new Intl.DisplayNames([language], {type: 'region'}); // it takes the browser a tenth of a second
    const found = new Map();
    [...catalogue.value.banks.values()].forEach((bank) => found.set(bank.country, [...found.get(bank.country) ?? [], bank]));
    return [...found].sort(([a], [b]) => (b === 'VE') - (a === 'VE') || a.localeCompare(b))
        .map(([country, banks]) => [regions.of(country), banks.sort((a, b) => a.code.localeCompare(b.code))]);
}
