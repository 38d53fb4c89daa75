// web/dashboard/chart/distribution.tsx - how many gave each score from 0 to 10, as bars with their numbers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { Measured } from "./width.tsx";

export type Group = "detractor" | "passive" | "promoter";

export function groupOf(score: number): Group {
	return score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";
}

const barHeight = 96;
const top = 18;
const height = top + barHeight + 24;

interface Props {
	counts: number[];
	/** The list of the answers with a score; without it bars lead nowhere. */
	linkOf?: (score: number) => string;
}

export function Distribution(props: Props): ReactElement {
	return <Measured height={height} draw={(width) => <Bars {...props} width={width} />} />;
}

function Bars({ counts, linkOf, width }: Props & { width: number }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const step = width / 11;
	const barWidth = step * 0.76;
	const most = Math.max(1, ...counts);
	const all = Math.max(1, counts.reduce((sum, n) => sum + n, 0));
	/* A digit is some six pixels wide. Where the longest number has no room they all are shares. */
	const fits = f.number(most).length * 6.6 < step;
	const label = (n: number) => (fits ? f.number(n) : n / all < 0.005 ? `<${f.percent(0.01)}` : f.percent(n / all));
	const spoken = counts.map((n, score) => `${score}: ${n}`).join(", ");
	return (
		<svg
			className="chart"
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			role={linkOf ? "group" : "img"}
			aria-label={t("by_score", { counts: spoken })}
		>
			{counts.map((n, score) => {
				const tall = n === 0 ? 1 : Math.max(2, (n / most) * barHeight);
				const x = score * step + (step - barWidth) / 2;
				const bar = (
					<rect className={`bar ${groupOf(score)}`} x={x} y={top + barHeight - tall} width={barWidth} height={tall} rx={3} />
				);
				return (
					<g key={score}>
						{linkOf && n > 0 ? (
							<Link href={linkOf(score)} className="bar-link" aria-label={t("bar", { score, n })}>
								<rect className="bar-room" x={score * step} y={0} width={step} height={height} />
								{bar}
							</Link>
						) : (
							bar
						)}
						<text className={step < 30 ? "bar-count small" : "bar-count"} x={x + barWidth / 2} y={top + barHeight - tall - 5}>
							{n === 0 ? "" : label(n)}
						</text>
						<text className="bar-score" x={x + barWidth / 2} y={top + barHeight + 17}>
							{score}
						</text>
					</g>
				);
			})}
		</svg>
	);
}

/** Promoters, passives and detractors as one bar that adds up to all answers. */
export function Shares(props: {
	promoters: number;
	passives: number;
	detractors: number;
	/** The list of the answers of a group. */
	linkOf?: (group: `${Group}s`) => string;
}): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const all = props.promoters + props.passives + props.detractors;
	const rows: { group: Group; label: string; n: number }[] = [
		{ group: "detractor", label: t("detractors"), n: props.detractors },
		{ group: "passive", label: t("passives"), n: props.passives },
		{ group: "promoter", label: t("promoters"), n: props.promoters },
	];
	let x = 0;
	return (
		<div>
			<svg className="shares" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
				{rows.map((row) => {
					const width = all ? (row.n / all) * 1000 : 0;
					const rect = (
						<rect key={row.group} className={`bar ${row.group}`} x={x} y={0} width={width} height={14} />
					);
					x += width;
					return rect;
				})}
			</svg>
			<ul className="legend">
				{rows.map((row) => (
					<li key={row.group}>
						<span className={`dot ${row.group}`} aria-hidden="true" />
						{row.label} <strong>{f.percent(all ? row.n / all : 0)}</strong>{" "}
						{props.linkOf && row.n > 0 ? (
							<Link href={props.linkOf(`${row.group}s`)} className="quiet">
								{f.number(row.n)}
							</Link>
						) : (
							<span className="quiet">{f.number(row.n)}</span>
						)}
					</li>
				))}
			</ul>
		</div>
	);
}
