// web/dashboard/score_card.tsx - a score, large, with the range it likely lies in and the people behind it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Group, Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import type { Figure, Part } from "./api.ts";
import { Distribution, Shares } from "./distribution.tsx";
import { Trend } from "./trend.tsx";

export function partName(part: Part, manyBrands: boolean): string {
	const name = part.kind === "relationship" ? "Relationship" : (part.touchpoint?.name ?? "Transactional");
	return manyBrands ? `${part.brand.name} · ${name}` : name;
}

const counted = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

export function sentence(figure: Figure): string {
	if (figure.nps === null || figure.interval === null)
		return figure.responses === 0
			? "No scores yet."
			: `${counted(figure.responses, "answer", "answers")} so far: a score is shown from five answers on. Read them below.`;
	const [lo, hi] = figure.interval.map(Math.round);
	return `Your score is ${Math.round(figure.nps)}, likely between ${lo} and ${hi}.`;
}

export function Basis({ figure }: { figure: Figure }): ReactElement {
	return (
		<Group gap={8} wrap="wrap">
			<Text size="sm" c="dimmed">
				{counted(figure.responses, "answer", "answers")} from {counted(figure.people, "person", "people")}
			</Text>
			{figure.rough && (
				<Badge variant="light" color="gray" title="Fewer than 30 answers: the range is wide">
					rough
				</Badge>
			)}
		</Group>
	);
}

/** The chosen score: number, sentence, shares, distribution and how it went. */
export function ScoreHero({ part, manyBrands }: { part: Part; manyBrands: boolean }): ReactElement {
	const { figure } = part;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="hero-title">
			<Title order={2} size="h5" c="dimmed" id="hero-title">
				{partName(part, manyBrands)}
			</Title>
			<div className="hero">
				<div>
					<p className="hero-number">{figure.nps === null ? "–" : Math.round(figure.nps)}</p>
					<Text fw={600}>{sentence(figure)}</Text>
					<Basis figure={figure} />
					{figure.responses > 0 && (
						<div className="hero-shares">
							<Shares {...figure} />
						</div>
					)}
				</div>
				{figure.responses > 0 && <Distribution counts={figure.distribution} />}
			</div>
			<Trend points={part.series} />
		</Paper>
	);
}

/** Another kind or touchpoint, beside the hero with its own n. */
export function ScoreTile(props: {
	part: Part;
	manyBrands: boolean;
	chosen: boolean;
	onChoose: () => void;
}): ReactElement {
	const { part } = props;
	return (
		<button type="button" className="tile" aria-pressed={props.chosen} onClick={props.onChoose}>
			<span className="tile-name">{partName(part, props.manyBrands)}</span>
			<span className="tile-number">{part.figure.nps === null ? "–" : Math.round(part.figure.nps)}</span>
			<span className="quiet">
				{part.figure.interval
					? `${Math.round(part.figure.interval[0])} to ${Math.round(part.figure.interval[1])} · `
					: ""}
				n = {part.figure.responses.toLocaleString()}
				{part.figure.rough && part.figure.nps !== null ? " · rough" : ""}
			</span>
		</button>
	);
}
