// Files to upload, kept by the browser until the service has them: a reload or a lost connection loses none.

const STORE = 'files';

function open() {
    return new Promise((resolve, reject) => {
        const asked = indexedDB.open('lince-uploads', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, {keyPath: 'id'});
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
}

async function run(mode, work) {
    const database = await open();
    try {
        return await new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const asked = work(transaction.objectStore(STORE));
            transaction.oncomplete = () => resolve(asked?.result);
            transaction.onerror = () => reject(transaction.error);
        });
    } finally {
        database.close();
    }
}

/** False if the browser keeps nothing, as in some private windows: then a reload loses the waiting files. */
export async function keep(entry) {
    try {
        await run('readwrite', (store) => store.put(entry));
        return true;
    } catch {
        return false;
    }
}

export async function forget(id) {
    await run('readwrite', (store) => store.delete(id)).catch(() => undefined);
}

export async function kept() {
    return run('readonly', (store) => store.getAll()).catch(() => []);
}
