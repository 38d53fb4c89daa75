// web/dashboard/screens/compare.tsx - two scores beside each other: periods, segments, or one of them and all other answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useLocation } from "wouter";
import { type Contrast, compareFigures, Refusal } from "../api.ts";
import { Distribution, Shares } from "../chart/distribution.tsx";
import { Framed } from "../chart/framed.tsx";
import { textOf } from "../compare/side.ts";
import { SideEditor } from "../compare/side_editor.tsx";
import { type Sides, useSideName, useSides } from "../compare/use_sides.ts";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { Score } from "../insight/number.tsx";
import { endsOf, Range } from "../insight/range.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { type Part, partFilter, partName } from "../overview/part.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "import", "language", "tag", "theme", "sentiment", "urgent"] as const;

interface Shown {
	value: Contrast;
	sides: Sides;
	filter: Filter;
	names: [string, string];
	parts: [string, string];
}

function useSentence({ value, names }: Shown): string {
	const t = useWords("compare");
	const f = useFormat();
	const { change, interval, beyond_chance: real } = value.difference;
	if (change === null || interval === null) return t("unknown");
	const { by, low, high, way } = f.moved(change, interval);
	return t("difference", {
		a: names[0],
		b: names[1],
		by,
		way: way === 0 ? "same" : way > 0 ? "above" : "below",
		low,
		high,
		chance: real ? "no" : "yes",
	});
}

function OneSide({ shown, which }: { shown: Shown; which: 0 | 1 }): ReactElement {
	const { value, sides, filter, names, parts } = shown;
	const { role } = useMe();
	const side = which === 0 ? value.a : value.b;
	const asked = which === 0 ? sides.a : sides.b;
	const ends = endsOf([value.a.figure, value.b.figure]);
	const own = asked?.only ? { [asked.only.name]: asked.only.value } : {};
	const days: Record<string, string> = { ...(side.from && { from: side.from }), ...(side.to && { to: side.to }) };
	const to = !asked || role === "viewer" || !side.part ? undefined : filter.on("/answers", { ...partFilter(side.part as unknown as Part), ...own, ...days, counted: "true" });
	const spanned = { ...filter, span: { from: side.from ?? undefined, to: side.to ?? undefined } };
	return (
		<section className="compare-figure" aria-label={names[which]}>
			<h3>
				<span className="compare-letter">{which === 0 ? "A" : "B"}</span> {names[which]}
			</h3>
			<Text size="sm" c="dimmed">
				{parts[which]}
			</Text>
			<Score figure={side.figure} to={to} />
			<Range figure={side.figure} ends={ends} real={value.difference.beyond_chance} />
			{side.figure.nps !== null && <Shares {...side.figure} />}
			{side.figure.nps !== null && <Distribution counts={side.figure.distribution} />}
			<Definition
				title={names[which]}
				filter={spanned}
				defined={{ figure: side.figure, left_out: side.left_out, parts: [parts[which], names[which]], as_of: value.as_of, query_us: value.query_us, vote: value.vote }}
			/>
		</section>
	);
}

/** What else the two differ in, beside what was asked for. */
function Marks({ value }: { value: Contrast }): ReactElement | null {
	const t = useWords("compare");
	const f = useFormat();
	if (value.differs.length === 0) return null;
	return (
		<Text component="p" className="compare-marks">
			{t("differs", { what: f.list(value.differs.map((one) => t(`differs_${one}`))) })}
		</Text>
	);
}

