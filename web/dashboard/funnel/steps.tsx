// web/dashboard/funnel/steps.tsx - the steps of a funnel as bars, with what is lost between them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import type { FunnelPart } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

interface BarProps {
	name: string;
	count: number;
	/** What its length and its share are of; null: there is nothing to compare with. */
	of: number | null;
	/** Where the others of the step before are. */
	drop?: string;
}

function Bar({ name, count, of, drop }: BarProps): ReactElement {
	const f = useFormat();
	const share = of ? count / of : 0;
	return (
		<li className="funnel-step">
			{drop && <span className="funnel-drop">{drop}</span>}
			<span className="funnel-name">{name}</span>
			<span className="funnel-bar" aria-hidden="true">
				{count > 0 && <span style={{ inlineSize: `${Math.min(100, share * 100)}%` }} />}
			</span>
			<span className="funnel-count">
				{f.number(count)}
				{of ? <span className="quiet"> {f.percent(share)}</span> : null}
			</span>
		</li>
	);
}

/** From seen to finished. Without displays all is compared with who began. */
export function Steps({ part, small }: { part: FunnelPart; small?: boolean }): ReactElement {
	const t = useWords("funnel");
	const steps = [
		...(part.shown === null ? [] : [["shown", part.shown] as const]),
		["started", part.started] as const,
		["scored", part.scored] as const,
		["commented", part.commented] as const,
		["completed", part.completed] as const,
	];
	const base = part.shown ?? part.started;
	return (
		<ol className={small ? "funnel-steps small" : "funnel-steps"}>
			{steps.map(([name, count], i) => {
				const before = steps[i - 1]?.[1] ?? count;
				// Who wrote a comment or finished is no part of those before: either may be done without the other.
				const drop = name === "started" || name === "scored" ? before - count : 0;
				return (
					<Bar
						key={name}
						name={t(`step_${name}`)}
						count={count}
						of={base}
						drop={drop > 0 ? t(name === "started" ? "drop_started" : "drop_scored", { n: drop }) : undefined}
					/>
				);
			})}
		</ol>
	);
}

/** Of those who gave a score: which further questions they answered. */
export function Questions({ part }: { part: FunnelPart }): ReactElement {
	const t = useWords("funnel");
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="questions">
			<Title order={2} size="h4" id="questions">
				{t("questions")}
			</Title>
			<Text mt={4} mb="md">
				{t("questions_more")}
			</Text>
			<ol className="funnel-steps">
				<Bar name={t("question_comment")} count={part.commented} of={part.started} />
				{part.questions.map((q) => (
					<Bar key={q.key} name={t("question", { text: q.text, n: q.asked })} count={q.answered} of={q.asked} />
				))}
			</ol>
		</Paper>
	);
}

export function Sent({ sent, scored }: { sent: number; scored: number }): ReactElement {
	const t = useWords("funnel");
	const f = useFormat();
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="sent">
			<Title order={2} size="h4" id="sent">
				{t("sent")}
			</Title>
			<Text mt={4} mb="md">
				{t("sent_rate", { sent, scored, rate: f.percent(scored / sent) })}
			</Text>
			<ol className="funnel-steps">
				<Bar name={t("step_sent")} count={sent} of={sent} />
				<Bar name={t("step_scored")} count={scored} of={sent} />
			</ol>
		</Paper>
	);
}
