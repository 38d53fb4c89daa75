// web/dashboard/overview/answers.tsx - the last answers, as their respondents gave them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import type { Response as Answer, Person } from "../api.ts";
import { groupOf } from "../chart/distribution.tsx";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

/** What an answer refers to, by id. People are missing for those who may not see names. */
export interface Names {
	surveys: Map<string, string>;
	people: Map<string, Person>;
}

function Row({ answer, names, now }: { answer: Answer; names: Names; now: number }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const person = answer.person_id ? names.people.get(answer.person_id) : undefined;
	const who = answer.person_id ? (person?.name ?? person?.identities[0]?.value ?? t("someone")) : t("anonymous");
	const group = answer.score === null ? "none" : groupOf(answer.score);
	return (
		<li className="answer">
			<span className={`score ${group}`} role="img" aria-label={answer.score === null ? t("score_missing") : t("score_of", { n: answer.score })}>
				{answer.score ?? "–"}
			</span>
			<div className="answer-text">
				{answer.comment ? (
					<p lang={answer.language ?? undefined} dir="auto" className="comment">
						{answer.comment}
					</p>
				) : (
					<p className="comment quiet">{t("no_comment")}</p>
				)}
				<Group gap={8} wrap="wrap">
					<Text size="xs" c="dimmed">
						{who} · {names.surveys.get(answer.survey_id)} ·{" "}
						<time dateTime={answer.submitted_at} title={f.time(answer.submitted_at)}>
							{f.ago(answer.submitted_at, now)}
						</time>
					</Text>
					{!["partial", "complete"].includes(answer.state) && (
						<Badge size="xs" variant="light" color="gray" title={t("not_counted")}>
							{t(`state_${answer.state}` as "state_test")}
						</Badge>
					)}
				</Group>
			</div>
		</li>
	);
}

export function Answers(props: { answers: Answer[]; names: Names; now: number }): ReactElement {
	return (
		<ol className="answers">
			{props.answers.map((answer) => (
				<Row key={answer.id} answer={answer} names={props.names} now={props.now} />
			))}
		</ol>
	);
}
