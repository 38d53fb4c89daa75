// web/dashboard/answers/facts.tsx - what is known of an answer beside its words: further answers in the words of that time,
// the person, where it came from, its properties.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { listOtherResponses, type ResponseDetail } from "../api.ts";
import { labelOf } from "../filter/filter_bar.tsx";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { Score, StateBadge } from "./row.tsx";
import { Short } from "./short.tsx";

type Question = NonNullable<ResponseDetail["wording"]["questions"]>[number];

/** In the language that it was answered in, where the survey had it. */
function translation(answer: ResponseDetail) {
	const all = answer.wording.translations ?? {};
	const tag = answer.language;
	return all[tag] ?? all[tag.split("-")[0] ?? ""];
}

function textOf(answer: ResponseDetail, question: Question): string {
	return translation(answer)?.questions?.[question.key]?.text ?? question.text;
}

/** The texts of the further questions, by key. */
export function wordingOf(answer: ResponseDetail): Map<string, string> {
	return new Map((answer.wording.questions ?? []).map((question) => [question.key, textOf(answer, question)]));
}

export function Further({ answer }: { answer: ResponseDetail }): ReactElement | null {
	const t = useWords("answers");
	const keys = Object.keys(answer.answers);
	if (keys.length === 0) return null;
	const questions = new Map((answer.wording.questions ?? []).map((one) => [one.key, one]));
	const valueOf = (key: string): string => {
		const value = answer.answers[key];
		const question = questions.get(key);
		if (question?.kind === "rating") return t("rating", { n: Number(value) });
		const choice = question?.choices?.find((one) => one.key === value);
		return translation(answer)?.questions?.[key]?.choices?.[String(value)] ?? choice?.text ?? String(value);
	};
	const lang = translation(answer) ? answer.language : answer.wording.language;
	return (
		<dl className="aw-facts wide" lang={lang || undefined}>
			{keys.map((key) => {
				const question = questions.get(key);
				return (
					<div key={key}>
						<dt dir="auto">{question ? textOf(answer, question) : key}</dt>
						<dd dir="auto">{valueOf(key)}</dd>
					</div>
				);
			})}
		</dl>
	);
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}

export function Person({ answer }: { answer: ResponseDetail }): ReactElement {
	const t = useWords("answers");
	const { sees_names } = useMe();
	const { person } = answer;
	if (!person) return <p className="quiet">{t(sees_names ? "person_none" : "person_hidden")}</p>;
	return (
		<dl className="aw-facts">
			{person.name && <Fact name={t("person_name")}>{person.name}</Fact>}
			{person.identities.map((one) => (
				<Fact key={one.value} name={t(`identity_${one.kind}`)}>
					{one.kind === "email" ? <a href={`mailto:${one.value}`}>{one.value}</a> : one.value}
				</Fact>
			))}
			{person.account && <Fact name={t("account")}>{person.account.name || person.account.external_id}</Fact>}
		</dl>
	);
}

/** Other answers of the same person, for those who may not see the name, too. */
export function Others({ answer, hrefOf }: { answer: ResponseDetail; hrefOf: (id: string) => string }): ReactElement | null {
	const t = useWords("answers");
	const f = useFormat();
	const { sees_names } = useMe();
	const { value, error, reload } = useLoad(
		async (signal) => (answer.person_id || !sees_names ? (await listOtherResponses({ response: answer.id }, { signal })).responses : []),
		[answer.id],
	);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value || value.length === 0) return null;
	return (
		<>
			<h3>{t("others", { n: value.length })}</h3>
			<ul className="aw-others">
				{value.map((one) => (
					<li key={one.id}>
						<Link href={hrefOf(one.id)}>
							<Score score={one.score} />
							<span>
								<span className="aw-other-text" dir="auto" lang={one.language || undefined}>
									{one.comment === null ? t("no_comment") : <Short answer={one} />}
								</span>
								<span className="quiet">
									{f.day(f.dayOf(one.submitted_at))} <StateBadge state={one.state} />
								</span>
							</span>
						</Link>
					</li>
				))}
			</ul>
		</>
	);
}

export function Origin({ answer, survey }: { answer: ResponseDetail; survey: string }): ReactElement {
	const t = useWords("answers");
	const tf = useWords("filter");
	const f = useFormat();
	const channel = labelOf(tf, f, "channel", { value: answer.channel, label: answer.channel });
	return (
		<dl className="aw-facts">
			<Fact name={t("survey")}>{t("survey_version", { survey, version: answer.version })}</Fact>
			<Fact name={t("given_at")}>{f.time(answer.submitted_at)}</Fact>
			{answer.channel && <Fact name={t("channel")}>{channel}</Fact>}
			{answer.source && answer.source !== answer.channel && <Fact name={t("source")}>{answer.source}</Fact>}
			{answer.language && <Fact name={t("language")}>{f.language(answer.language)}</Fact>}
			{answer.time_clamped && <Fact name={t("clamped")}>{t("clamped_more")}</Fact>}
		</dl>
	);
}

export function Properties({ answer }: { answer: ResponseDetail }): ReactElement | null {
	const t = useWords("answers");
	const f = useFormat();
	const all = Object.entries(answer.properties);
	if (all.length === 0) return null;
	const show = (value: unknown) =>
		typeof value === "number" ? f.number(value) : typeof value === "boolean" ? t(value ? "yes" : "no") : String(value);
	return (
		<>
			<h3>{t("properties")}</h3>
			<dl className="aw-facts">
				{all.map(([name, value]) => (
					<Fact key={name} name={name}>
						<span dir="auto">{show(value)}</span>
					</Fact>
				))}
			</dl>
		</>
	);
}
