// web/dashboard/answers/timeline.tsx - what happened to an answer, newest first: who changed what, from what, to what.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import type { AnswerEvent, ResponseDetail } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords, type Words } from "../words.ts";

type Values = Pick<ResponseDetail, "state" | "state_reason" | "score" | "comment" | "answers">;
type T = Words<"answers">;

interface Entry {
	at: string;
	who: string;
	lines: ReactNode[];
}

/** Accounts are known by address in what is kept; people read names. */
function nameOf(t: T, actor: string, people: Map<string, string>): string {
	if (actor === "respondent") return t("who_respondent");
	if (actor === "page" || actor === "Heed") return "Heed";
	return people.get(actor) ?? actor;
}

const byValues = ["partial", "complete", "dismissed"];

function stateLine(t: T, before: Values, after: Values): ReactNode {
	if (byValues.includes(before.state) && byValues.includes(after.state)) return null;
	if (before.state === after.state && before.state_reason === after.state_reason) return null;
	if (after.state === "excluded") return t("line_excluded", { reason: after.state_reason ?? "" });
	if (after.state === "test") return t("line_test");
	if (after.state === "deleted") return t("line_deleted");
	if (after.state === "unconfirmed") return t("line_unconfirmed");
	if (before.state === "deleted") return t("line_restored");
	return t("line_included");
}

function answersLine(t: T, before: Values, after: Values, wording: Map<string, string>): ReactNode[] {
	const keys = new Set([...Object.keys(before.answers), ...Object.keys(after.answers)]);
	return [...keys]
		.filter((key) => before.answers[key] !== after.answers[key])
		.map((key) => t("line_answer", { question: wording.get(key) ?? key }));
}

function linesOf(t: T, before: Values, after: Values, wording: Map<string, string>): ReactNode[] {
	const lines: ReactNode[] = [];
	if (before.score !== after.score)
		lines.push(t("line_score", { from: before.score ?? "–", to: after.score ?? "–" }));
	if (before.comment !== after.comment) {
		lines.push(t(before.comment === null ? "line_comment_new" : after.comment === null ? "line_comment_gone" : "line_comment"));
		if (before.comment !== null)
			lines.push(
				<q className="aw-before" dir="auto" key="before">
					{before.comment}
				</q>,
			);
	}
	lines.push(...answersLine(t, before, after, wording));
	const state = stateLine(t, before, after);
	if (state) lines.push(state);
	return lines.length > 0 ? lines : [t("line_other")];
}

function eventLine(t: T, event: AnswerEvent): string {
	const tag = event.detail ?? "";
	return t(`event_${event.what}`, { tag });
}

/** The past lists what each edit replaced; what it became is the next one, and at last what is now. */
function entriesOf(t: T, answer: ResponseDetail, people: Map<string, string>, wording: Map<string, string>): Entry[] {
	const past = answer.history;
	const edits = past.map((before, i): Entry => {
		const after: Values = past[i + 1] ?? answer;
		return { at: before.replaced_at, who: nameOf(t, before.actor, people), lines: linesOf(t, before, after, wording) };
	});
	const events = answer.events.map((event): Entry => ({
		at: event.at,
		who: nameOf(t, event.actor, people),
		lines: [eventLine(t, event)],
	}));
	const first: Values = past[0] ?? answer;
	const given: Entry = {
		at: answer.created_at,
		who: t(answer.import_id ? "who_import" : "who_respondent"),
		lines: [first.score === null ? t("line_given_no_score") : t("line_given", { score: first.score })],
	};
	return [...edits, ...events].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).concat(given);
}

export function Timeline(props: {
	answer: ResponseDetail;
	people: Map<string, string>;
	wording: Map<string, string>;
}): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	return (
		<ol className="aw-timeline">
			{entriesOf(t, props.answer, props.people, props.wording).map((entry, i) => (
				<li key={i}>
					<span className="aw-when quiet">
						<b>{entry.who}</b> ·{" "}
						<time dateTime={entry.at} title={f.ago(entry.at)}>
							{f.time(entry.at)}
						</time>
					</span>
					{entry.lines.map((line, n) => (
						<span key={n}>{line}</span>
					))}
				</li>
			))}
		</ol>
	);
}
