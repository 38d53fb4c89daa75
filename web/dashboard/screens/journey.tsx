// web/dashboard/screens/journey.tsx - the score at each step of a customer's way, in order, beside that of the whole.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { Link } from "wouter";
import { getJourney, type Journey } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { Score } from "../insight/number.tsx";
import { useParameter } from "../insight/parameter.ts";
import { endsOf, Range } from "../insight/range.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "brand", "channel", "source", "language", "tag", "theme", "sentiment", "urgent"] as const;

type OneJourney = Journey["journeys"][number];
type Place = OneJourney["relationship"];
type Step = OneJourney["steps"][number];
type Denominator = "sent" | "shown";

/** What the list of answers is filtered by to show those of a place. */
function placeFilter(journey: OneJourney, code: string | null): Record<string, string> {
	const own: Record<string, string> = code === null ? { kind: "relationship" } : { kind: "transactional", touchpoint: code };
	return { ...own, brand: journey.brand.id, counted: "true" };
}

const isShown = (place: Place) => place.now.nps !== null;

function Change({ place }: { place: Place }): ReactElement | null {
	const t = useWords("journey");
	const f = useFormat();
	if (place.change === null) return null;
	return <span className="quiet">{t("change", { by: f.changed(place.change, place.interval).change, chance: place.beyond_chance ? "no" : "yes" })}</span>;
}

function Rate({ place, of }: { place: Place; of: Denominator }): ReactElement {
	const t = useWords("journey");
	const f = useFormat();
	const rate = place[of];
	return (
		<span className="quiet">
			{rate ? t(`rate_of_${of}`, { share: f.percent(rate.scored / rate.asked), asked: rate.asked }) : t(`rate_none_${of}`)}
		</span>
	);
}

/** To why it moved, and to how it went. */
function Ways({ place, filter }: { place: Place; filter: Filter }): ReactElement | null {
	const t = useWords("journey");
	if (place.key === null || place.now.rough) return null;
	const at = { part: place.key };
	return (
		<span className="way-ways no-print">
			{place.change !== null && !place.rough && <Link href={filter.on("/insight/why", at)}>{t("why")}</Link>}
			<Link href={filter.on("/insight/trends", at)}>{t("trend")}</Link>
		</span>
	);
}

function Facts(props: { place: Place; to: string; of: Denominator | null; filter: Filter }): ReactElement {
	const { place, to, of, filter } = props;
	return (
		<span className="way-facts">
			<Score figure={place.now} to={to} />
			<Change place={place} />
			{of && <Rate place={place} of={of} />}
			<Ways place={place} filter={filter} />
		</span>
	);
}

function StepRow(props: { journey: OneJourney; step: Step; of: Denominator | null; ends: [number, number]; filter: Filter }): ReactElement {
	const t = useWords("journey");
	const { role } = useMe();
	const { journey, step, of, ends, filter } = props;
	if (step.key === null)
		return (
			<li className="unasked">
				<span className="way-name">{step.name}</span>
				<span className="quiet way-none">{t("no_survey")}</span>
				<span className="no-print">{["owner", "admin", "analyst"].includes(role) && <Link href="/surveys">{t("ask_here")}</Link>}</span>
			</li>
		);
	return (
		<li className={step.now.responses === 0 ? "unasked" : undefined}>
			<span className="way-name">{step.name}</span>
			{isShown(step) ? <Range figure={step.now} ends={ends} /> : <span className="quiet">{step.now.responses === 0 && t("no_answers")}</span>}
			<Facts place={step} to={filter.on("/answers", placeFilter(journey, step.code))} of={of} filter={filter} />
		</li>
	);
}

/** The lowest step, and the one that moved most beyond chance. */
function useSays(): (journey: OneJourney) => ReactNode {
	const t = useWords("journey");
	const f = useFormat();
	return (journey) => {
		const b = (parts: ReactNode[]) => <strong>{parts}</strong>;
		const shown = journey.steps.filter(isShown);
		const low = [...shown].sort((x, y) => (x.now.nps ?? 0) - (y.now.nps ?? 0))[0];
		if (!low) return t("says_none");
		if (shown.length === 1) return t.rich("says_one", { name: low.name, b });
		const moved = shown.filter((step) => step.beyond_chance && step.change !== null).sort((x, y) => Math.abs(y.change ?? 0) - Math.abs(x.change ?? 0))[0];
		return (
			<>
				{t.rich("says_low", { name: low.name, ...f.scored(low.now.nps ?? 0, low.now.interval ?? []), n: low.now.responses, b })}{" "}
				{moved &&
					t.rich("says_moved", {
						way: (moved.change ?? 0) > 0 ? "up" : "down",
						name: moved.name,
						by: f.changed(moved.change ?? 0, moved.interval).by,
						before: f.scored(moved.before.nps ?? 0, moved.before.interval ?? [-100, 100]).nps,
						now: f.scored(moved.now.nps ?? 0, moved.now.interval ?? [-100, 100]).nps,
						b,
					})}
			</>
		);
	};
}

