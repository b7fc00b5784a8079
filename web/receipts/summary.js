// A document's values in a list: payments, sales and invoices have the same columns.

const NAMES = {
    who: ['beneficiario', 'company', 'payee', 'seller', 'comercio'],
    day: ['fecha', 'date'],
    time: ['hora', 'time'],
    amount: ['monto', 'total', 'amount'],
    currency: ['moneda', 'currency'],
    number: ['referencia', 'receipt_number', 'number', 'invoice_number', 'reference'],
    bank: ['banco_destino', 'bank'],
    from: ['banco_origen'],
    phone: ['telefono', 'phone'],
    person: ['cedula', 'tax_id'],
    concept: ['concepto', 'concept'],
};

/** The name of the document's field for it, or of the usual one. */
function fieldFor(item, what) {
    return NAMES[what].find((name) => item.fields?.[name]?.value) ?? NAMES[what][0];
}

function valueOf(item, what) {
    return item.fields?.[fieldFor(item, what)]?.value ?? '';
}

/** The same record by which the service sorts, filters and sums, whatever the document is. */
const OF_PAYMENT = {who: 'who', day: 'date', amount: 'amount', currency: 'currency', number: 'reference', bank: 'bank'};

export function summary(item) {
    return {
        ...Object.fromEntries(Object.keys(NAMES).map((what) => [what, item.payment?.[OF_PAYMENT[what]] ?? valueOf(item, what)])),
        bankRead: item.fields?.[fieldFor(item, 'bank')]?.name, fromRead: item.fields?.[fieldFor(item, 'from')]?.name,
    };
}
