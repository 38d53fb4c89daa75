// web/dashboard/chart/over_time.tsx - a score over time with all that belongs to it: the band it likely lies in, quarters, when its
// level changed, notes. One point at a time can be told, by pointer, finger or arrow keys.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type PointerEvent, type ReactElement, useState } from "react";
import type { Trend } from "../api.ts";
import { useFormat } from "../format.ts";
import { plusDays } from "../filter/period.ts";
import { bounds, marksOf } from "./axis.ts";
import { type Banded, Run, runsOf, Scale } from "./band.tsx";
import { Measured } from "./width.tsx";

export type TimedPoint = Trend["parts"][number]["points"][number];
/** `from` and `to` are the range of its day. */
export interface Mark {
	day: string;
	from?: string;
	to?: string;
	label: string;
	kind: "fall" | "rise" | "mix" | "note";
}

const height = 280;
const left = 36;
const right = 14;
const bottom = 40;
const top = 26;

interface Shown extends Banded {
	rough: boolean;
}

interface Props {
	points: TimedPoint[];
	/** Points are of windows that overlap: each stands at its last day. */
	rolling: boolean;
	marks: Mark[];
	at: number;
	onAt: (i: number) => void;
	/** Enter, or a tap on what is told already. */
	onOpen: () => void;
	/** A point as it is read out. */
	say: (point: TimedPoint) => string;
	label: string;
	spoken: string;
}

const dayNumber = (day: string) => Date.parse(`${day}T12:00:00Z`) / 86_400_000;

/** Where a day is among the points, as a number between theirs. */
function placeOf(points: TimedPoint[], rolling: boolean, day: string): number | null {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return null;
	if (rolling) {
		const [from, to] = [dayNumber(first.to), dayNumber(last.to)];
		const share = to > from ? (dayNumber(day) - from) / (to - from) : 0;
		return share < 0 || share > 1 ? null : share * (points.length - 1);
	}
	const i = points.findIndex((p) => p.from <= day && day <= p.to);
	const found = points[i];
	if (!found) return null;
	const into = (dayNumber(day) - dayNumber(found.from) + 0.5) / (dayNumber(found.to) - dayNumber(found.from) + 1);
	return Math.min(points.length - 1, Math.max(0, i + into - 0.5));
}

/** The first days of the quarters between. */
function quartersOf(points: TimedPoint[], rolling: boolean): string[] {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return [];
	const found: string[] = [];
	let day = rolling ? first.to : first.from;
	day = `${day.slice(0, 4)}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, "0")}-01`;
	for (; day <= last.to; day = plusDays(day, 95).slice(0, 8).concat("01")) found.push(day);
	return found;
}

/** Marks of days close to each other stand above one another. */
function raise(xs: number[]): number[] {
	const rows: number[] = [];
	xs.forEach((x, i) => {
		let row = 0;
		while (xs.some((other, j) => j < i && rows[j] === row && Math.abs(other - x) < 20)) row++;
		rows.push(row);
	});
	return rows;
}

function Marks({ marks, x }: { marks: Mark[]; x: (day: string) => number | null }): ReactElement {
	const placed = marks.flatMap((mark) => {
		const at = x(mark.day);
		return at === null ? [] : [{ mark, at }];
	});
	const rows = raise(placed.map((one) => one.at));
	return (
		<>
			{placed.map(({ mark, at }, i) => {
				const from = mark.from ? (x(mark.from) ?? at) : at;
				const to = mark.to ? (x(mark.to) ?? at) : at;
				const y = top - 12 + (rows[i] ?? 0) * 20;
				return (
					<g key={mark.label} className={`time-mark ${mark.kind}`}>
						{to > from && <rect x={from} width={to - from} y={top} height={height - bottom - top} />}
						<line x1={at} x2={at} y1={y + 9} y2={height - bottom} />
						<circle cx={at} cy={y} r={9} />
						<text x={at} y={y + 4}>
							{mark.label}
						</text>
					</g>
				);
			})}
		</>
	);
}

function Lines(props: Props & { width: number }): ReactElement {
	const { points, rolling, width, at } = props;
	const f = useFormat();
	const [pointed, setPointed] = useState<number | null>(null);
	const [low, high] = bounds(points.map((p) => p.figure));
	const y = (v: number) => top + ((high - v) / (high - low || 1)) * (height - top - bottom);
	const x = (i: number) => left + (i / Math.max(1, points.length - 1)) * (width - left - right);
	const dayX = (day: string) => {
		const place = placeOf(points, rolling, day);
		return place === null ? null : x(place);
	};
	const shown: Shown[] = points.flatMap(({ figure }, i) =>
		figure.nps === null || !figure.interval
			? []
			: [{ i, x: x(i), nps: y(figure.nps), lo: y(figure.interval[0]), hi: y(figure.interval[1]), rough: figure.rough }],
	);
	const told = pointed ?? at;
	const dot = shown.find((s) => s.i === told);
	const nearest = (event: PointerEvent<HTMLElement>) => {
		const px = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
		const i = Math.round((px / Math.max(1, width - left - right)) * (points.length - 1));
		return Math.min(points.length - 1, Math.max(0, i));
	};
	const quarters = quartersOf(points, rolling).flatMap((day) => {
		const place = dayX(day);
		return place === null ? [] : [{ day, x: place }];
	});
	const room = width < 500 ? 56 : 70;
	const named = quarters.filter((_, i) => i % Math.max(1, Math.ceil((quarters.length * room) / width)) === 0);
	const drawsDots = points.length <= 60;
	return (
		<div className="time-chart">
			<svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.spoken}>
				<Scale marks={marksOf(low, high)} y={y} left={left} right={width - right} />
				{quarters.map((one) => (
					<line key={one.day} className="time-quarter" x1={one.x} x2={one.x} y1={top} y2={height - bottom + 6} />
				))}
				{named.map((one) => (
					<text key={one.day} className="tick-x" x={Math.min(Math.max(one.x, left + 8), width - 28)} y={height - bottom + 20}>
						{f.quarter(one.day)}
					</text>
				))}
				{runsOf(shown).map((run) => (
					<Run key={run[0]?.i} run={run} />
				))}
				<Marks marks={props.marks} x={dayX} />
				{dot && <line className="pointed" x1={dot.x} x2={dot.x} y1={top} y2={height - bottom} />}
				{shown.map((s) =>
					drawsDots || s.i === told ? (
						<circle key={s.i} className={s.rough ? "point rough" : "point"} cx={s.x} cy={s.nps} r={s.i === told ? 5 : 3} />
					) : null,
				)}
			</svg>
			<input
				type="range"
				className="time-points no-print"
				min={0}
				max={points.length - 1}
				step={1}
				value={at}
				aria-label={props.label}
				aria-valuetext={points[at] ? props.say(points[at]) : undefined}
				onChange={(event) => props.onAt(Number(event.currentTarget.value))}
				onKeyDown={(event) => event.key === "Enter" && props.onOpen()}
				onPointerMove={(event) => event.pointerType === "mouse" && setPointed(nearest(event))}
				onPointerLeave={() => setPointed(null)}
				onPointerDown={(event) => {
					event.preventDefault(); // the thumb would go where its own measure says
					event.currentTarget.focus();
					props.onAt(nearest(event));
				}}
			/>
			<p className="trend-told" aria-hidden="true">
				{points[told] && props.say(points[told])}
			</p>
		</div>
	);
}

export function OverTime(props: Props): ReactElement {
	return <Measured height={height} draw={(width) => <Lines {...props} width={width} />} />;
}
