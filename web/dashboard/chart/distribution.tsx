// web/dashboard/chart/distribution.tsx - how many gave each score from 0 to 10, as bars with their numbers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
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

export function Distribution({ counts }: { counts: number[] }): ReactElement {
	return <Measured draw={(width) => <Bars counts={counts} width={width} />} />;
}

function Bars({ counts, width }: { counts: number[]; width: number }): ReactElement {
	const t = useWords("overview");
	const step = width / 11;
	const barWidth = step * 0.76;
	const most = Math.max(1, ...counts);
	const spoken = counts.map((n, score) => `${score}: ${n}`).join(", ");
	return (
		<svg
			className="chart"
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			role="img"
			aria-label={t("by_score", { counts: spoken })}
		>
			{counts.map((n, score) => {
				const tall = n === 0 ? 1 : Math.max(2, (n / most) * barHeight);
				const x = score * step + (step - barWidth) / 2;
				return (
					<g key={score}>
						<rect
							className={`bar ${groupOf(score)}`}
							x={x}
							y={top + barHeight - tall}
							width={barWidth}
							height={tall}
							rx={3}
						/>
						<text className={step < 30 ? "bar-count small" : "bar-count"} x={x + barWidth / 2} y={top + barHeight - tall - 5}>
							{n || ""}
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
export function Shares(props: { promoters: number; passives: number; detractors: number }): ReactElement {
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
						<span className="quiet">{f.number(row.n)}</span>
					</li>
				))}
			</ul>
		</div>
	);
}
