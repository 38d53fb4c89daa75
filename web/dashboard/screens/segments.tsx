// web/dashboard/screens/segments.tsx - the score of each value of an attribute, against the rest and among the others.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Stack } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { getSegments, listSurveys, Refusal, type Segments } from "../api.ts";
import { type Cell, Framed } from "../chart/framed.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { type Narrowed, narrowedBy, narrowedTo } from "../insight/narrowed.ts";
import { Score } from "../insight/number.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { type Part, partFilter, partName } from "../overview/part.ts";
import { type Asked, type Segment, useAsked, type Value } from "../segments/asked.ts";
import { Asks, useChoices } from "../segments/asks.tsx";
import { FunnelPlot } from "../segments/funnel_plot.tsx";
import { HeatMap } from "../segments/heat_map.tsx";
import { useAttributeName, useValueName } from "../segments/names.ts";
import { SegmentAnswers } from "../segments/segment_answers.tsx";
import { SegmentTable } from "../segments/segment_table.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords, type Words } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "import", "language", "tag", "theme", "sentiment", "urgent"] as const;

interface Loaded {
	segments: Segments;
	surveys: Map<string, string>;
}

type Query = NonNullable<Parameters<typeof getSegments>[0]>;

/** A part that the filter no longer takes is left for the first that it does. */
async function ask(query: Query, part: string | null, signal: AbortSignal): Promise<Segments> {
	try {
		return await getSegments({ ...query, part: part ?? undefined }, { signal });
	} catch (error) {
		if (part === null || !(error instanceof Refusal) || error.status !== 404) throw error;
		return getSegments(query, { signal });
	}
}

/** Where not each answer counts, whatever leaves the screen says so: its picture, its table, its file. */
const voted = (t: Words<"segments">, { vote }: Segments): string => (vote === "answer" ? "" : ` · ${t(`voted_${vote}`)}`);
const fileOf = (name: string, { vote }: Segments): string => (vote === "answer" ? name : `${name}-one-vote-per-${vote}`);

/** The way to the answers of a part, and of some of them. */
function useLinks(part: Part | undefined, filter: Filter, vote: Asked["vote"]) {
	const { role } = useMe();
	return (...some: (Narrowed | null)[]): string | undefined => {
		if (!part || role === "viewer" || vote !== "answer" || some.includes(null)) return undefined;
		return filter.on("/answers", Object.assign({ ...partFilter(part), counted: "true" }, ...some) as Narrowed);
	};
}

/** "Of 14, two are unlike the rest by more than chance: Email (+12) and SMS (−8)." */
function Stands({ value, nameOf }: { value: Segments; nameOf: (s: Segment) => string }): ReactElement {
	const t = useWords("segments");
	const f = useFormat();
	const real = value.segments
		.filter((s) => s.real && s.from_rest.change !== null)
		.sort((a, b) => Math.abs(b.from_rest.change ?? 0) - Math.abs(a.from_rest.change ?? 0));
	const told = real.slice(0, 4).map((s) => t("one_real", { name: nameOf(s), by: f.change(s.from_rest.change ?? 0) }));
	const more = real.length - told.length;
	if (value.looked_at === 0) return <>{t("none_told")}</>;
	return <>{real.length === 0 ? t("none_real", { n: value.looked_at }) : t("some_real", { n: value.looked_at, k: real.length, which: f.list(more > 0 ? [...told, t("more_real", { n: more })] : told) })}</>;
}

interface Shown {
	value: Segments;
	part: Part;
	name: string;
	asked: Asked;
	filter: Filter;
	surveys: Map<string, string>;
}