function Beside({ journey, filter, of, ends }: { journey: OneJourney; filter: Filter; of: Denominator | null; ends: [number, number] }): ReactElement {
	const t = useWords("journey");
	const place = journey.relationship;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="journey-beside">
			<Title order={2} size="h4" id="journey-beside">
				{t("beside")}
			</Title>
			{place.now.responses === 0 ? (
				<Text c="dimmed">{t("beside_none")}</Text>
			) : (
				<>
					{isShown(place) && <Range figure={place.now} ends={ends} />}
					<Facts place={place} to={filter.on("/answers", placeFilter(journey, null))} of={of} filter={filter} />
					<Text size="sm" c="dimmed" mt="xs">
						{t("beside_more")}
					</Text>
				</>
			)}
		</Paper>
	);
}

/** One denominator at a time: two rates of different ones cannot be compared. */
function useDenominator(journey: OneJourney): [Denominator | null, Denominator[], (of: Denominator) => void] {
	const [wished, setWished] = useState<Denominator | null>(null);
	const places: Place[] = [journey.relationship, ...journey.steps];
	const there = (["sent", "shown"] as const).filter((of) => places.some((place) => place[of] !== null));
	const most = [...there].sort((a, b) => places.filter((p) => p[b]).length - places.filter((p) => p[a]).length)[0] ?? null;
	return [wished && there.includes(wished) ? wished : most, there, setWished];
}

function Body({ value, journey, filter }: { value: Journey; journey: OneJourney; filter: Filter }): ReactElement {
	const t = useWords("journey");
	const says = useSays();
	const [of, there, setOf] = useDenominator(journey);
	const ends = endsOf([journey.relationship, ...journey.steps].map((place) => place.now));
	const asked = journey.steps.filter((step) => step.key !== null);
	const most = [...asked].sort((a, b) => b.now.responses - a.now.responses)[0];
	const rate = of ? [t(`col_asked_${of}`), t("col_scored")] : [];
	return (
		<div className="way">
			<Framed
				title={t("title")}
				says={says(journey)}
				name="journey"
				head={[t("col_step"), t("col_score"), t("col_low"), t("col_high"), t("col_n"), t("col_change"), ...rate]}
				rows={asked.map((step) => [
					step.name,
					step.now.nps,
					step.now.interval?.[0] ?? null,
					step.now.interval?.[1] ?? null,
					step.now.responses,
					step.change,
					...(of ? [step[of]?.asked ?? null, step[of]?.scored ?? null] : []),
				])}
				actions={
					most && (
						<Definition
							title={most.name}
							filter={filter}
							defined={{ figure: most.now, left_out: most.left_out, parts: [most.name], as_of: value.as_of, query_us: value.query_us }}
						/>
					)
				}
			>
				{there.length > 1 && of && (
					<div className="way-rate no-print">
						<span>{t("rate")}</span>
						<SegmentedControl
							size="xs"
							aria-label={t("rate")}
							data={there.map((one) => ({ value: one, label: t(`rate_${one}`) }))}
							value={of}
							onChange={(one) => setOf(one as Denominator)}
						/>
					</div>
				)}
				<ol className="way-steps">
					{journey.steps.map((step) => (
						<StepRow key={step.code} journey={journey} step={step} of={of} ends={ends} filter={filter} />
					))}
				</ol>
			</Framed>
			<Beside journey={journey} filter={filter} of={of} ends={ends} />
		</div>
	);
}

function Chosen({ value, filter }: { value: Journey; filter: Filter }): ReactElement {
	const t = useWords("journey");
	const { role } = useMe();
	const [brand, setBrand] = useParameter("of");
	const asking = value.journeys.filter((one) => one.steps.some((step) => step.key !== null));
	const journey = asking.find((one) => one.brand.id === brand) ?? asking[0];
	const builds = ["owner", "admin", "analyst"].includes(role);
	if (!journey)
		return (
			<Empty title={t("none")} text={t("none_more")}>
				{builds && (
					<Button component={Link} href="/surveys">
						{t("make")}
					</Button>
				)}
			</Empty>
		);
	/* Without answers to any step the relationship's score stands here all the same. */
	const ofSteps = journey.steps.reduce((sum, step) => sum + step.now.responses, 0);
	const answers = ofSteps || journey.relationship.now.responses;
	return (
		<Stack gap="lg">
			{asking.length > 1 && (
				<NativeSelect
					maw={320}
					label={t("brand")}
					value={journey.brand.id}
					onChange={(event) => setBrand(event.currentTarget.value)}
					data={asking.map((one) => ({ value: one.brand.id, label: one.brand.name }))}
				/>
			)}
			{answers < enough && <Few figure={{ responses: answers, nps: null, interval: null }} filter={filter} />}
			{answers >= enough && <Body value={value} journey={journey} filter={filter} />}
			{answers >= enough && filter.values.size > 0 && [journey.relationship, ...journey.steps].every((p) => !p.sent && !p.shown) && (
				<Text c="dimmed">{t("rate_filtered")}</Text>
			)}
		</Stack>
	);
}

export default function JourneyScreen(): ReactElement {
	useWords("journey");
	const insight = useWords("insight");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const dated = filter.span.from !== undefined;
	const { value, error, reload } = useLoad(
		(signal) => getJourney({ ...filter.figures, compare: dated ? "previous" : undefined }, { signal }),
		[filter.key],
	);
	return (
		<Page title={insight("title")} part={insight("way_journey")} wide>
			<InsightWays at="journey" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && <Chosen value={value} filter={filter} />}
		</Page>
	);
}
