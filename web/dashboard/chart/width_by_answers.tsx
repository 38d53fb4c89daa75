// web/dashboard/chart/width_by_answers.tsx - how far the range of a score reaches by the number of answers, with where one is
// and where one would like to be. Answers stand on a scale on which ten times as many are always as far.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { path } from "./axis.ts";
import { Measured } from "./width.tsx";

interface WidthPoint {
	half: number;
	answers: number;
}

interface Props {
	curve: WidthPoint[];
	here: WidthPoint & { label: string };
	wish: (WidthPoint & { label: string }) | undefined;
	x: string;
	y: string;
	spoken: string;
}

const height = 240;
const left = 40;
const right = 16;
const top = 20;
const bottom = 44;

const decades = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

function Drawn({ here, wish, width, ...props }: Props & { width: number }): ReactElement {
	const f = useFormat();
	// What would take more than anybody has is left to the table.
	const farthest = Math.max(1_000_000, 10 * here.answers, 10 * (wish?.answers ?? 0));
	const curve = props.curve.filter((p) => p.answers <= farthest);
	const all = [...curve, here, ...(wish ? [wish] : [])];
	const from = Math.log10(Math.min(...all.map((p) => p.answers), 10));
	const to = Math.log10(Math.max(...all.map((p) => p.answers), 100));
	const most = Math.ceil(Math.min(40, Math.max(20, here.half, wish?.half ?? 0) * 1.15) / 10) * 10;
	const x = (answers: number) => left + ((Math.log10(Math.max(1, answers)) - from) / (to - from)) * (width - left - right);
	const y = (half: number) => top + (1 - Math.min(half, most) / most) * (height - top - bottom);
	const marks = Array.from({ length: most / 10 + 1 }, (_, i) => i * 10);
	const close = wish !== undefined && Math.abs(x(here.answers) - x(wish.answers)) < 130 && Math.abs(y(here.half) - y(wish.half)) < 20;
	/* Close to each other each has its own side: the curve falls, so above it there is room to the right, and below to the left. */
	const dot = (p: WidthPoint & { label: string }, kind: string, other: WidthPoint | undefined) => {
		const ends = close && other ? p.answers < other.answers || (p.answers === other.answers && kind === "here") : x(p.answers) > width * 0.6;
		const raised = close ? (ends ? -18 : 10) : 8;
		return (
			<g key={kind} className={`width-dot ${kind}`}>
				<line x1={x(p.answers)} x2={x(p.answers)} y1={y(p.half)} y2={height - bottom} />
				<circle cx={x(p.answers)} cy={y(p.half)} r={6} />
				<text x={x(p.answers) + (ends ? -10 : 10)} y={y(p.half) - raised} textAnchor={ends ? "end" : "start"}>
					{p.label}
				</text>
			</g>
		);
	};
	return (
		<svg className="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.spoken}>
			{marks.map((v) => (
				<g key={v}>
					<line className="grid" x1={left} x2={width - right} y1={y(v)} y2={y(v)} />
					<text className="tick-y" x={left - 6} y={y(v) + 4}>
						{f.number(v)}
					</text>
				</g>
			))}
			{decades
				.filter((n) => Math.log10(n) >= from - 0.01 && Math.log10(n) <= to)
				.map((n) => (
					<text key={n} className="tick-x" x={x(n)} y={height - bottom + 18}>
						{f.number(n)}
					</text>
				))}
			<text className="width-axis" x={left - 30} y={10}>
				{props.y}
			</text>
			<text className="width-axis end" x={width - right} y={height - 6}>
				{props.x}
			</text>
			<path className="line" d={path(curve.filter((p) => p.half <= most).map((p) => ({ x: x(p.answers), y: y(p.half) })))} />
			{dot(here, "here", wish)}
			{wish && dot(wish, "wish", here)}
		</svg>
	);
}

export function WidthByAnswers(props: Props): ReactElement {
	return <Measured height={height} draw={(width) => <Drawn {...props} width={width} />} />;
}
