// web/dashboard/screens/overview.tsx - the score, its neighbours, how it went, the last answers; and what to do when there
// are none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, Suspense, useEffect, useState } from "react";
import { Link } from "wouter";
import { getNps, listResponses, listSurveys, type Nps, type Survey } from "../api.ts";
import { fetchedPart } from "../fetched.ts";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import type { Step } from "../chart/trend.tsx";
import { useParameter } from "../insight/parameter.ts";
import { useMe } from "../me.ts";
import { Answers } from "../overview/answers.tsx";
import { type Part, partFilter, partKey } from "../overview/part.ts";
import { ScoreHero, ScoreTile } from "../overview/score_card.tsx";
import { Start } from "../overview/start.tsx";
import { steps, TrendSection } from "../overview/trend_section.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useFresh } from "../ui/live_mark.tsx";
import { type Load, useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const Alerts = fetchedPart(() => import("../overview/alerts.tsx"));
const Urgent = fetchedPart(() => import("../overview/urgent.tsx"));
const SaidInShort = fetchedPart(() => import("../overview/said.tsx"));

interface Loaded {
	nps: Nps;
	surveys: Survey[];
}

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "import", "language", "tag", "theme", "sentiment", "urgent", "group", "score"] as const;

/** Weeks for a quarter, months for years: about a dozen points or two. */
function usualStep(filter: Filter): Step {
	const { from, to } = filter.span;
	if (!from || !to) return "month";
	const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
	return days <= 100 ? "week" : days <= 1000 ? "month" : "quarter";
}

/** A period that has begun has one before it; all of time has none. */
function hasBefore({ span }: Filter): boolean {
	return span.from !== undefined && Date.parse(span.from) <= Date.now();
}

/** The last answers that the filter takes. */
function Feed(props: { filter: Filter; surveys: Survey[]; beat: number }): ReactElement {
	const t = useWords("overview");
	const { filter } = props;
	const { value, error, reload } = useLoad(
		(signal) => listResponses({ ...filter.query, limit: 12 }, { signal }),
		[filter.key, props.beat],
	);
	const names = new Map(props.surveys.map((s) => [s.id, s.name]));
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="last-answers">
			<div className="section-head">
				<Title order={2} size="h4" id="last-answers">
					{t("last_answers")}
				</Title>
				<Link href={filter.on("/answers")} className="no-print">
					{t("all_answers")}
				</Link>
			</div>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={4} />}
			{value && value.responses.length > 0 && <Answers answers={value.responses} surveys={names} now={Date.now()} />}
			{value?.responses.length === 0 && <Text c="dimmed">{t("none_yet")}</Text>}
		</Paper>
	);
}

/** The answers themselves, where there are too few for a score. */
function FewAnswers(props: { part: Part; filter: Filter; surveys: Survey[]; beat: number }): ReactElement {
	const { part, filter, surveys, beat } = props;
	const { value, error, reload } = useLoad(
		(signal) => listResponses({ ...filter.figures, ...partFilter(part), counted: "true", limit: 5 } as object, { signal }),
		[filter.key, partKey(part), beat],
	);
	const names = new Map(surveys.map((s) => [s.id, s.name]));
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	return value ? <Answers answers={value.responses} surveys={names} now={Date.now()} /> : <Loading rows={3} />;
}