function useRows({ value, asked }: Shown, nameOf: (s: Segment) => string): { head: string[]; rows: Cell[][] } {
	const t = useWords("segments");
	const attribute = useAttributeName();
	return {
		head: [
			attribute(asked.by),
			...(["score", "low", "high", "n", "rest", "rest_low", "rest_high", "real", "estimate", "top_percent"] as const).map((one) => t(`col_${one}`)),
		],
		rows: value.segments.map((s) => [
			nameOf(s),
			s.figure.nps,
			s.figure.interval?.[0] ?? null,
			s.figure.interval?.[1] ?? null,
			s.figure.responses,
			s.from_rest.change,
			s.from_rest.interval?.[0] ?? null,
			s.from_rest.interval?.[1] ?? null,
			t(s.real ? "yes" : "no"),
			s.ranked?.estimate ?? null,
			s.ranked ? 100 * s.ranked.top_third : null,
		]),
	};
}

function How({ value }: { value: Segments }): ReactElement {
	const t = useWords("segments");
	const f = useFormat();
	return (
		<HowWeKnow>
			<p>{t("how_rest", { n: value.looked_at })}</p>
			<p>{t("how_funnel", { phi: f.number(Math.round(value.funnel.overdispersion * 100) / 100) })}</p>
			<p>{t("how_rank", { n: value.ranking.ranked })}</p>
		</HowWeKnow>
	);
}

/** A funnel of fewer than this is a picture of nothing: the table says it all. */
const funnelFrom = 4;

/** Answers that are all alike in this have others that they differ in. */
function OneValue({ shown, name }: { shown: Shown; name: string }): ReactElement {
	const t = useWords("segments");
	const attribute = useAttributeName();
	const { asked, filter } = shown;
	const others = useChoices(filter, shown.value.traits, []).groups.flatMap((group) => group.items.map((item) => item.value));
	const next = [...others.filter((by) => by.includes(".")), "tenure", "language", "survey"].filter((by, i, all) => by !== asked.by && all.indexOf(by) === i).slice(0, 4);
	return (
		<Empty title={t("only_one", { name })} text={t("only_one_more")}>
			<div className="segments-next">
				{next.map((by) => (
					<Button key={by} variant="light" onClick={() => asked.set("by", by)}>
						{attribute(by)}
					</Button>
				))}
			</div>
		</Empty>
	);
}

function SideBySide(props: Shown & { actions: ReactNode }): ReactElement {
	const t = useWords("segments");
	const [, go] = useLocation();
	const attribute = useAttributeName();
	const { value, asked } = props;
	const nameOf = useValueName(asked.by, props.surveys);
	const links = useLinks(props.part, props.filter, asked.vote);
	const { role } = useMe();
	const [at, onAt] = useState<Segment | null>(null);
	const [opened, setOpened] = useState<Segment | null>(null);
	const { head, rows } = useRows(props, nameOf);
	const drawn = value.segments.filter((s) => s.side !== null).length;
	const linkOf = (s: Segment) => links(narrowedTo(asked.by, s.value, s.figure));
	const open = (s: Segment) => {
		const to = linkOf(s);
		if (to) go(to);
		else if (role !== "viewer" && !s.rest && (asked.by !== "tag" || asked.vote !== "answer")) setOpened(s);
	};
	return (
		<Framed
			title={`${t("side_by_side", { by: attribute(asked.by) })}${voted(t, value)}`}
			says={<Stands value={value} nameOf={nameOf} />}
			name={fileOf("segments", value)}
			head={head}
			rows={rows}
			actions={props.actions}
		>
			<div className={drawn < funnelFrom ? undefined : "segments-both"}>
				{drawn >= funnelFrom && (
					<div className="segments-funnel">
						<h3>{t("funnel_title")}</h3>
						<FunnelPlot segments={value} nameOf={nameOf} at={at} onAt={onAt} onOpen={open} />
					</div>
				)}
				<SegmentTable segments={value.segments} nameOf={nameOf} linkOf={linkOf} onOpen={open} at={at} onAt={onAt} ranks={asked.by !== "tag"} />
			</div>
			{opened && (
				<SegmentAnswers
					segment={opened}
					name={nameOf(opened)}
					asked={asked}
					part={value.part}
					filter={props.filter}
					onClose={() => setOpened(null)}
				/>
			)}
			<How value={value} />
		</Framed>
	);
}

