// web/dashboard/screens/why.tsx - why a score moved: by how much, what most of it goes with, and the steps from then to now.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, NativeSelect, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { getWhy, Refusal, type Why } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { digitsOf, useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { useParameter } from "../insight/parameter.ts";
import { PartPicker } from "../insight/part_picker.tsx";
import { InsightWays, useAnalystView } from "../insight/ways.tsx";
import { partName } from "../overview/part.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Drivers } from "../why/drivers.tsx";
import { type Split, useAttributeName, useSegmentName } from "../why/names.ts";
import { Sentence, segmentPath, type WhyPart } from "../why/sentence.tsx";
import { type Step, stepsOf, Waterfall } from "../why/waterfall.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "language", "tag", "theme", "sentiment", "urgent"] as const;

interface Shown {
	why: Why;
	part: WhyPart;
	split: Split;
	filter: Filter;
}

function Steps({ why, part, split, filter }: Shown): ReactElement {
	const t = useWords("why");
	const overview = useWords("overview");
	const f = useFormat();
	const nameOf = useSegmentName(split.by);
	const attributeName = useAttributeName();
	const manyBrands = new Set(why.parts.map((p) => p.brand.id)).size > 1;
	const name = partName(overview, part, manyBrands);
	const all: Step[] = split.segments.map((segment) => ({
		name: nameOf(segment),
		said: segment.rate.points,
		answered: segment.mix.points,
		segment,
		to: segmentPath(filter, why, part, split.by, segment),
	}));
	const digits = digitsOf((part.now.nps ?? 0) - (part.before.nps ?? 0));
	const looked = why.attributes.reduce((sum, one) => sum + one.values, 0);
	return (
		<Framed
			title={t("waterfall", { before: f.score(part.before.nps ?? 0, digits), now: f.score(part.now.nps ?? 0, digits) })}
			says={t("waterfall_says")}
			name="why"
			head={[
				attributeName(split.by),
				t("col_points"),
				t("col_said"),
				t("col_said_low"),
				t("col_said_high"),
				t("col_answered"),
				t("col_answered_low"),
				t("col_answered_high"),
				t("col_score_before"),
				t("col_score_now"),
				t("col_n_before"),
				t("col_n_now"),
			]}
			rows={split.segments.map((s) => [
				nameOf(s),
				s.points,
				s.rate.points,
				...(s.rate.interval as [number, number]),
				s.mix.points,
				...(s.mix.interval as [number, number]),
				s.before.nps,
				s.now.nps,
				s.before.responses,
				s.now.responses,
			])}
			actions={
				<Definition
					title={name}
					filter={filter}
					defined={{ figure: part.now, left_out: part.left_out, parts: [name], as_of: why.as_of, query_us: why.query_us }}
				/>
			}
		>
			<Waterfall
				before={part.before.nps ?? 0}
				now={part.now.nps ?? 0}
				nBefore={part.before.responses}
				nNow={part.now.responses}
				steps={stepsOf(all, (n) => t("others", { n }))}
			/>
			<HowWeKnow>
				<p>{t("how_split")}</p>
				<p>{t("how_chosen", { n: looked })}</p>
				<p>{t("how_cause")}</p>
			</HowWeKnow>
		</Framed>
	);
}

/** The same change by attribute, channel and wording at once. */
function Together({ why }: { why: Why }): ReactElement | null {
	const t = useWords("why");
	const f = useFormat();
	const attributeName = useAttributeName();
	if (!why.together) return null;
	const { rate, mix } = why.together;
	const terms = [
		{ name: t("said"), ...rate },
		...mix.filter((one) => one.values > 1).map((one) => ({ name: t("answered_by", { name: attributeName(one.by) }), points: one.points, interval: one.interval })),
	];
	const asked = mix.reduce((sum, one) => sum + one.points, 0);
	const what = Math.max(Math.abs(rate.points), Math.abs(asked)) < 1 ? "none" : Math.abs(rate.points) >= Math.abs(asked) ? "said" : "asked";
	const digits = digitsOf(Math.max(...terms.map((one) => Math.abs(one.points))));
	const points = (v: number) => f.change(v, digits);
	return (
		<Framed
			title={t("together")}
			says={t("together_says", { what })}
			name="why-together"
			head={[t("col_part"), t("col_points"), t("col_said_low"), t("col_said_high")]}
			rows={terms.map((one) => [one.name, one.points, one.interval[0] ?? null, one.interval[1] ?? null])}
		>
			<dl className="why-terms">
				{terms.map((one) => (
					<div key={one.name}>
						<dt>{one.name}</dt>
						<dd>
							<strong>{points(one.points)}</strong>
						</dd>
						<dd className="quiet">{t("likely", { low: points(one.interval[0] ?? 0), high: points(one.interval[1] ?? 0) })}</dd>
					</div>
				))}
			</dl>
		</Framed>
	);
}