function Figures(props: { loaded: Loaded; filter: Filter; beat: number; step: Step; onStep: (step: Step) => void }): ReactElement | null {
	const t = useWords("overview");
	const { loaded, filter, step, onStep } = props;
	const { role } = useMe();
	const [chosen, setChosen] = useParameter("part");
	const { parts } = loaded.nps;
	const manyBrands = new Set(parts.map((p) => p.brand.id)).size > 1;
	const hero = parts.find((p) => partKey(p) === chosen) ?? parts[0];
	if (!hero) return null;
	return (
		<>
			<ScoreHero
				part={hero}
				nps={loaded.nps}
				manyBrands={manyBrands}
				filter={filter}
				trend={<TrendSection part={hero} surveys={loaded.surveys} step={step} onStep={onStep} filter={filter} />}
			>
				{role !== "viewer" && <FewAnswers part={hero} filter={filter} surveys={loaded.surveys} beat={props.beat} />}
			</ScoreHero>
			{parts.length > 1 && (
				<section aria-label={t("all_scores")}>
					<div className="tiles">
						{parts.map((part) => (
							<ScoreTile
								key={partKey(part)}
								part={part}
								manyBrands={manyBrands}
								chosen={part === hero}
								filter={filter}
								onChoose={() => setChosen(partKey(part))}
							/>
						))}
					</div>
				</section>
			)}
			{hero.figure.nps !== null && (
				<Suspense fallback={<Loading height={220} />}>
					<SaidInShort filter={filter} part={partKey(hero)} beat={props.beat} />
				</Suspense>
			)}
		</>
	);
}

function Body(props: { load: Load<Loaded>; onAgain: () => Promise<void>; filter: Filter; beat: number; step: Step; onStep: (step: Step) => void }): ReactElement {
	const t = useWords("overview");
	const { filter } = props;
	const { role } = useMe();
	const { value: loaded, error, reload } = props.load;
	const none = loaded?.nps.parts.length === 0;
	// The few answers that there are stand above already.
	const onlyFew = loaded?.nps.parts.length === 1 && loaded.nps.parts[0]?.figure.nps === null;
	const unfiltered = filter.values.size === 0 && filter.period === "all";
	return (
		<Stack gap="lg">
			{error !== undefined && <Failure error={error} retry={props.onAgain} />}
			{!loaded && error === undefined && <Loading height={420} />}
			{none && unfiltered && <Start surveys={loaded.surveys} onMade={() => void reload()} />}
			{none && !unfiltered && (
				<Empty title={t("nothing_found")} text={t("nothing_found_more")}>
					<Button onClick={filter.clear}>{t("show_all")}</Button>
				</Empty>
			)}
			{loaded && !none && (
				<Suspense>
					{role !== "viewer" && <Urgent />}
					<Alerts />
				</Suspense>
			)}
			{filter.narrowsList && <Text c="dimmed">{t("narrows_list")}</Text>}
			{loaded && <Figures loaded={loaded} filter={filter} beat={props.beat} step={props.step} onStep={props.onStep} />}
			{loaded && role !== "viewer" && !none && !onlyFew && <Feed filter={filter} surveys={loaded.surveys} beat={props.beat} />}
		</Stack>
	);
}

export default function Overview(): ReactElement {
	const t = useWords("overview");
	const { role } = useMe();
	const filter = useFilter("12m");
	const [wished, setStep] = useParameter("by");
	const step = steps.find((one) => one === wished) ?? usualStep(filter);
	const load = useLoad<Loaded>(
		async (signal) => {
			const [nps, { surveys }] = await Promise.all([
				getNps({ ...filter.figures, series: step, compare: hasBefore(filter) ? "previous" : undefined }, { signal }),
				listSurveys({}, { signal }),
			]);
			return { nps, surveys };
		},
		[filter.key, step],
		{ gently: true },
	);
	// Only older answers: the usual period would look as if there were none.
	const older = load.value?.nps.parts.length === 0 && !filter.active && !load.loading;
	useEffect(() => {
		if (older) filter.setPeriod("all", { replace: true });
	}, [older]);
	const start = load.value?.nps.parts.length === 0 && filter.values.size === 0 && filter.period === "all";
	const [beat, setBeat] = useState(0);
	const again = () => {
		setBeat((old) => old + 1);
		return load.reload();
	};
	const { mark, chip } = useFresh(again, { list: ".answers", counts: !filter.active });
	return (
		<Page title={t("title")} actions={mark}>
			{chip}
			{!start && <FilterBar filter={filter} fields={fields} search={role !== "viewer"} counted />}
			{!start && <FilterWords filter={filter} />}
			<Body load={load} onAgain={again} filter={filter} beat={beat} step={step} onStep={setStep} />
		</Page>
	);
}
