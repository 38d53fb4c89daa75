// web/dashboard/chart/band.tsx - what charts of scores over time are drawn of: the scale, and a line in the band in which it likely lies.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { path } from "./axis.ts";

/** A point as it is drawn; `i` is its place among the periods. */
export interface Banded {
	i: number;
	x: number;
	nps: number;
	lo: number;
	hi: number;
}

/** Periods without a score interrupt the line: nothing is known of them. */
export function runsOf<One extends Banded>(shown: One[]): One[][] {
	const found: One[][] = [];
	for (const one of shown) {
		const last = found.at(-1);
		if (last && last.at(-1)?.i === one.i - 1) last.push(one);
		else found.push([one]);
	}
	return found;
}

export function Run({ run }: { run: Banded[] }): ReactElement {
	const [only] = run;
	if (run.length === 1 && only) return <line className="whisker" x1={only.x} x2={only.x} y1={only.lo} y2={only.hi} />;
	const band = [...run.map((s) => ({ x: s.x, y: s.hi })), ...[...run].reverse().map((s) => ({ x: s.x, y: s.lo }))];
	return (
		<>
			<path className="band" d={`${path(band)}Z`} />
			<path className="line" d={path(run.map((s) => ({ x: s.x, y: s.nps })))} />
		</>
	);
}

/** A line at each of the scores, from `left` to `right`. */
export function Scale({ marks, y, left, right }: { marks: number[]; y: (v: number) => number; left: number; right: number }): ReactElement {
	const f = useFormat();
	return (
		<>
			{marks.map((v) => (
				<g key={v}>
					<line className={v === 0 ? "grid zero" : "grid"} x1={left} x2={right} y1={y(v)} y2={y(v)} />
					<text className="tick-y" x={left - 6} y={y(v) + 4}>
						{f.score(v)}
					</text>
				</g>
			))}
		</>
	);
}
