// web/dashboard/overview/answers.tsx - the last answers, as their respondents gave them, each a way to all it knows.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { ResponseItem } from "../api.ts";
import { Short } from "../answers/short.tsx";
import { groupOf } from "../chart/distribution.tsx";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";

interface Props {
	answers: ResponseItem[];
	/** Names of surveys by their ids. */
	surveys: Map<string, string>;
	now: number;
}

function Row({ answer, surveys, now }: { answer: ResponseItem } & Omit<Props, "answers">): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { sees_names } = useMe();
	const who = answer.person_name ?? t(answer.person_id ? "someone" : sees_names ? "anonymous" : "name_hidden");
	const group = answer.score === null ? "none" : groupOf(answer.score);
	const counted = ["partial", "complete"].includes(answer.state);
	return (
		<li className="answer">
			<span
				className={`score ${group}`}
				role="img"
				aria-label={answer.score === null ? t("score_missing") : t("score_of", { n: answer.score })}
			>
				{answer.score ?? "–"}
			</span>
			<div className="answer-text">
				<p lang={answer.comment ? answer.language || undefined : undefined} dir="auto" className={answer.comment ? "comment" : "comment quiet"}>
					{answer.comment === null ? t("no_comment") : <Short answer={answer} />}
				</p>
				<p className="answer-facts">
					{who} · {surveys.get(answer.survey_id)} ·{" "}
					<Link href={`/answers/${answer.id}`}>
						<time dateTime={answer.submitted_at} title={f.time(answer.submitted_at)}>
							{f.ago(answer.submitted_at, now)}
						</time>
					</Link>
					{!counted && (
						<Badge ml={8} size="sm" variant="light" color="gray" tt="none" title={t("not_counted")}>
							{t(`state_${answer.state}` as "state_test")}
						</Badge>
					)}
				</p>
			</div>
		</li>
	);
}

export function Answers({ answers, surveys, now }: Props): ReactElement {
	return (
		<ol className="answers">
			{answers.map((answer) => (
				<Row key={answer.id} answer={answer} surveys={surveys} now={now} />
			))}
		</ol>
	);
}
