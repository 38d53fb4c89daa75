// web/dashboard/screens/trends.tsx - how each score went: the last 90 days at every point, when the level changed, what was noted.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link, useLocation } from "wouter";
import { getTrend, listSurveys, listTrendNotes, type Survey, type Trend, type TrendNote } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { OverTime, type TimedPoint } from "../chart/over_time.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { type Format, useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { Score } from "../insight/number.tsx";
import { PartPicker, useParameter, usePart } from "../insight/part_picker.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { notesOf } from "../overview/notes.ts";
import { partFilter, partName } from "../overview/part.ts";
import { type Happening, Happened, marksOfHappenings, useChangeSentence } from "../trends/happened.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "language", "tag", "theme", "sentiment", "urgent"] as const;
const steps = ["rolling", "week", "month", "quarter"] as const;
type Step = (typeof steps)[number];
type TrendPart = Trend["parts"][number];

interface Loaded {
	trend: Trend;
	surveys: Survey[];
	notes: TrendNote[];
}

function periodOf(f: Format, step: Step, { from, to }: TimedPoint, span: (ends: { from: string; to: string }) => string): string {
	if (step === "week") return f.weekAndYear(from);
	if (step === "month") return f.month(from);
	return step === "quarter" ? f.quarter(from) : span({ from: f.day(from), to: f.day(to) });
}

/** All that belongs to the part, in order of time. */
function happeningsOf(f: Format, part: TrendPart, { surveys, notes }: Loaded): Happening[] {
	const first = part.points[0]?.from ?? "";
	const last = part.points.at(-1)?.to ?? "";
	const all: Happening[] = [
		...part.changes.map((change) => ({ kind: "change" as const, day: change.day, change })),
		...part.mix_changes.map((mix) => ({ kind: "mix" as const, day: mix.day, mix })),
		...notesOf(notes, { part, surveys, points: part.points, dayOf: f.dayOf }).map((note) => ({ kind: "note" as const, day: f.dayOf(note.at), note })),
	];
	return all.filter(({ day }) => day >= first && day <= last).sort((a, b) => a.day.localeCompare(b.day));
}

function Picture(props: { part: TrendPart; step: Step; filter: Filter; happenings: Happening[] }): ReactElement {
	const t = useWords("trends");
	const f = useFormat();
	const [, go] = useLocation();
	const { role } = useMe();
	const { part, step, filter, happenings } = props;
	const [chosen, setAt] = useState(part.points.length - 1);
	const changed = useChangeSentence();
	const at = Math.min(chosen, part.points.length - 1);
	const point = part.points[at];
	const when = (one: TimedPoint) => periodOf(f, step, one, (ends) => t("span", ends));
	const say = (one: TimedPoint) => {
		const { nps, interval, responses: n } = one.figure;
		return nps === null || !interval
			? t("point_few", { when: when(one), n })
			: t("point", { when: when(one), ...f.scored(nps, interval), n });
	};
	const to = point && role !== "viewer" && point.figure.responses > 0 ? filter.on("/answers", { ...partFilter(part), from: point.from, to: point.to, counted: "true" }) : null;
	const said = [...part.changes.map(changed), part.points.at(-1) ? say(part.points.at(-1) as TimedPoint) : ""].join(" ");
	if (part.points.filter((p) => p.figure.nps !== null).length < 2) return <Text c="dimmed">{t("too_short")}</Text>;
	return (
		<>
			<OverTime
				points={part.points}
				rolling={step === "rolling"}
				marks={marksOfHappenings(happenings)}
				at={at}
				onAt={setAt}
				onOpen={() => to && go(to)}
				say={say}
				label={t("points")}
				spoken={t("chart", { said })}
			/>
			{to && (
				<p className="no-print">
					<Link href={to}>{t("read")}</Link>
				</p>
			)}
		</>
	);
}

function Says({ part, step, trend }: { part: TrendPart; step: Step; trend: Trend }): ReactElement {
	const t = useWords("trends");
	const f = useFormat();
	const last = part.points.at(-1);
	return (
		<>
			{last && (step === "rolling" ? t("says", { window: trend.window_days, day: f.day(last.to) }) : t("says_period", { period: periodOf(f, step, last, (ends) => t("span", ends)) }))}
			{last && <Score figure={last.figure} />}
			{last && <br />}
			{t("level", { n: part.changes.length })}
		</>
	);
}

function Body(props: { loaded: Loaded; step: Step; filter: Filter; onNotes: () => void }): ReactElement {
	const t = useWords("trends");
	const insight = useWords("insight");
	const overview = useWords("overview");
	const f = useFormat();
	const { loaded, step, filter } = props;
	const { trend } = loaded;
	const [part, setPart] = usePart(trend.parts);
	const [, setStep] = useParameter("step");
	if (!part || part.figure.responses < enough)
		return <Few figure={part?.figure ?? { responses: 0, nps: null, interval: null }} filter={filter} />;
	const name = partName(overview, part, new Set(trend.parts.map((p) => p.brand.id)).size > 1);
	const happenings = happeningsOf(f, part, loaded);
	const more = [...(step === "rolling" ? [t("def_rolling", { window: trend.window_days })] : []), t("def_changes"), t("def_mix")];
	return (
		<Stack gap="lg">
			<div className="trends-choose no-print">
				<PartPicker parts={trend.parts} part={part} onPart={setPart} />
				<NativeSelect
					label={t("step")}
					value={step}
					onChange={(event) => setStep(event.currentTarget.value)}
					data={steps.map((one) => ({ value: one, label: t(`step_${one}`) }))}
				/>
			</div>
			<Framed
				title={name}
				says={<Says part={part} step={step} trend={trend} />}
				name="trend"
				head={[t("col_from"), t("col_to"), insight("col_score"), insight("col_low"), insight("col_high"), insight("col_n")]}
				rows={part.points.map((p) => [p.from, p.to, p.figure.nps, p.figure.interval?.[0] ?? null, p.figure.interval?.[1] ?? null, p.figure.responses])}
				actions={
					<Definition
						title={name}
						filter={filter}
						defined={{ figure: part.figure, left_out: part.left_out, parts: [name], as_of: trend.as_of, query_us: trend.query_us, more }}
					/>
				}
			>
				<Picture key={`${name} ${step}`} part={part} step={step} filter={filter} happenings={happenings} />
				<Happened all={happenings} onNotes={props.onNotes} />
			</Framed>
		</Stack>
	);
}

export default function Trends(): ReactElement {
	const t = useWords("insight");
	useWords("trends");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const [wished] = useParameter("step");
	const step = steps.find((one) => one === wished) ?? "rolling";
	const { value, error, reload } = useLoad<Loaded>(
		async (signal) => {
			const [trend, { surveys }, { notes }] = await Promise.all([
				getTrend({ ...filter.figures, step }, { signal }),
				listSurveys({}, { signal }),
				listTrendNotes({}, { signal }),
			]);
			return { trend, surveys, notes };
		},
		[filter.key, step],
	);
	return (
		<Page title={t("title")} part={t("way_trends")} wide>
			<InsightWays at="trends" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && <Body loaded={value} step={step} filter={filter} onNotes={() => void reload()} />}
		</Page>
	);
}