function Pairs(props: Shown & { actions: ReactNode }): ReactElement | null {
	const t = useWords("segments");
	const attribute = useAttributeName();
	const { asked, value } = props;
	const rowName = useValueName(asked.by, props.surveys);
	const columnName = useValueName(asked.and, props.surveys);
	const links = useLinks(props.part, props.filter, asked.vote);
	const { grid, figure } = value;
	if (!grid || figure.nps === null) return null;
	const valueAt = (values: Value[], i: number) => values[i] as Value;
	const only = (by: string, { value: one, rest }: Value) => (rest ? null : narrowedBy(props.filter, by, one));
	return (
		<Framed
			title={`${t("pairs", { by: attribute(asked.by), and: attribute(asked.and) })}${voted(t, value)}`}
			says={t("pairs_say")}
			name={fileOf("segments-of-two", value)}
			head={[attribute(asked.by), attribute(asked.and), t("col_score"), t("col_low"), t("col_high"), t("col_n")]}
			rows={grid.cells.map((c) => [
				rowName(valueAt(grid.rows, c.row)),
				columnName(valueAt(grid.columns, c.column)),
				c.nps,
				c.interval?.[0] ?? null,
				c.interval?.[1] ?? null,
				c.responses,
			])}
			actions={props.actions}
		>
			<HeatMap
				grid={grid}
				middle={figure.nps}
				rowName={rowName}
				columnName={columnName}
				linkOf={(row, column) => links(only(asked.by, row), only(asked.and, column))}
			/>
		</Framed>
	);
}

function Body({ loaded, asked, filter }: { loaded: Loaded; asked: Asked; filter: Filter }): ReactElement {
	const t = useWords("segments");
	const overview = useWords("overview");
	const { segments: value, surveys } = loaded;
	const part = value.parts.find((p) => p.key === value.part) as unknown as Part | undefined;
	const links = useLinks(part, filter, value.vote);
	const valueName = useValueName(value.by, surveys);
	if (!part || value.figure.responses < enough) return <Few figure={value.figure} filter={filter} />;
	const manyBrands = new Set(value.parts.map((p) => p.brand.id)).size > 1;
	const name = partName(overview, part, manyBrands);
	// What is shown is what was asked for it, not what is being asked.
	const shown: Shown = { value, part, name, asked: { ...asked, by: value.by, and: value.and ?? "", vote: value.vote }, filter, surveys };
	const [only] = value.segments;
	const definition = (
		<Definition
			title={name}
			filter={filter}
			defined={{ figure: value.figure, left_out: value.left_out, parts: [name], as_of: value.as_of, query_us: value.query_us, vote: value.vote }}
		/>
	);
	return (
		<Stack gap="lg">
			<p className="segments-all">
				{name}: <Score figure={value.figure} to={links()} />
				{value.vote !== "answer" && <strong> · {t(`voted_${value.vote}`)}</strong>}
			</p>
			{value.grid && <Pairs {...shown} actions={definition} />}
			{only && value.segments.length === 1 ? <OneValue shown={shown} name={valueName(only)} /> : <SideBySide {...shown} actions={value.grid ? undefined : definition} />}
		</Stack>
	);
}

export default function SegmentsScreen(): ReactElement {
	const insight = useWords("insight");
	useWords("segments");
	useWords("filter");
	useWords("overview");
	const filter = useFilter("12m");
	const asked = useAsked();
	const { by, and, part, vote } = asked;
	const { value, error, reload } = useLoad<Loaded>(
		async (signal) => {
			const query = { ...filter.figures, by, and: and || undefined, vote } as Query;
			const [segments, { surveys }] = await Promise.all([ask(query, part, signal), listSurveys({}, { signal })]);
			return { segments, surveys: new Map(surveys.map((s) => [s.slug, s.name])) };
		},
		[filter.key, by, and, part, vote],
	);
	return (
		<Page title={insight("title")} part={insight("way_segments")} wide>
			<InsightWays at="segments" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			<Asks asked={asked} filter={filter} value={value?.segments} />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && <Body loaded={value} asked={asked} filter={filter} />}
		</Page>
	);
}
