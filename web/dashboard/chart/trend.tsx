// web/dashboard/chart/trend.tsx - the score over time with the band in which it likely lies.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { Nps } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { Measured } from "./width.tsx";

type Point = Nps["parts"][number]["series"][number];

const height = 180;
const left = 36;
const right = 12;
const bottom = 24;
const top = 10;

interface Shown {
	x: number;
	nps: number;
	lo: number;
	hi: number;
	point: Point;
}

/** The scale's ends: the multiples of 25 around everything drawn. */
function bounds(points: Point[]): [number, number] {
	const values = points.flatMap((p) => (p.figure.interval ? p.figure.interval : []));
	if (values.length === 0) return [-100, 100];
	return [Math.floor(Math.min(...values) / 25) * 25, Math.ceil(Math.max(...values) / 25) * 25];
}

export function Trend({ points }: { points: Point[] }): ReactElement | null {
	if (points.filter((p) => p.figure.nps !== null).length < 2) return null;
	return <Measured draw={(width) => <Lines points={points} width={width} />} />;
}

function Lines({ points, width }: { points: Point[]; width: number }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const [low, high] = bounds(points);
	const y = (v: number) => top + ((high - v) / (high - low || 1)) * (height - top - bottom);
	const x = (i: number) => left + (i / Math.max(1, points.length - 1)) * (width - left - right);
	const shown: Shown[] = points.flatMap((point, i) =>
		point.figure.nps === null || !point.figure.interval
			? []
			: [{ x: x(i), nps: y(point.figure.nps), lo: y(point.figure.interval[0]), hi: y(point.figure.interval[1]), point }],
	);
	const line = shown.map((s, i) => `${i ? "L" : "M"}${s.x.toFixed(1)},${s.nps.toFixed(1)}`).join("");
	const band =
		shown.map((s, i) => `${i ? "L" : "M"}${s.x.toFixed(1)},${s.hi.toFixed(1)}`).join("") +
		[...shown].reverse().map((s) => `L${s.x.toFixed(1)},${s.lo.toFixed(1)}`).join("") +
		"Z";
	const marks = [low, (low + high) / 2, high];
	const every = Math.ceil(points.length / Math.max(2, Math.floor(width / 80)));
	const last = shown[shown.length - 1];
	return (
		<svg
			className="chart"
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			role="img"
			aria-label={t("trend", { first: f.score(shown[0]?.point.figure.nps ?? 0), last: f.score(last?.point.figure.nps ?? 0) })}
		>
			{marks.map((v) => (
				<g key={v}>
					<line className="grid" x1={left} x2={width - right} y1={y(v)} y2={y(v)} />
					<text className="tick-y" x={left - 6} y={y(v) + 4}>
						{f.score(v)}
					</text>
				</g>
			))}
			<path className="band" d={band} />
			<path className="line" d={line} />
			{shown.map((s) => (
				<circle key={s.point.from} className="point" cx={s.x} cy={s.nps} r={3}>
					<title>
						{t("trend_point", {
							when: f.month(s.point.from),
							nps: f.score(s.point.figure.nps ?? 0),
							low: f.score(s.point.figure.interval?.[0] ?? 0),
							high: f.score(s.point.figure.interval?.[1] ?? 0),
							n: s.point.figure.responses,
						})}
					</title>
				</circle>
			))}
			{points.map((p, i) =>
				i % every === 0 ? (
					<text key={p.from} className="tick-x" x={x(i)} y={height - 6}>
						{f.month(p.from)}
					</text>
				) : null,
			)}
		</svg>
	);
}
