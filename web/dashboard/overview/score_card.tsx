// web/dashboard/overview/score_card.tsx - a score, large, with the range it likely lies in, whether it moved, and the people
// behind it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Paper, Text, Title } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { Figure } from "../api.ts";
import { Distribution, Shares } from "../chart/distribution.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { type Format, useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords, type Words } from "../words.ts";
import { type Part, partFilter, partName } from "./part.ts";

function scoreSentence(t: Words<"overview">, f: Format, figure: Figure): string {
	if (figure.nps === null || figure.interval === null)
		return figure.responses === 0 ? t("score_none") : t("score_few", { n: figure.responses });
	const [low, high] = figure.interval;
	return t("score", { nps: f.score(figure.nps), low: f.score(low), high: f.score(high) });
}

/** "It fell by 6 against 1 Jul to 30 Sep (n = 120); that could still be chance." */
function changeSentence(t: Words<"overview">, f: Format, part: Part): string | null {
	const before = part.comparison;
	if (!before) return null;
	const when = { from: f.day(before.from), to: f.day(before.to), n: before.figure.responses };
	if (before.change === null) return part.figure.nps === null ? null : t("change_unknown", when);
	const by = Math.round(before.change);
	return t("change", {
		...when,
		way: by > 0 ? "up" : by < 0 ? "down" : "same",
		by: f.number(Math.abs(by)),
		chance: before.beyond_chance ? "no" : "yes",
	});
}

/** How many are not in the figure, and why. */
function LeftOut({ part, filter }: { part: Part; filter: Filter }): ReactElement | null {
	const t = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const { left_out: out } = part;
	const reasons = (["excluded", "unconfirmed", "test", "dismissed", "without_score"] as const)
		.filter((why) => out[why] > 0)
		.map((why) => t(`left_out_${why}`, { n: out[why] }));
	if (reasons.length === 0) return null;
	const text = t("left_out", { what: f.list(reasons) });
	if (role === "viewer" || out.excluded === 0) return <Text size="sm" c="dimmed">{text}</Text>;
	return (
		<Text size="sm">
			<Link href={filter.on("/answers", { ...partFilter(part), state: "excluded" })}>{text}</Link>
		</Text>
	);
}

/** Answers and people, as a way to the answers themselves. */
function Basis({ part, filter }: { part: Part; filter: Filter }): ReactElement {
	const t = useWords("overview");
	const { role } = useMe();
	const { figure } = part;
	const text = t("basis", { n: figure.responses, people: figure.people });
	return (
		<div className="basis">
			{role === "viewer" ? (
				<Text size="sm" c="dimmed">
					{text}
				</Text>
			) : (
				<Link href={filter.on("/answers", { ...partFilter(part), counted: "true" })}>{text}</Link>
			)}
			{figure.rough && figure.nps !== null && (
				<Badge variant="light" color="gray" title={t("rough_more")} tt="none">
					{t("rough")}
				</Badge>
			)}
		</div>
	);
}

function How({ part }: { part: Part }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { figure, comparison } = part;
	return (
		<HowWeKnow>
			<p>{t("how_score")}</p>
			{figure.interval && (
				<p>{t("how_interval", { n: figure.responses, effective: f.number(Math.round(figure.effective_n)) })}</p>
			)}
			{figure.rough && <p>{t("how_rough")}</p>}
			{comparison?.interval && (
				<p>
					{t("how_change", {
						low: f.change(comparison.interval[0]),
						high: f.change(comparison.interval[1]),
						paired: comparison.paired ? "yes" : "no",
						people: comparison.people_in_both,
					})}
				</p>
			)}
			<p>{t("how_counted")}</p>
		</HowWeKnow>
	);
}

/** The chosen score. Below five answers `children` shows the answers in place of a score. */
export function ScoreHero(props: {
	part: Part;
	manyBrands: boolean;
	filter: Filter;
	trend: ReactNode;
	children?: ReactNode;
}): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { part, filter } = props;
	const { figure } = part;
	const change = changeSentence(t, f, part);
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="hero-title">
			<Title order={2} size="h5" c="dimmed" id="hero-title">
				{partName(t, part, props.manyBrands)}
			</Title>
			<div className="hero">
				<div>
					{figure.nps !== null && <p className="hero-number">{f.score(figure.nps)}</p>}
					<Text fw={600}>{scoreSentence(t, f, figure)}</Text>
					{change && <Text>{change}</Text>}
					<Basis part={part} filter={filter} />
					<LeftOut part={part} filter={filter} />
					{figure.nps !== null && (
						<div className="hero-shares">
							<Shares {...figure} />
						</div>
					)}
				</div>
				{figure.nps !== null && <Distribution counts={figure.distribution} />}
			</div>
			{figure.nps === null && props.children}
			{props.trend}
			<How part={part} />
		</Paper>
	);
}

/** Another kind or touchpoint, beside the hero with its own n. */
export function ScoreTile(props: { part: Part; manyBrands: boolean; chosen: boolean; onChoose: () => void }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { part } = props;
	const { nps, interval, responses: n, rough } = part.figure;
	const change = part.comparison?.change ?? null;
	return (
		<button type="button" className="tile" aria-pressed={props.chosen} onClick={props.onChoose}>
			<span className="tile-name">{partName(t, part, props.manyBrands)}</span>
			<span className="tile-number">{nps === null ? "–" : f.score(nps)}</span>
			<span className="quiet">
				{interval ? `${t("tile_range", { low: f.score(interval[0]), high: f.score(interval[1]) })} · ` : ""}
				{t("tile_n", { n })}
				{rough && nps !== null ? ` · ${t("rough")}` : ""}
			</span>
			{change !== null && (
				<span className="quiet">
					{t("tile_change", { by: f.change(change), chance: part.comparison?.beyond_chance ? "no" : "yes" })}
				</span>
			)}
		</button>
	);
}
