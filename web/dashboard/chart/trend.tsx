// web/dashboard/chart/trend.tsx - the score over time with the band in which it likely lies, and notes pinned to it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type PointerEvent, type ReactElement, useState } from "react";
import type { Nps } from "../api.ts";
import { type Format, useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { bounds, marksOf } from "./axis.ts";
import { type Banded, Run, runsOf, Scale } from "./band.tsx";
import { Measured } from "./width.tsx";

export type Point = Nps["parts"][number]["series"][number];
export type Step = "week" | "month" | "quarter";
/** A note at a day, by its number in the list beside the chart. */
export interface Pin {
	day: string;
	label: string;
	text: string;
}

const height = 200;
const left = 36;
const right = 14;
const bottom = 24;
const top = 22;

interface Shown extends Banded {
	point: Point;
}

export function stepName(f: Format, step: Step, day: string): string {
	return step === "week" ? f.weekAndYear(day) : step === "month" ? f.month(day) : f.quarter(day);
}

interface Props {
	points: Point[];
	step: Step;
	pins: Pin[];
	/** The point was chosen with a mouse; keys have the table below. */
	onOpen?: (point: Point) => void;
}

export function Trend(props: Props): ReactElement | null {
	if (props.points.filter((p) => p.figure.nps !== null).length < 2) return null;
	return <Measured height={height} draw={(width) => <Lines {...props} width={width} />} />;
}

function Lines({ points, step, pins, onOpen, width }: Props & { width: number }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const [at, setAt] = useState<number | null>(null);
	const [low, high] = bounds(points.map((p) => p.figure));
	const y = (v: number) => top + ((high - v) / (high - low || 1)) * (height - top - bottom);
	const x = (i: number) => left + (i / Math.max(1, points.length - 1)) * (width - left - right);
	const shown: Shown[] = points.flatMap((point, i) =>
		point.figure.nps === null || !point.figure.interval
			? []
			: [{ i, x: x(i), nps: y(point.figure.nps), lo: y(point.figure.interval[0]), hi: y(point.figure.interval[1]), point }],
	);
	const every = Math.ceil(points.length / Math.max(2, Math.floor(width / 80)));
	const told = shown.find((s) => s.i === at) ?? shown.at(-1);
	const point = (event: PointerEvent<SVGSVGElement>) => {
		const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
		const nearest = [...shown].sort((a, b) => Math.abs(a.x - px) - Math.abs(b.x - px))[0];
		setAt(nearest?.i ?? null);
	};
	const say = (s: Shown) =>
		t("trend_point", {
			when: stepName(f, step, s.point.from),
			...f.scored(s.point.figure.nps ?? 0, s.point.figure.interval ?? []),
			n: s.point.figure.responses,
		});
	return (
		<>
			<svg
				className={onOpen ? "chart opens" : "chart"}
				width={width}
				height={height}
				viewBox={`0 0 ${width} ${height}`}
				role="img"
				aria-label={t("trend_spoken", { first: shown[0] ? say(shown[0]) : "", last: shown.at(-1) ? say(shown.at(-1) as Shown) : "" })}
				onPointerMove={point}
				onPointerDown={point}
				onPointerLeave={() => setAt(null)}
				onClick={(event) => (event.nativeEvent as globalThis.PointerEvent).pointerType === "mouse" && told && at !== null && onOpen?.(told.point)}
			>
				<Scale marks={marksOf(low, high)} y={y} left={left} right={width - right} />
				{runsOf(shown).map((run) => (
					<Run key={run[0]?.i} run={run} />
				))}
				{pins.map((pin) => {
					const i = points.findIndex((p) => p.from <= pin.day && pin.day <= p.to);
					return i < 0 ? null : (
						<g key={pin.label} className="pin">
							<title>{pin.text}</title>
							<line x1={x(i)} x2={x(i)} y1={top - 4} y2={height - bottom} />
							<circle cx={x(i)} cy={top - 12} r={9} />
							<text x={x(i)} y={top - 8}>
								{pin.label}
							</text>
						</g>
					);
				})}
				{told && at !== null && <line className="pointed" x1={told.x} x2={told.x} y1={top} y2={height - bottom} />}
				{shown.map((s) => (
					<circle
						key={s.point.from}
						className={s.point.figure.rough ? "point rough" : "point"}
						cx={s.x}
						cy={s.nps}
						r={s.i === at ? 5 : 3}
					/>
				))}
				{points.map((p, i) =>
					i % every === 0 ? (
						<text key={p.from} className="tick-x" x={Math.min(x(i), width - 22)} y={height - 6}>
							{step === "week" ? f.week(p.from) : stepName(f, step, p.from)}
						</text>
					) : null,
				)}
			</svg>
			<p className="trend-told" aria-hidden="true">
				{told && say(told)}
			</p>
		</>
	);
}
