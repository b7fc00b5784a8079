// A chart over time, drawn by uPlot, which is loaded when needed; a text beside it serves screen readers.

import {html, useEffect, useRef} from '../kit/kit.js';
import {text} from '../words/text.js';

const HEIGHT_PX = 160;

/** A colour of the design in the form for a canvas, light or dark. */
function colour(name) {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
}

function options({kind, value, time, width, names, steps, axisValue}) {
    const axis = {stroke: colour('--quiet'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}, font: '12px system-ui'};
    const colours = [colour('--accent'), colour('--doubt'), colour('--quiet')];
    return {
        width, height: HEIGHT_PX, padding: [12, 32, 0, 0], cursor: {y: false}, legend: {live: true, markers: {fill: (plot, at) => plot.series[at].stroke(plot, at)}}, tzDate: (stamp) => new Date(stamp * 1000),
        scales: {x: {time: true}, y: {range: (_, low, high) => [Math.min(low, 0) * 1.08, Math.max(high, low < 0 ? 0 : 1) * 1.08]}},
        axes: [{...axis, values: (_, stamps) => stamps.map((stamp) => time(stamp, true)), space: kind === 'bars' ? 84 : 116, size: 32},
            {...axis, size: kind === 'bars' ? 60 : 84, incrs: steps, values: (_, amounts) => amounts.map((amount) => axisValue(amount))}],
        series: [{label: text('when'), value: (_, stamp) => (stamp === null ? '' : time(stamp))}, ...names.map((name, index) => ({
            label: name, stroke: colours[index], width: kind === 'bars' ? 0 : 2, dash: index > 0 ? [6, 4] : undefined,
            fill: index === 0 && kind === 'bars' ? colours[0] : undefined, points: {show: false},
            value: (_, amount) => (amount === null || amount === undefined ? '' : value(amount)),
        }))],
    };
}

/** `steps`: between the lines of the chart, the least first; the chart takes one that fits. `axisValue`: a short form beside them. */
export function Chart({data, label, kind = 'line', value, time, names = [''], steps, axisValue = value}) {
    const place = useRef(null);
    const plot = useRef(null);
    useEffect(() => {
        const frame = place.current; // a view that goes loses its reference before its effects end
        let isGone = false;
        let watch = null;
        import('../uplot.js').then(({default: Plot}) => {
            if (isGone) {
                return;
            }
            const made = options({kind, value, time, names, steps, axisValue, width: frame.clientWidth});
            if (kind === 'bars') {
                made.series[1].paths = Plot.paths.bars({size: [0.7, 48, 1]});
                made.tzDate = (stamp) => Plot.tzDate(new Date(stamp * 1000), 'Etc/UTC'); // bars stand for days, which have no hours
            }
            plot.current = new Plot(made, data, frame);
            watch = new ResizeObserver(() => plot.current?.setSize({width: frame.clientWidth, height: HEIGHT_PX}));
            watch.observe(frame);
        });
        return () => {
            isGone = true;
            watch?.disconnect();
            plot.current?.destroy();
            plot.current = null;
        };
    }, []);
    useEffect(() => plot.current?.setData(data), [data]);
    return html`<div class="plot" ref=${place} role="img" aria-label=${label}></div>`;
}