function FewBefore({ why, part, filter, onYear }: { why: Why; part: WhyPart; filter: Filter; onYear: () => void }): ReactElement {
	const t = useWords("why");
	const f = useFormat();
	return (
		<Empty
			title={t("few_before", { n: part.before.responses, from: f.day(why.before_from), to: f.day(why.before_to) })}
			text={t("few_before_more", { enough })}
		>
			{filter.period === "12m" || why.compare === "year" ? (
				<Button onClick={() => filter.setPeriod("last_quarter")}>{t("last_quarter")}</Button>
			) : why.compare === "previous" && filter.period === "last_quarter" ? (
				<Button onClick={onYear}>{t("try_year")}</Button>
			) : (
				<Button onClick={() => filter.setPeriod("12m")}>{t("try_longer")}</Button>
			)}
		</Empty>
	);
}

interface Choosing {
	by: string | null;
	compare: "previous" | "year";
	onBy: (by: string) => void;
	onCompare: (compare: string) => void;
	onPart: (key: string) => void;
}

function Choices({ why, part, ...props }: { why: Why; part: WhyPart } & Choosing): ReactElement {
	const t = useWords("why");
	const attributeName = useAttributeName();
	const told = why.attributes.map((one) => ({ value: one.name, label: t("by_values", { name: attributeName(one.name), n: one.values }) }));
	const chosen = props.by && !why.attributes.some((one) => one.name === props.by) ? [{ value: props.by, label: attributeName(props.by) }] : [];
	const most = !props.by && why.split ? t("by_most", { name: attributeName(why.split.by) }) : t("by_most", { name: "…" });
	return (
		<div className="why-choices no-print">
			<PartPicker parts={why.parts} part={part} onPart={props.onPart} />
			<NativeSelect
				label={t("by")}
				value={props.by ?? ""}
				onChange={(event) => props.onBy(event.currentTarget.value)}
				data={[{ value: "", label: most }, ...told, ...chosen]}
			/>
			<NativeSelect
				label={t("compare")}
				value={props.compare}
				onChange={(event) => props.onCompare(event.currentTarget.value)}
				data={(["previous", "year"] as const).map((value) => ({ value, label: t(`compare_${value}`) }))}
			/>
		</div>
	);
}

function Body({ why, filter, ...choosing }: { why: Why; filter: Filter } & Choosing): ReactElement {
	const t = useWords("why");
	const overview = useWords("overview");
	const [analyst] = useAnalystView();
	const part = why.parts.find((one) => one.key === why.part);
	if (!part) return <Few figure={{ responses: 0, nps: null, interval: null }} filter={filter} />;
	const few = part.now.responses < enough;
	const name = partName(overview, part, new Set(why.parts.map((one) => one.brand.id)).size > 1);
	const shown = why.split && { why, part, split: why.split, filter };
	return (
		<Stack gap="lg">
			{shown && <Sentence {...shown} />}
			{why.channel_marked && (
				<Alert color="yellow" variant="light">
					{t("marked", { points: Math.round(why.channel_moved) })}
					{why.split?.by !== "channel" && (
						<Button ml="sm" size="compact-sm" variant="default" onClick={() => choosing.onBy("channel")}>
							{t("by_channel")}
						</Button>
					)}
				</Alert>
			)}
			<Choices why={why} part={part} {...choosing} />
			{few && <Few figure={part.now} filter={filter} />}
			{!few && !shown && <FewBefore why={why} part={part} filter={filter} onYear={() => choosing.onCompare("year")} />}
			{shown && <Steps {...shown} />}
			{shown && <Together why={why} />}
			{!few && analyst && <Drivers part={part.key} name={name} filter={filter} />}
		</Stack>
	);
}

/** A score that has no answers under this filter is no error here: another one is told of. */
async function load(query: NonNullable<Parameters<typeof getWhy>[0]>, signal: AbortSignal): Promise<Why> {
	try {
		return await getWhy(query, { signal });
	} catch (error) {
		if (!(error instanceof Refusal) || error.status !== 404 || !query.part) throw error;
		return getWhy({ ...query, part: undefined }, { signal });
	}
}

export default function WhyScreen(): ReactElement {
	const t = useWords("why");
	const insight = useWords("insight");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const [part, setPart] = useParameter("part");
	const [by, setBy] = useParameter("by");
	const [wished, setCompare] = useParameter("compare");
	const compare = wished === "year" ? "year" : "previous";
	const dated = filter.span.from !== undefined;
	const { value, error, reload } = useLoad(
		async (signal) =>
			dated ? load({ ...filter.figures, compare, part: part ?? undefined, by: by ? [by] : undefined }, signal) : null,
		[filter.key, compare, part, by],
	);
	return (
		<Page title={insight("title")} part={insight("way_why")} wide>
			<InsightWays at="why" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!dated && (
				<Empty title={t("no_period")} text={t("no_period_more")}>
					<Button onClick={() => filter.setPeriod("last_quarter")}>{t("last_quarter")}</Button>
				</Empty>
			)}
			{dated && !value && error === undefined && <Loading rows={8} />}
			{dated && value && (
				<Body why={value} filter={filter} by={by} onBy={setBy} compare={compare} onCompare={setCompare} onPart={setPart} />
			)}
		</Page>
	);
}
