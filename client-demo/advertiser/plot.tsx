import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { formatCompact, formatFigure } from './format.ts';
import type { ChartMetric } from './view-state.ts';

export interface PlotData {
  metric: ChartMetric;
  timezone: string;
  /** Where the buckets begin, seconds since 1970. */
  at: number[];
  values: (number | null)[];
  /** Those of the period before, bucket by bucket. */
  before: (number | null)[] | null;
  /** The last bucket is not over: it is drawn to in dashes, since it will be more. */
  isFilling: boolean;
}

interface PlotProps {
  data: PlotData;
  label: string;
  /** The bucket that is pointed at; null when none is. */
  onPoint: (index: number | null) => void;
}

/** The picture of a series. It is for the eye: the table beside it has every value. */
export function Plot({ data, label, onPoint }: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  const theme = useTheme();
  const { metric, timezone, before } = data;
  const compares = before !== null;

  // Another look is another plot; other values of the same look go into the one that is there, so nothing flickers.
  useEffect(() => {
    const box = holder.current;
    if (box === null) return;
    const made = new uPlot(optionsFor(box, { metric, timezone, compares, theme, onPoint }), rows(latest.current), box);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height: heightOf(box) }));
    observer.observe(box);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [metric, timezone, compares, theme, onPoint]);
  useEffect(() => plot.current?.setData(rows(data)), [data]);
  return <div className="plot" ref={holder} role="img" aria-label={label} />;
}

function rows({ at, values, before, isFilling }: PlotData): uPlot.AlignedData {
  const last = isFilling ? at.length - 1 : at.length;
  return [
    at,
    values.map((value, index) => (index < last || at.length === 1 ? value : null)),
    values.map((value, index) => (index >= last - 1 && isFilling ? value : null)),
    ...(before === null ? [] : [at.map((_, index) => before[index] ?? null)]),
  ];
}
/** A line needs two ends. */
const points = { show: (plot: uPlot) => plot.data[0].length === 1 };
const heightOf = (box: HTMLElement) => (box.clientWidth < 560 ? 220 : 280);

interface Look {
  metric: ChartMetric;
  timezone: string;
  compares: boolean;
  theme: string;
  onPoint: (index: number | null) => void;
}

function optionsFor(box: HTMLElement, { metric, timezone, compares, onPoint }: Look): uPlot.Options {
  const ink = (name: string) => colourOf(box, name);
  const font = `12px ${getComputedStyle(box).fontFamily}`;
  const axis = { stroke: ink('--ink-3'), font, ticks: { show: false } };
  return {
    width: box.clientWidth,
    height: heightOf(box),
    padding: [12, 22, 0, 0],
    tzDate: (at) => uPlot.tzDate(new Date(at * 1_000), timezone),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8, fill: ink('--accent') } },
    scales: { y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.12 : 1] } },
    axes: [
      { ...axis, grid: { show: false }, size: 32, space: 84, values: clockValues(timezone) },
      {
        ...axis,
        size: 58,
        gap: 8,
        grid: { stroke: ink('--line'), width: 1 },
        values: (_plot, ticks) => ticks.map((tick) => tickText(metric, tick)),
      },
    ],
    series: [
      {},
      { stroke: ink('--accent'), width: 2, fill: ink('--accent-soft'), points },
      { stroke: ink('--accent'), width: 2, dash: [3, 4], fill: ink('--accent-soft'), points: { show: false } },
      ...(compares ? [{ stroke: ink('--ink-3'), width: 1.5, dash: [5, 5], points: { show: false } }] : []),
    ],
    hooks: { setCursor: [(made) => onPoint(made.cursor.idx ?? null)] },
  };
}

/** Midnights by their date, everything else by the clock of the zone. */
const clockValues =
  (timezone: string): uPlot.Axis.DynamicValues =>
  (_plot, ticks, _axis, _space, step) =>
    ticks.map((tick) => {
      const at = uPlot.tzDate(new Date(tick * 1_000), timezone);
      const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
      return isMidnight || step >= 86_400 ? dayTick.format(at) : clockTick.format(at);
    });
const dayTick = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const clockTick = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const tickText = (metric: ChartMetric, tick: number): string =>
  metric.endsWith('Rate') || metric === 'spend'
    ? formatFigure(metric, tick)
    : Number.isInteger(tick)
      ? formatCompact(tick)
      : '';

/** A canvas does not know custom properties: an element tells what they come to. */
function colourOf(box: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  box.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Changes whenever the page's colours do. */
function useTheme(): string {
  const [theme, setTheme] = useState(read);
  useEffect(() => {
    const look = () => setTheme(read());
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', look);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', look);
    };
  }, []);
  return theme;
}

const read = (): string =>
  document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
