// A row of tabs that is scrolled on a phone: it fades out on the side on which it goes on.

import {useEffect, useRef} from '../kit/kit.js';

const NEAR_PX = 2;

/** The reference of the row. */
export function useFade() {
    const row = useRef(null);
    useEffect(() => {
        const place = row.current;
        if (!place) {
            return undefined;
        }
        const look = () => {
            place.toggleAttribute('data-before', place.scrollLeft > NEAR_PX);
            place.toggleAttribute('data-after', place.scrollLeft + place.clientWidth < place.scrollWidth - NEAR_PX);
        };
        const watch = new ResizeObserver(look);
        watch.observe(place);
        [...place.children].forEach((child) => watch.observe(child));
        place.addEventListener('scroll', look, {passive: true});
        return () => {
            watch.disconnect();
            place.removeEventListener('scroll', look);
        };
    });
    return row;
}
