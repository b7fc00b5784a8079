// The words of the page in its two languages; the server says which one the reader prefers.

const TEXTS = {
    en: {
        key: 'API key', use: 'Use', send: 'Send receipts', choose: 'Choose images', orDrop: 'or drop them here',
        documents: 'Documents', search: 'Text', status: 'Status', any: 'any', held: 'held', queued: 'queued',
        reading: 'reading', done: 'done', failed: 'failed', poisoned: 'set aside', cancelled: 'cancelled', batch: 'Batch',
        toReview: 'to review', received: 'Received', name: 'Name', amount: 'Amount', reference: 'Reference', date: 'Date',
        notes: 'Notes', more: 'More', batches: 'Batches', open: 'Open a batch', memory: 'Memory', close: 'Close',
        save: 'Save', reread: 'Read again', remove: 'Delete', wholeText: 'Whole text', ready: 'ready', away: 'no answer',
        sending: 'sending {0} of {1}', sent: '{0} sent', saved: 'Saved.', changed: 'Somebody changed it meanwhile; look again.',
        duplicate: 'same as {0}', review: 'look at it', ofLimit: '{0} of {1}', noLimit: '{0}, no limit', start: 'Start',
        shut: 'Close', records: 'records', front: 'front (HTTP, store)', worker: 'worker {0}', peak: 'peak {0}',
        progress: '{0} of {1} done', sure: '{0} % sure', typed: 'typed', surely: 'Delete this document and its image?',
        needKey: 'This service asks for an API key.', noImage: 'The image is no longer kept.',
    },
    es: {
        key: 'Clave', use: 'Usar', send: 'Enviar comprobantes', choose: 'Elegir imágenes', orDrop: 'o suéltelas aquí',
        documents: 'Documentos', search: 'Texto', status: 'Estado', any: 'cualquiera', held: 'retenido', queued: 'en cola',
        reading: 'leyendo', done: 'listo', failed: 'falló', poisoned: 'apartado', cancelled: 'cancelado', batch: 'Lote',
        toReview: 'por revisar', received: 'Recibido', name: 'Nombre', amount: 'Monto', reference: 'Referencia', date: 'Fecha',
        notes: 'Notas', more: 'Más', batches: 'Lotes', open: 'Abrir un lote', memory: 'Memoria', close: 'Cerrar',
        save: 'Guardar', reread: 'Leer otra vez', remove: 'Borrar', wholeText: 'Texto completo', ready: 'listo', away: 'sin respuesta',
        sending: 'enviando {0} de {1}', sent: '{0} enviados', saved: 'Guardado.', changed: 'Alguien lo cambió entretanto; mírelo de nuevo.',
        duplicate: 'igual que {0}', review: 'revíselo', ofLimit: '{0} de {1}', noLimit: '{0}, sin límite', start: 'Iniciar',
        shut: 'Cerrar', records: 'registros', front: 'frente (HTTP, almacén)', worker: 'lector {0}', peak: 'máximo {0}',
        progress: '{0} de {1} listos', sure: '{0} % seguro', typed: 'escrito', surely: '¿Borrar este documento y su imagen?',
        needKey: 'Este servicio pide una clave.', noImage: 'La imagen ya no se guarda.',
    },
};

export const language = document.documentElement.lang in TEXTS ? document.documentElement.lang : 'en';

/** The text of that name, with {0}, {1} replaced. */
export function text(name, ...values) {
    return TEXTS[language][name].replace(/\{(\d)\}/g, (_, index) => values[Number(index)]);
}

/** Puts words into every element that names one. */
export function fillTexts(root) {
    for (const element of root.querySelectorAll('[data-text]')) {
        element.textContent = text(element.dataset.text);
    }
}
