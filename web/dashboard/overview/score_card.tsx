// web/dashboard/overview/score_card.tsx - a score, large, with the range it likely lies in and the people behind it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Group, Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import type { Figure, Nps } from "../api.ts";
import { Distribution, Shares } from "../chart/distribution.tsx";
import { Trend } from "../chart/trend.tsx";
import { type Format, useFormat } from "../format.ts";
import { useWords, type Words } from "../words.ts";

export type Part = Nps["parts"][number];

export function partName(t: Words<"overview">, part: Part, manyBrands: boolean): string {
	const name = part.kind === "relationship" ? t("relationship") : (part.touchpoint?.name ?? t("transactional"));
	return manyBrands ? `${part.brand.name} · ${name}` : name;
}

function sentence(t: Words<"overview">, f: Format, figure: Figure): string {
	if (figure.nps === null || figure.interval === null)
		return figure.responses === 0 ? t("score_none") : t("score_few", { n: figure.responses });
	const [low, high] = figure.interval;
	return t("score", { nps: f.score(figure.nps), low: f.score(low), high: f.score(high) });
}

export function Basis({ figure }: { figure: Figure }): ReactElement {
	const t = useWords("overview");
	return (
		<Group gap={8} wrap="wrap">
			<Text size="sm" c="dimmed">
				{t("basis", { n: figure.responses, people: figure.people })}
			</Text>
			{figure.rough && (
				<Badge variant="light" color="gray" title={t("rough_more")}>
					{t("rough")}
				</Badge>
			)}
		</Group>
	);
}

/** The chosen score: number, sentence, shares, distribution and how it went. */
export function ScoreHero({ part, manyBrands }: { part: Part; manyBrands: boolean }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { figure } = part;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="hero-title">
			<Title order={2} size="h5" c="dimmed" id="hero-title">
				{partName(t, part, manyBrands)}
			</Title>
			<div className="hero">
				<div>
					<p className="hero-number">{figure.nps === null ? "–" : f.score(figure.nps)}</p>
					<Text fw={600}>{sentence(t, f, figure)}</Text>
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
	const t = useWords("overview");
	const f = useFormat();
	const { part } = props;
	const { nps, interval, responses: n, rough } = part.figure;
	return (
		<button type="button" className="tile" aria-pressed={props.chosen} onClick={props.onChoose}>
			<span className="tile-name">{partName(t, part, props.manyBrands)}</span>
			<span className="tile-number">{nps === null ? "–" : f.score(nps)}</span>
			<span className="quiet">
				{interval ? `${t("tile_range", { low: f.score(interval[0]), high: f.score(interval[1]) })} · ` : ""}
				{t("tile_n", { n })}
				{rough && nps !== null ? ` · ${t("rough")}` : ""}
			</span>
		</button>
	);
}
