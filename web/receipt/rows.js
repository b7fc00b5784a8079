// The rows of a sale: their cells by name, and the form in which the service takes and gives them.

import {amount, number, parseAmount} from '../words/format.js';

const plain = (value) => (value === '' || Number.isNaN(Number(value)) ? value : number(Number(value)));
const share = (value) => (value === '' || Number.isNaN(Number(value)) ? value : `${plain(value)} %`);
/** "0,335" and "0.335" are both 0.335: what is typed as a quantity has no thousands. */
const parseNumber = (typed) => typed.trim().replace(',', '.');

/** A price below one may have more than two decimals: "0,335". */
const parsePrice = (typed) => (/^\s*0[.,]\d+\s*$/.test(typed) ? parseNumber(typed) : typed.trim() === '' ? '' : parseAmount(typed));

const TEXT = {show: (value) => value, parse: (typed) => typed.trim()};
const MONEY = {show: amount, parse: (typed) => (typed.trim() === '' ? '' : parseAmount(typed)), isNumber: true};
const PRICE = {show: (value) => (/^-?0\.\d{3,}$/.test(value) ? plain(value) : amount(value)), parse: parsePrice, isNumber: true};
const NUMBER = {show: plain, parse: parseNumber, isNumber: true};
const RATE = {show: share, parse: (typed) => parseNumber(typed.replace('%', '')), isNumber: true};

const column = (name, label, kind) => ({name, label, ...kind});
const OF_TAXES = [column('name', 'description', TEXT), column('rate', 'rate', RATE), column('base', 'base', MONEY), column('amount', 'amount', MONEY)];

/** The cells of a row, in the order in which the service keeps them. */
const COLUMNS = {
    items: [column('description', 'description', TEXT), column('quantity', 'quantity', NUMBER), column('amount', 'amount', MONEY),
        column('unit_price', 'priceOfOne', PRICE), column('code', 'code', TEXT), column('unit', 'unit', TEXT), column('discount', 'discount', TEXT), column('rate', 'rate', RATE)],
    taxes: OF_TAXES, withheld: OF_TAXES, payments: [column('means', 'means', TEXT), column('amount', 'amount', MONEY)],
};

export const TABLES = Object.keys(COLUMNS);
export const isTable = (name) => name in COLUMNS;
export const columnsOf = (name) => COLUMNS[name];

/** Objects with the cells that are not empty. */
export function rowsOf(name, value) {
    return (value ? value.split('\n') : []).map((line) => Object.fromEntries(line.split('\t').map((cell, place) => [COLUMNS[name][place]?.name, cell])
        .filter(([of, cell]) => of && cell)));
}

/** The sum of the amounts; null where one of them is no number. */
export function sumOf(rows) {
    const amounts = rows.map((row) => Number(row.amount ?? 'none'));
    return amounts.length > 0 && amounts.every((each) => !Number.isNaN(each)) ? amounts.reduce((sum, each) => sum + Math.round(each * 100), 0) / 100 : null;
}
