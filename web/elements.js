// Elements of the page by name, and new ones.

export const byId = (id) => document.getElementById(id);

/** A new element with its properties and children. */
export function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
}

export function bytes(count) {
    return `${(count / (1 << 20)).toFixed(count < 10 << 20 ? 1 : 0)} MiB`;
}

/** Runs what may fail with a problem, which is then shown above everything. */
export async function attempt(work) {
    const trouble = byId('trouble');
    try {
        await work();
        trouble.hidden = true;
    } catch (problem) {
        trouble.textContent = problem.message;
        trouble.hidden = false;
        byId('key-form').hidden = problem.status !== 401 && byId('key-form').hidden;
    }
}
