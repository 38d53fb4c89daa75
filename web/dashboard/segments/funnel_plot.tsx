// web/dashboard/segments/funnel_plot.tsx - each segment's score against how much is known of it, within the limits in which
// chance alone would leave it. The shape says on which side it lies, too.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type KeyboardEvent, type PointerEvent, type ReactElement, useId } from "react";
import type { Segments } from "../api.ts";
import { marksOf } from "../chart/axis.ts";
import { Scale } from "../chart/band.tsx";
import { Measured } from "../chart/width.tsx";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import type { Segment } from "./asked.ts";

const height = 360;
const left = 40;
const right = 12;
const top = 10;
const bottom = 40;

interface Props {
	segments: Segments;
	nameOf: (segment: Segment) => string;
	/** The segment that is pointed at, in the table too. */
	at: Segment | null;
	onAt: (segment: Segment | null) => void;
	onOpen: (segment: Segment) => void;
}

interface Dot {
	segment: Segment;
	x: number;
	y: number;
}

const marks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000];

/** Where two of them are not in sight, closer ones. */
const closer = marks.flatMap((n) => (String(n).startsWith("1") ? [n, 1.5 * n, 2 * n, 3 * n, 4 * n, 5 * n, 7 * n] : [])).filter(Number.isInteger);

/** Around all points, in steps of 25, never less than 50 points. */
function scaleOf(scores: number[]): [number, number] {
	const low = Math.max(-100, Math.floor((Math.min(...scores) - 5) / 25) * 25);
	const high = Math.min(100, Math.ceil((Math.max(...scores) + 5) / 25) * 25);
	return high - low >= 50 ? [low, high] : [Math.max(-100, low - 25), Math.min(100, high + 25)];
}

/** Few are all named; of many those that chance does not explain, the farthest first. */
function namedOf(dots: Dot[]): Dot[] {
	const rank = ({ segment: { side } }: Dot) => (side === "within" ? 0 : side === "above" || side === "below" ? 1 : 2);
	const asked = dots.length <= 8 ? dots : dots.filter((d) => rank(d) > 0);
	const named: Dot[] = [];
	for (const dot of [...asked].sort((a, b) => rank(b) - rank(a)))
		if (named.length < 8 && named.every((one) => Math.abs(one.y - dot.y) > 14 || Math.abs(one.x - dot.x) > 140)) named.push(dot);
	return named;
}

/** Few enough not to touch. */
function spread(all: { x: number; n: number }[]): { x: number; n: number }[] {
	let last = -Infinity;
	return all.filter(({ x }) => {
		if (x - last < 44) return false;
		last = x;
		return true;
	});
}

function shapeOf({ side }: Segment, x: number, y: number, large: boolean): string {
	const r = large ? 8 : 6;
	if (side === "above" || side === "far_above") return `M${x},${y - r}L${x + r},${y + r * 0.8}L${x - r},${y + r * 0.8}Z`;
	if (side === "below" || side === "far_below") return `M${x},${y + r}L${x + r},${y - r * 0.8}L${x - r},${y - r * 0.8}Z`;
	const c = r - 1.5;
	return `M${x - c},${y}a${c},${c} 0 1,0 ${2 * c},0a${c},${c} 0 1,0 ${-2 * c},0Z`;
}

/** "Email: 42, likely between 35 and 49, 312 answers, above what chance leaves." */
function useSaySegment(): (segment: Segment, name: string) => string {
	const t = useWords("segments");
	const f = useFormat();
	return ({ figure, side }, name) =>
		figure.nps === null || figure.interval === null
			? t("say_few", { name, n: figure.responses })
			: t("say", {
					name,
					...f.scored(figure.nps, figure.interval),
					n: figure.responses,
					side: side ?? "none",
				});
}

export function FunnelPlot(props: Props): ReactElement | null {
	const t = useWords("segments");
	const say = useSaySegment();
	const shown = props.segments.segments.filter((s) => s.side !== null && s.figure.nps !== null);
	if (shown.length === 0 || props.segments.funnel.target === null) return <p className="quiet">{t("no_funnel")}</p>;
	const at = shown.find((s) => s === props.at);
	return (
		<>
			<Measured height={height} draw={(width) => <Drawn {...props} width={width} shown={shown} />} />
			<p className="trend-told" aria-live="polite">
				{at ? say(at, props.nameOf(at)) : t("funnel_hint")}
			</p>
		</>
	);
}

