// web/dashboard/overview/score_card.tsx - a score, large, with the range it likely lies in, whether it moved, and the people
// behind it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Button, Paper, Text, Title } from "@mantine/core";
import { type ReactElement, type ReactNode, Suspense, useState } from "react";
import { Link } from "wouter";
import type { Figure, Nps } from "../api.ts";
import { Distribution, Shares } from "../chart/distribution.tsx";
import { fetchedPart } from "../fetched.ts";
import type { Filter } from "../filter/use_filter.ts";
import { type Format, useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords, type Words } from "../words.ts";
import { type Part, partFilter, partKey, partName } from "./part.ts";

const DefinitionDialog = fetchedPart(() => import("../insight/definition_dialog.tsx"));

/** `reads`: the answers stand below. */
function scoreSentence(t: Words<"overview">, f: Format, figure: Figure, reads: boolean): string {
	if (figure.nps === null || figure.interval === null)
		return figure.responses === 0 ? t("score_none") : t(reads ? "score_few" : "score_few_unread", { n: figure.responses });
	return t("score", f.scored(figure.nps, figure.interval));
}

/** "It fell by 6 against 1 Jul to 30 Sep (n = 120); that could still be chance." */
function changeSentence(t: Words<"overview">, f: Format, part: Part): string | null {
	const before = part.comparison;
	if (!before) return null;
	const when = { from: f.day(before.from), to: f.day(before.to), n: before.figure.responses };
	if (before.change === null) return part.figure.nps === null ? null : t("change_unknown", when);
	const { by, way } = f.changed(before.change, before.interval);
	return t("change", {
		...when,
		way: way > 0 ? "up" : way < 0 ? "down" : "same",
		by,
		chance: before.beyond_chance ? "no" : "yes",
	});
}

/** Enough answers in both periods for the page that tells why. */
function hasWhy({ figure, comparison }: Part): boolean {
	return comparison !== null && comparison.change !== null && !comparison.rough && !figure.rough;
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

/** Answers of another time and place weigh in the same score: said where they do, with the way to leave them out. */
function Imported({ part, filter }: { part: Part; filter: Filter }): ReactElement | null {
	const t = useWords("overview");
	const { imported: n, figure } = part;
	if (n === 0 || filter.values.has("import")) return null;
	if (n === figure.responses) return <Text size="sm" c="dimmed">{t("imported_all", { n })}</Text>;
	return (
		<p className="imported">
			<span className="quiet">{t("imported", { n })}</span>
			<Button variant="light" size="compact-sm" className="no-print" onClick={() => filter.set("import", ["none"])}>
				{t("imported_without")}
			</Button>
			<Button variant="subtle" size="compact-sm" className="no-print" onClick={() => filter.set("import", ["any"])}>
				{t("imported_only")}
			</Button>
		</p>
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
						low: f.changed(comparison.change ?? 0, comparison.interval).low,
						high: f.changed(comparison.change ?? 0, comparison.interval).high,
						paired: comparison.paired ? "yes" : "no",
						people: comparison.people_in_both,
					})}
				</p>
			)}
			<p>{t("how_counted")}</p>
		</HowWeKnow>
	);
}

/** What the score is made of, and what else there is to stand it beside. */
function Ways({ part, name, nps, filter }: { part: Part; name: string; nps: Nps; filter: Filter }): ReactElement {
	const t = useWords("overview");
	const [open, setOpen] = useState(false);
	const defined = { figure: part.figure, left_out: part.left_out, parts: [name], as_of: nps.as_of, query_us: nps.query_us };
	return (
		<div className="section-actions no-print">
			<Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpen(true)}>
				{t("definition")}
			</Button>
			<Button component={Link} size="compact-sm" variant="subtle" color="gray" href={filter.on("/insight/compare", { part: partKey(part) })}>
				{t("compare")}
			</Button>
			{open && (
				<Suspense>
					<DefinitionDialog title={name} defined={defined} filter={filter} onClose={() => setOpen(false)} />
				</Suspense>
			)}
		</div>
	);
}

/** The chosen score. Below five answers `children` shows the answers in place of a score. */
export function ScoreHero(props: {
	part: Part;
	nps: Nps;
	manyBrands: boolean;
	filter: Filter;
	trend: ReactNode;
	children?: ReactNode;
}): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { part, filter } = props;
	const { figure } = part;
	const { role } = useMe();
	const change = changeSentence(t, f, part);
	const name = partName(t, part, props.manyBrands);
	const listOf = role === "viewer" ? undefined : (some: Record<string, string>) => filter.on("/answers", { ...partFilter(part), ...some, counted: "true" });
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="hero-title">
			<div className="section-head">
				<Title order={2} size="h5" c="dimmed" id="hero-title">
					{name}
				</Title>
				{figure.nps !== null && <Ways part={part} name={name} nps={props.nps} filter={filter} />}
			</div>
			<div className="hero">
				<div>
					{figure.nps !== null && <p className="hero-number">{figure.interval ? f.scored(figure.nps, figure.interval).nps : f.score(figure.nps)}</p>}
					<Text fw={600}>{scoreSentence(t, f, figure, role !== "viewer")}</Text>
					{change && (
						<Text>
							{change} {hasWhy(part) && <Link href={filter.on("/insight/why", { part: partKey(part) })}>{t("change_why")}</Link>}
						</Text>
					)}
					<Basis part={part} filter={filter} />
					<Imported part={part} filter={filter} />
					<LeftOut part={part} filter={filter} />
					{figure.nps !== null && (
						<div className="hero-shares">
							<Shares {...figure} linkOf={listOf && ((group) => listOf({ group }))} />
						</div>
					)}
				</div>
				{figure.nps !== null && <Distribution counts={figure.distribution} linkOf={listOf && ((score) => listOf({ score: `${score}` }))} />}
			</div>
			{figure.nps === null && props.children}
			{props.trend}
			<How part={part} />
		</Paper>
	);
}

/** Another kind or touchpoint, beside the hero with its own n: chosen by a click, and a way to its answers. */
export function ScoreTile(props: { part: Part; manyBrands: boolean; chosen: boolean; filter: Filter; onChoose: () => void }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const { part, filter } = props;
	const { nps, interval, responses: n, rough } = part.figure;
	const change = part.comparison?.change ?? null;
	const scored = nps !== null && interval ? f.scored(nps, interval) : null;
	return (
		<div className={props.chosen ? "tile chosen" : "tile"}>
			<button type="button" className="tile-choose" aria-pressed={props.chosen} onClick={props.onChoose}>
				<span className="tile-name">{partName(t, part, props.manyBrands)}</span>
				<span className="tile-number">{nps === null ? "–" : (scored?.nps ?? f.score(nps))}</span>
			</button>
			<span className="quiet">
				{scored ? `${t("tile_range", scored)} · ` : ""}
				{role === "viewer" ? t("tile_n", { n }) : <Link href={filter.on("/answers", { ...partFilter(part), counted: "true" })}>{t("tile_n", { n })}</Link>}
				{rough && nps !== null ? ` · ${t("rough")}` : ""}
			</span>
			{change !== null && (
				<span className="quiet">
					{t("tile_change", { by: f.changed(change, part.comparison?.interval ?? null).change, chance: part.comparison?.beyond_chance ? "no" : "yes" })}
				</span>
			)}
		</div>
	);
}
