// web/dashboard/found/findings.tsx - what stands out, each thing as a sentence with its range, its n and the way to its answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Finding, Findings, Survey } from "../api.ts";
import { channelOf } from "../filter/filter_bar.tsx";
import { useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { enough } from "../insight/few.tsx";
import { partKey, partName } from "../overview/part.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords } from "../words.ts";

type By = Finding["by"][number];

const tenures = ["under 1 month", "1 to 3 months", "3 to 12 months", "1 to 2 years", "over 2 years"];
const sizes = ["under 5 people", "5 to 19 people", "20 people or more"];

/** "Channel: Email", "team (plan)" */
function useValue(surveys: Survey[]): (by: By) => string {
	const t = useWords("found");
	const filterWords = useWords("filter");
	const f = useFormat();
	const ownOf = (name: string) => /^(?:property|trait)\.(.+)$/.exec(name)?.[1];
	const attributeOf = (name: string) => (name === "account_size" ? t(name) : filterWords(`field_${name}` as "field_channel"));
	const valueOf = ({ attribute, value }: By) => {
		if (attribute === "channel") return channelOf(filterWords, value) ?? value;
		if (attribute === "language") return f.language(value);
		if (attribute === "survey") return surveys.find((one) => one.slug === value)?.name ?? value;
		const size = attribute === "account_size" ? sizes.indexOf(value) : -1;
		if (size >= 0) return t(`size_${size}` as "size_0");
		const tenure = attribute === "tenure" ? tenures.indexOf(value) : -1;
		return tenure < 0 ? value : t(`tenure_${tenure}` as "tenure_0");
	};
	return (by) => {
		const own = ownOf(by.attribute);
		if (by.attribute === "tenure") return t("tenure", { value: valueOf(by) });
		return own ? t("value_own", { attribute: own, value: by.value }) : t("value", { attribute: attributeOf(by.attribute), value: valueOf(by) });
	};
}

function useSentence(surveys: Survey[]): (one: Finding) => string {
	const t = useWords("found");
	const filterWords = useWords("filter");
	const f = useFormat();
	const value = useValue(surveys);
	return (one) => {
		const what = f.list(one.by.map(value));
		const way = one.change > 0 ? "up" : "down";
		const size = f.moved(one.change, one.interval);
		if (one.kind === "segment") return t("segment", { ...size, what, way, nps: f.score(one.figure?.nps ?? 0) });
		if (one.kind === "change") {
			const others = one.others_changed ?? 0;
			return t("change", {
				...size,
				what,
				way,
				before: f.score(one.before?.nps ?? 0),
				now: f.score(one.figure?.nps ?? 0),
				others: f.score(Math.abs(others)),
				others_way: Math.abs(others) < 0.5 ? "same" : others > 0 ? "up" : "down",
			});
		}
		const of = (share: { n: number; of: number } | undefined) => f.percent(share?.of ? share.n / share.of : 0);
		const moved = { ...size, what, way, now: of(one.shares?.now), before: of(one.shares?.before) };
		if (one.kind === "rate") return t(one.rate === "sent" ? "rate_sent" : "rate_shown", { ...moved, survey: one.survey?.name ?? "" });
		const channel = one.by[0]?.value ?? "";
		return one.kind === "channels" ? t("channels", { ...moved, channel: channelOf(filterWords, channel) ?? channel }) : t("share", moved);
	};
}

function useBasis(): (one: Finding) => string {
	const t = useWords("found");
	return ({ kind, figure, rest, before: was, shares }) => {
		if (kind === "segment") return t("of_rest", { n: figure?.responses ?? 0, rest: rest?.responses ?? 0 });
		if (kind === "change") return t("of_change", { n: figure?.responses ?? 0, was: was?.responses ?? 0 });
		const { now, before } = shares ?? { now: { n: 0, of: 0 }, before: { n: 0, of: 0 } };
		return t(kind === "rate" ? "of_rate" : "of_share", { n: now.n, of: now.of, was: before.n, wasof: before.of });
	};
}

/** To the very answers; else to where it can be seen. */
function Way({ one }: { one: Finding }): ReactElement | null {
	const t = useWords("found");
	const path = one.figure?.answers_path;
	if (path) return <Link href={`/answers?${path.split("?")[1]}`}>{t("read")}</Link>;
	if (one.survey) return <Link href={`/surveys/${one.survey.id}/funnel`}>{t("see_funnel")}</Link>;
	if (!one.part || !one.by[0]) return null;
	const query = new URLSearchParams({ by: one.by[0].attribute, part: partKey(one.part) });
	return <Link href={`/insight/segments?${query}`}>{t("see_segments")}</Link>;
}

/** What each score is that was looked at. */
function Definitions({ found, manyBrands }: { found: Findings; manyBrands: boolean }): ReactElement {
	const t = useWords("found");
	const overview = useWords("overview");
	const parts = found.parts.filter((part) => part.figure.responses >= enough);
	return (
		<div className="section-actions no-print">
			{parts.map((part) => {
				const name = partName(overview, part, manyBrands);
				const { figure, left_out } = part;
				return (
					<Definition
						key={partKey(part)}
						title={name}
						named={parts.length > 1}
						filter={{ span: found.period }}
						defined={{
							figure,
							left_out,
							parts: [name],
							as_of: found.as_of,
							query_us: found.query_us,
							method: t("def_method"),
							more: [t("def_tried", { n: found.tried })],
						}}
					/>
				);
			})}
		</div>
	);
}

export function FindingList({ found, surveys, manyBrands }: { found: Findings; surveys: Survey[]; manyBrands: boolean }): ReactElement {
	const t = useWords("found");
	const overview = useWords("overview");
	const f = useFormat();
	const sentence = useSentence(surveys);
	const basis = useBasis();
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="found-title">
			<div className="section-head">
				<Title order={2} size="h4" id="found-title">
					{t("title")}
				</Title>
				<Definitions found={found} manyBrands={manyBrands} />
			</div>
			<Text c="dimmed" size="sm" mt={4}>
				{t("looked", { n: found.responses, from: f.day(found.period.from), to: f.day(found.period.to), tried: found.tried, ago: f.ago(found.made_at) })}
			</Text>
			{found.findings.length === 0 && (
				<div className="found-none">
					<strong>{t("none")}</strong>
					<Text>{t("none_more")}</Text>
				</div>
			)}
			<ol className="found">
				{found.findings.map((one) => (
					<li key={JSON.stringify([one.kind, one.part, one.survey, one.by])} className={["segment", "change", "rate"].includes(one.kind) ? (one.change < 0 ? "worse" : "better") : undefined}>
						<p>{sentence(one)}</p>
						<p className="quiet">
							{one.part && `${partName(overview, one.part, manyBrands)} · `}
							{basis(one)} · <Way one={one} />
						</p>
					</li>
				))}
			</ol>
			<HowWeKnow>
				<p>{t("how_found")}</p>
			</HowWeKnow>
		</Paper>
	);
}