function Drawn({ segments, nameOf, at, onAt, onOpen, width, shown }: Props & { width: number; shown: Segment[] }): ReactElement {
	const t = useWords("segments");
	const f = useFormat();
	const say = useSaySegment();
	const id = useId();
	const { limits, target } = segments.funnel;
	const sizes = shown.map((s) => s.figure.effective_n);
	const from = Math.min(...sizes) * 0.85;
	const to = limits.at(-1)?.effective_n ?? Math.max(...sizes) * 1.15;
	const [low, high] = scaleOf([...shown.map((s) => s.figure.nps ?? 0), target ?? 0, ...(limits.find((l) => l.effective_n >= from)?.usual ?? [])]);
	const x = (n: number) => left + (Math.log(n / from) / Math.log(to / from || 2)) * (width - left - right);
	const y = (v: number) => top + ((high - v) / (high - low)) * (height - top - bottom);
	const [few, many] = [marks, closer].map((all) => all.filter((n) => n >= from && n <= to));
	const numbers = (few && few.length >= 2 ? few : many) ?? [];
	const dots: Dot[] = shown
		.map((segment) => ({ segment, x: x(segment.figure.effective_n), y: y(segment.figure.nps ?? 0) }))
		.sort((a, b) => a.x - b.x);
	const band = (which: "usual" | "far") => {
		const line = (end: 0 | 1) => limits.map((l) => `${x(l.effective_n).toFixed(1)},${y(l[which][end]).toFixed(1)}`);
		return `M${[...line(1), ...line(0).reverse()].join("L")}Z`;
	};
	const nearest = (event: PointerEvent<SVGSVGElement>) => {
		const box = event.currentTarget.getBoundingClientRect();
		const [px, py] = [event.clientX - box.left, event.clientY - box.top];
		const far = (d: Dot) => (d.x - px) ** 2 + (d.y - py) ** 2;
		return dots.reduce<Dot | null>((best, d) => (best === null || far(d) < far(best) ? d : best), null)?.segment ?? null;
	};
	const key = (event: KeyboardEvent) => {
		const i = dots.findIndex((d) => d.segment === at);
		const moves: Record<string, number> = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i < 0 ? 0 : i - 1, ArrowUp: i < 0 ? 0 : i - 1, Home: 0, End: dots.length - 1 };
		const next = moves[event.key];
		if (event.key === "Escape") onAt(null);
		else if (event.key === "Enter" && at) onOpen(at);
		else if (next !== undefined) {
			event.preventDefault();
			onAt(dots[Math.max(0, Math.min(dots.length - 1, next))]?.segment ?? null);
		}
	};
	return (
		<svg
			className="chart funnel-plot"
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			role="listbox"
			tabIndex={0}
			aria-label={t("funnel_spoken", { n: shown.length })}
			aria-activedescendant={at && dots.some((d) => d.segment === at) ? `${id}-${dots.findIndex((d) => d.segment === at)}` : undefined}
			onKeyDown={key}
			onPointerMove={(event) => event.pointerType === "mouse" && onAt(nearest(event))}
			onPointerDown={(event) => event.pointerType !== "mouse" && onAt(nearest(event))}
			onPointerLeave={(event) => event.pointerType === "mouse" && onAt(null)}
			onClick={(event) => (event.nativeEvent as globalThis.PointerEvent).pointerType === "mouse" && at && onOpen(at)}
		>
			<clipPath id={`${id}-clip`}>
				<rect x={left} y={top} width={Math.max(0, width - left - right)} height={height - top - bottom} />
			</clipPath>
			<g clipPath={`url(#${id}-clip)`} aria-hidden="true">
				<path className="funnel-far" d={band("far")} />
				<path className="funnel-usual" d={band("usual")} />
			</g>
			<g aria-hidden="true">
				<Scale marks={marksOf(low, high)} y={y} left={left} right={width - right} />
				{target !== null && <line className="funnel-target" x1={left} x2={width - right} y1={y(target)} y2={y(target)} />}
				{spread(numbers.map((n) => ({ n, x: x(n) }))).map(({ n, x: place }) => (
					<text key={n} className="tick-x" x={place} y={height - bottom + 18}>
						{f.number(n)}
					</text>
				))}
				<text className="tick-x" x={(left + width - right) / 2} y={height - 4}>
					{t("funnel_axis")}
				</text>
			</g>
			{dots.map((d, i) => (
				<path
					key={`${d.segment.rest}${d.segment.value}/${d.segment.version}`}
					id={`${id}-${i}`}
					role="option"
					aria-selected={d.segment === at}
					aria-label={say(d.segment, nameOf(d.segment))}
					className={`funnel-dot ${d.segment.side}${d.segment === at ? " pointed" : ""}`}
					d={shapeOf(d.segment, d.x, d.y, d.segment === at)}
				/>
			))}
			<g aria-hidden="true">
				{namedOf(dots).map(({ segment, x: dx, y: dy }) => {
					const toLeft = dx > (left + width) / 2;
					return (
						<text key={nameOf(segment)} className={toLeft ? "funnel-name to-left" : "funnel-name"} x={dx + (toLeft ? -12 : 12)} y={dy + 4}>
							{nameOf(segment).slice(0, 24)}
						</text>
					);
				})}
			</g>
		</svg>
	);
}
