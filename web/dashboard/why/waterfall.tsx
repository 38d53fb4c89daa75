// web/dashboard/why/waterfall.tsx - from the score before to the score now, a step for each segment: pale for who answered, full
// for what they said. Each row is a drawing of its own on one scale, so that it reads on a phone as on a desk.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { digitsOf, useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";
import type { Segment } from "./names.ts";

/** More steps than this are one together. */
const most = 8;

export interface Step {
	name: string;
	said: number;
	answered: number;
	segment?: Segment;
	to?: string | null;
}

/** Steps to draw: the largest ones, then all others as one. */
export function stepsOf(all: Step[], others: (n: number) => string): Step[] {
	if (all.length <= most) return all;
	const rest = all.slice(most - 1);
	const sum = (of: (step: Step) => number) => rest.reduce((total, step) => total + of(step), 0);
	return [...all.slice(0, most - 1), { name: others(rest.length), said: sum((s) => s.said), answered: sum((s) => s.answered) }];
}

interface Bar {
	from: number;
	to: number;
	pale: boolean;
}

function Track(props: { at: (v: number) => number; bars?: Bar[]; dot?: number; enter?: number; leave?: number; fresh?: boolean }): ReactElement {
	const { at, bars = [], dot, enter, leave, fresh } = props;
	const pct = (v: number) => `${at(v)}%`;
	return (
		<svg className="waterfall-track" width="100%" height="28" aria-hidden="true">
			{enter !== undefined && <line className="waterfall-link" x1={pct(enter)} x2={pct(enter)} y1="0" y2="14" />}
			{leave !== undefined && <line className="waterfall-link" x1={pct(leave)} x2={pct(leave)} y1="14" y2="28" />}
			{bars.map(({ from, to, pale }) => (
				<rect
					key={`${pale}`}
					className={`waterfall-bar ${to < from ? "down" : "up"}${pale ? " pale" : ""}${fresh ? " fresh" : ""}`}
					x={pct(Math.min(from, to))}
					width={`${Math.max(0.3, Math.abs(at(to) - at(from)))}%`}
					y={pale ? 4 : 8}
					height={pale ? 20 : 12}
					rx="2"
				/>
			))}
			{dot !== undefined && <circle className="waterfall-dot" cx={pct(dot)} cy="14" r="6" />}
		</svg>
	);
}

function Row(props: { name: ReactNode; track: ReactElement; value: ReactNode; strong?: boolean; title?: string }): ReactElement {
	return (
		<li className={props.strong ? "strong" : undefined} title={props.title}>
			<span className="waterfall-name">{props.name}</span>
			{props.track}
			<span className="waterfall-value">{props.value}</span>
		</li>
	);
}

export function Waterfall(props: { before: number; now: number; nBefore: number; nNow: number; steps: Step[] }): ReactElement {
	const t = useWords("why");
	const insight = useWords("insight");
	const f = useFormat();
	const { role } = useMe();
	const { before, now } = props;
	const drawn: { step: Step; from: number; middle: number; to: number }[] = [];
	let reached = before;
	for (const step of props.steps) {
		const middle = reached + step.answered;
		drawn.push({ step, from: reached, middle, to: middle + step.said });
		reached = middle + step.said;
	}
	const all = [before, now, ...drawn.flatMap((d) => [d.middle, d.to])];
	const [lowest, highest] = [Math.min(...all), Math.max(...all)];
	const ends = highest - lowest < 5 ? 0.5 : 5; // on whole ends a small change were drawn as none
	const low = Math.floor(lowest / ends) * ends;
	const high = Math.ceil(highest / ends) * ends;
	const at = (v: number) => 2 + (96 * (v - low)) / (high - low || 1);
	const steps = [now - before, ...props.steps.map((step) => step.said + step.answered)];
	const digits = digitsOf(Math.max(...steps.map(Math.abs)));
	const points = (v: number) => f.change(v, digits);
	const say = ({ name, said, answered, segment }: Step) =>
		segment &&
		t("say_segment", { name, points: points(said + answered), rate: points(said), mix: points(answered), before: segment.before.responses, now: segment.now.responses });
	const value = (step: Step) => {
		const n = step.segment && (step.segment.kind === "gone" ? step.segment.before : step.segment.now).responses;
		const count = n === undefined ? "" : insight("n", { n });
		return (
			<>
				<strong>{points(step.said + step.answered)}</strong>{" "}
				<span className="quiet">{step.to && role !== "viewer" ? <Link href={step.to}>{count}</Link> : count}</span>
			</>
		);
	};
	return (
		<ol className="waterfall">
			<Row
				strong
				name={t("then")}
				track={<Track at={at} dot={before} leave={before} />}
				value={
					<>
						<strong>{f.score(before, digits)}</strong> <span className="quiet">{insight("n", { n: props.nBefore })}</span>
					</>
				}
			/>
			{drawn.map(({ step, from, middle, to }) => (
				<Row
					key={step.name}
					title={say(step)}
					name={
						<>
							{step.name}
							{step.segment && step.segment.kind !== "stayed" && <span className="quiet"> · {t(`kind_${step.segment.kind}`)}</span>}
							{step.segment?.stands_out && <span className="quiet"> · {t("mark_apart")}</span>}
						</>
					}
					track={
						<Track
							at={at}
							enter={from}
							leave={to}
							fresh={step.segment !== undefined && step.segment.kind !== "stayed"}
							bars={[
								{ from, to: middle, pale: true },
								{ from: middle, to, pale: false },
							].filter((bar) => bar.from !== bar.to)}
						/>
					}
					value={value(step)}
				/>
			))}
			<Row
				strong
				name={t("now")}
				track={<Track at={at} dot={now} enter={now} />}
				value={
					<>
						<strong>{f.score(now, digits)}</strong> <span className="quiet">{insight("n", { n: props.nNow })}</span>
					</>
				}
			/>
		</ol>
	);
}
