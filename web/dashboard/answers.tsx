// web/dashboard/answers.tsx - the last answers, as their respondents gave them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import type { Answer, Person } from "./api.ts";
import { groupOf } from "./distribution.tsx";

const units: [Intl.RelativeTimeFormatUnit, number][] = [
	["year", 31_557_600],
	["month", 2_629_800],
	["day", 86_400],
	["hour", 3_600],
	["minute", 60],
];

export function ago(instant: string, now: number): string {
	const seconds = (Date.parse(instant) - now) / 1000;
	const format = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
	for (const [unit, length] of units)
		if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
	return "just now";
}

/** What an answer refers to, by id. People are missing for those who may not see names. */
export interface Names {
	surveys: Map<string, string>;
	people: Map<string, Person>;
}

function who(answer: Answer, names: Names): string {
	if (!answer.person_id) return "Anonymous";
	const person = names.people.get(answer.person_id);
	return person?.name ?? person?.identities[0]?.value ?? "Someone";
}

function Row({ answer, names, now }: { answer: Answer; names: Names; now: number }): ReactElement {
	const group = answer.score === null ? "none" : groupOf(answer.score);
	return (
		<li className="answer">
			<span className={`score ${group}`} aria-label={answer.score === null ? "no score" : `score ${answer.score}`}>
				{answer.score ?? "–"}
			</span>
			<div className="answer-text">
				{answer.comment ? (
					<p lang={answer.language} dir="auto" className="comment">
						{answer.comment}
					</p>
				) : (
					<p className="comment quiet">No comment</p>
				)}
				<Group gap={8} wrap="wrap">
					<Text size="xs" c="dimmed">
						{who(answer, names)} · {names.surveys.get(answer.survey_id)} ·{" "}
						<time dateTime={answer.submitted_at} title={new Date(answer.submitted_at).toLocaleString()}>
							{ago(answer.submitted_at, now)}
						</time>
					</Text>
					{!["partial", "complete"].includes(answer.state) && (
						<Badge size="xs" variant="light" color="gray" title="Not counted in any figure">
							{answer.state}
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
