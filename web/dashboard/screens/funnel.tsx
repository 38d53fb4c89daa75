// web/dashboard/screens/funnel.tsx - how far people come with a survey, from seeing it to finishing it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link, useParams, useSearchParams } from "wouter";
import { type Funnel, type FunnelPart, getFunnel } from "../api.ts";
import { channelOf } from "../filter/filter_bar.tsx";
import { useFormat } from "../format.ts";
import { Questions, Sent, Steps } from "../funnel/steps.tsx";
import { Definition } from "../insight/definition.tsx";
import { partName } from "../overview/part.ts";
import { SurveyWays } from "../surveys/survey_ways.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useFresh } from "../ui/live_mark.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const periods = ["30", "90", "365", "all"] as const;

function FunnelDefinition({ funnel, from }: { funnel: Funnel; from?: string }): ReactElement {
	const t = useWords("funnel");
	const overview = useWords("overview");
	const { figure, left_out, part, name, all, as_of, query_us } = funnel;
	return (
		<Definition
			title={name}
			filter={{ span: { from } }}
			defined={{
				figure,
				left_out,
				parts: part ? [name, partName(overview, part, true)] : [name],
				as_of,
				query_us,
				counts: t("def_counts"),
				method: t("def_method"),
				more: [t(all.shown === null ? "def_bars" : "def_bars_shown", { n: all.started, scored: all.scored })],
			}}
		/>
	);
}

function Seen({ funnel, from }: { funnel: Funnel; from?: string }): ReactElement {
	const t = useWords("funnel");
	const f = useFormat();
	const part = funnel.all;
	const { shown, scored } = part;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="seen">
			<div className="section-head">
				<Title order={2} size="h4" id="seen">
					{t(shown === null ? "answers_only" : "seen")}
				</Title>
				<div className="section-actions no-print">
					<FunnelDefinition funnel={funnel} from={from} />
				</div>
			</div>
			<Text mt={4} mb="md">
				{shown === null && t("unknown")}
				{shown === 0 && t("seen_never")}
				{!!shown && t("seen_rate", { shown, scored, rate: f.percent(scored / shown) })}
			</Text>
			<Steps part={part} />
			{part.shown_since && <p className="quiet">{t("since", { when: f.time(part.shown_since) })}</p>}
			{part.dismissed > 0 && <p className="quiet">{t("dismissed", { n: part.dismissed })}</p>}
			{part.left_out > 0 && <p className="quiet">{t("left_out", { n: part.left_out })}</p>}
			<HowWeKnow>
				<p>{t("how_shown")}</p>
				<p>{t("how_rates")}</p>
			</HowWeKnow>
		</Paper>
	);
}

function Channels({ funnel }: { funnel: Funnel }): ReactElement | null {
	const t = useWords("funnel");
	const tf = useWords("filter");
	const nameOf = (part: FunnelPart) => channelOf(tf, part.channel ?? "") ?? part.channel ?? "";
	const shown = funnel.channels.filter((part) => part.shown !== null);
	const others = funnel.channels.filter((part) => part.shown === null && part.started > 0);
	const drawn = shown.length > 0 ? shown : others;
	if (drawn.length === 0) return null;
	return (
		<section aria-labelledby="channels">
			<Title order={2} size="h4" id="channels" mb="sm">
				{t("by_channel")}
			</Title>
			<div className="funnels">
				{drawn.map((part) => (
					<Paper key={part.channel} withBorder radius="md" p="md" component="section" aria-label={nameOf(part)}>
						<Title order={3} size="h5" mb="xs">
							{nameOf(part)}
						</Title>
						<Steps part={part} small />
					</Paper>
				))}
			</div>
			{shown.length > 0 && others.length > 0 && (
				<p className="quiet">
					{t("other_ways")} {others.map((part) => t("other_way", { channel: nameOf(part), n: part.started })).join(", ")}
				</p>
			)}
		</section>
	);
}

function Body({ funnel, survey, from }: { funnel: Funnel; survey: string; from?: string }): ReactElement {
	const t = useWords("funnel");
	const { all } = funnel;
	const nothing = !all.shown && all.started === 0 && !all.sent && funnel.channels.every((part) => part.started === 0);
	if (nothing)
		return (
			<Empty title={t("nothing")} text={t("nothing_more")}>
				<Button component={Link} href={`/surveys/${survey}/share`}>
					{t("share")}
				</Button>
			</Empty>
		);
	return (
		<Stack gap="lg">
			<Seen funnel={funnel} from={from} />
			{all.questions.length > 0 && <Questions part={all} />}
			{!!all.sent && <Sent sent={all.sent} scored={all.sent_scored ?? 0} />}
			<Channels funnel={funnel} />
		</Stack>
	);
}

export default function FunnelScreen(): ReactElement {
	const t = useWords("funnel");
	const f = useFormat();
	const survey = useParams().id ?? "";
	const [params, setParams] = useSearchParams();
	const period = periods.find((one) => one === params.get("days")) ?? "all";
	const from = period === "all" ? undefined : f.dayOf(Date.now() - (Number(period) - 1) * 86_400_000);
	const { value, error, reload } = useLoad((signal) => getFunnel({ survey, from }, { signal }), [survey, from]);
	const { mark } = useFresh(reload, { list: ".nothing-moves", counts: false });
	const choose = (days: string) => setParams((old) => ({ ...Object.fromEntries(old), days }), { replace: true });
	return (
		<Page title={value?.name ?? t("title")} part={value && t("title")} actions={mark}>
			<SurveyWays id={survey} at="funnel" />
			<Stack gap="md">
				<SegmentedControl
					className="no-print"
					style={{ alignSelf: "start", maxWidth: "100%" }}
					aria-label={t("period")}
					data={periods.map((one) => ({ value: one, label: t(`period_${one}`) }))}
					value={period}
					onChange={choose}
				/>
				{error !== undefined && <Failure error={error} retry={reload} />}
				{value ? <Body funnel={value} survey={survey} from={from} /> : error === undefined && <Loading rows={6} />}
			</Stack>
		</Page>
	);
}