function Both({ shown }: { shown: Shown }): ReactElement {
	const t = useWords("compare");
	const insight = useWords("insight");
	const { value, names, parts } = shown;
	const { people_in_both: people, paired, rough } = value.difference;
	const row = (which: 0 | 1) => {
		const { figure } = which === 0 ? value.a : value.b;
		return [names[which], parts[which], figure.nps, figure.interval?.[0] ?? null, figure.interval?.[1] ?? null, figure.responses];
	};
	const { change, interval } = value.difference;
	return (
		<Framed
			title={t("title", { a: names[0], b: names[1] })}
			says={useSentence(shown)}
			name="compared"
			head={[t("col_side"), t("col_of"), insight("col_score"), insight("col_low"), insight("col_high"), insight("col_n")]}
			rows={[row(0), row(1), [t("col_difference"), "", change, interval?.[0] ?? null, interval?.[1] ?? null, null]]}
		>
			<Marks value={value} />
			<div className="compare-both">
				<OneSide shown={shown} which={0} />
				<OneSide shown={shown} which={1} />
			</div>
			{rough && value.difference.change !== null && <Text size="sm">{t("rough")}</Text>}
			<HowWeKnow>
				<p>{t("how", { people, paired: paired ? "yes" : "no" })}</p>
			</HowWeKnow>
		</Framed>
	);
}

function Body(props: { value: Contrast; sides: Sides; filter: Filter; onYear: () => void }): ReactElement {
	const t = useWords("compare");
	const overview = useWords("overview");
	const { value, sides, filter } = props;
	const nameOfSide = useSideName(filter);
	const all = value.a.figure.responses + value.b.figure.responses;
	if (all < enough) return <Few figure={value.a.figure} filter={filter} />;
	const brands = new Set([value.a.part?.brand.id, value.b.part?.brand.id, ...value.parts.map((p) => p.brand.id)]).size > 1;
	const part = (side: Contrast["a"]) => (side.part ? partName(overview, side.part as unknown as Part, brands) : "–");
	const shown: Shown = {
		value,
		sides,
		filter,
		names: [nameOfSide(sides.a, value.a), nameOfSide(sides.b, value.b)],
		parts: [part(value.a), part(value.b)],
	};
	if (value.b.rest && value.b.figure.responses === 0)
		return (
			<Empty title={t("choose_first")} text={t("choose_first_more")}>
				<Button onClick={props.onYear}>{t("choose_year")}</Button>
			</Empty>
		);
	return <Both shown={shown} />;
}

/** How many answers stand on both sides, when that is why the server refused. */
function overlapOf(error: unknown): number | null {
	const refused = error instanceof Refusal ? error.errors.find((one) => one.path === "b") : undefined;
	const n = Number.parseInt(refused?.message ?? "", 10);
	return Number.isNaN(n) ? null : n;
}

function Refused({ error, sides, retry }: { error: unknown; sides: Sides; retry: () => Promise<void> }): ReactElement {
	const t = useWords("compare");
	const n = overlapOf(error);
	if (n === null) return <Failure error={error} retry={retry} />;
	return (
		<div role="alert">
			<Text>{t("overlap", { n })}</Text>
			<Button mt="xs" variant="light" onClick={() => sides.set("b", null)}>
				{t("overlap_rest")}
			</Button>
		</div>
	);
}

export default function CompareScreen(): ReactElement {
	const t = useWords("compare");
	const insight = useWords("insight");
	useWords("filter");
	useWords("overview");
	const filter = useFilter("12m");
	const sides = useSides(filter);
	const [a, b] = [textOf(sides.a), sides.b ? textOf(sides.b) : undefined];
	const [, go] = useLocation();
	const onYear = () => go("/insight/compare?period=12m");
	const { value, error, reload } = useLoad(
		async (signal) => ({ contrast: await compareFigures({ ...filter.figures, a, b, part: sides.part ?? undefined } as Parameters<typeof compareFigures>[0], { signal }), sides }),
		[filter.key, a, b, sides.part],
	);
	return (
		<Page title={insight("title")} part={insight("way_compare")} wide>
			<InsightWays at="compare" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			<div className="compare-sides">
				<SideEditor name={t("side_a")} side={sides.a} filter={filter} onSide={(side) => sides.set("a", side)} mayBeRest={false} />
				<SideEditor name={t("side_b")} side={sides.b} filter={filter} onSide={(side) => sides.set("b", side)} mayBeRest />
			</div>
			<Stack gap="lg">
				{error !== undefined && <Refused error={error} sides={sides} retry={reload} />}
				{!value && error === undefined && <Loading rows={8} />}
				{value && error === undefined && <Body value={value.contrast} sides={value.sides} filter={filter} onYear={onYear} />}
			</Stack>
		</Page>
	);
}
