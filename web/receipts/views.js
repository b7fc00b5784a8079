// Conditions that the user saved under a name.

import {html, useState} from '../kit/kit.js';
import {Icon} from '../parts/icon.js';
import {useFade} from '../parts/tabs.js';
import {views} from '../state/preferences.js';
import {adjust, route} from '../state/route.js';
import {text} from '../words/text.js';

const same = (one, other) => new URLSearchParams(one).toString() === new URLSearchParams(other).toString();

const builtIn = () => [
    {name: text('viewAll'), query: {}},
    {name: text('viewToCheck'), query: {needs_review: 'true'}},
    {name: text('viewFailed'), query: {status: 'failed'}},
    {name: text('viewDuplicates'), query: {duplicate: 'true'}},
];

/** Whether the conditions are those of a view, whose name tells them all. */
export const isView = (query) => [...builtIn(), ...views.value].some((view) => same(view.query, query));

export function Views() {
    const [isNaming, setNaming] = useState(false);
    const all = [...builtIn(), ...views.value.map((view) => ({...view, isOwn: true}))];
    const keep = (event) => {
        event.preventDefault();
        const name = event.currentTarget.elements.name.value.trim();
        if (name) {
            views.value = [...views.value.filter((view) => view.name !== name), {name, query: route.value.query}];
        }
        setNaming(false);
    };
    const row = useFade();
    return html`<nav class="views" ref=${row} aria-label=${text('views')}>
        ${all.map((view) => html`<span key=${view.name} class="view"><button type="button" class="tab"
            aria-pressed=${same(view.query, route.value.query)} onClick=${() => adjust(view.query)}>${view.name}</button>
            ${view.isOwn && same(view.query, route.value.query) && html`<button type="button" class="bare small" aria-label=${text('forgetView', view.name)}
                onClick=${() => { views.value = views.value.filter((each) => each.name !== view.name); }}><${Icon} name="close" /></button>`}</span>`)}
        ${!isView(route.value.query) && !isNaming && html`<button type="button" class="tab" onClick=${() => setNaming(true)}><${Icon} name="plus" />${text('keepView')}</button>`}
        ${isNaming && html`<form onSubmit=${keep}><input name="name" aria-label=${text('viewName')} placeholder=${text('viewName')} maxlength="40"
            ref=${(input) => input?.focus()} /><button>${text('save')}</button></form>`}
    </nav>`;
}
