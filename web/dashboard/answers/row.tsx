// web/dashboard/answers/row.tsx - one answer in the list: its score, two lines of its comment, whose it is, its tags.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge } from "@mantine/core";
import { IconMessage2, IconStarFilled } from "@tabler/icons-react";
import { memo, type MouseEvent, type ReactElement } from "react";
import { groupOf } from "../chart/distribution.tsx";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";
import type { Answer } from "./store.ts";
import { Short } from "./short.tsx";

export function Score({ score, large }: { score: number | null; large?: boolean }): ReactElement {
	const t = useWords("answers");
	const group = score === null ? "none" : groupOf(score);
	return (
		<span
			className={`score ${group}${large ? " large" : ""}`}
			role="img"
			aria-label={score === null ? t("score_missing") : t("score_of", { n: score })}
		>
			{score ?? "–"}
		</span>
	);
}

/** Counted answers need no word; the others say why they are none. */
export function StateBadge({ state, reason }: { state: Answer["state"]; reason?: string | null }): ReactElement | null {
	const t = useWords("answers");
	if (state === "partial" || state === "complete") return null;
	return (
		<Badge className="aw-state" size="sm" variant="light" color="gray" tt="none" title={reason ? `${t("not_counted")} ${reason}` : t("not_counted")}>
			{t(`state_${state}`)}
		</Badge>
	);
}

export interface RowProps {
	answer: Answer;
	survey: string;
	top: number;
	current: boolean;
	open: boolean;
	selected: boolean;
	search: string;
	href: string;
	now: number;
	onOpen: (id: string) => void;
	onSelect: (id: string, range: boolean) => void;
}

function Who({ answer }: { answer: Answer }): ReactElement {
	const t = useWords("answers");
	const { sees_names } = useMe();
	return <span>{answer.person_name ?? t(answer.person_id ? "someone" : sees_names ? "anonymous" : "name_hidden")}</span>;
}

export const Row = memo(function Row(props: RowProps): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	const { answer } = props;
	const open = (event: MouseEvent) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
		event.preventDefault();
		props.onOpen(answer.id);
	};
	const classes = ["aw-row", props.current && "current", props.open && "open", props.selected && "selected"];
	return (
		<li className={classes.filter(Boolean).join(" ")} style={{ transform: `translateY(${props.top}px)` }}>
			<label className="aw-check">
				<input
					type="checkbox"
					checked={props.selected}
					aria-label={t("select_one", { who: answer.person_name ?? t("anonymous"), score: answer.score ?? "–" })}
					onChange={(event) => props.onSelect(answer.id, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
				/>
			</label>
			<a
				className="aw-link"
				href={props.href}
				data-answer={answer.id}
				aria-current={props.open ? "true" : undefined}
				onClick={open}
			>
				<Score score={answer.score} />
				<span className="aw-text">
					{answer.comment ? (
						<span className="aw-comment" lang={answer.language || undefined} dir="auto">
							<Short answer={answer} search={props.search} most={600} />
						</span>
					) : (
						<span className="aw-comment quiet">{t("no_comment")}</span>
					)}
					<span className="aw-meta">
						<span className="aw-about">
							<span className="aw-from">
								<Who answer={answer} /> · {props.survey}
							</span>
							<span className="aw-when">
								{" · "}
								<time dateTime={answer.submitted_at} title={f.time(answer.submitted_at)}>
									{f.ago(answer.submitted_at, props.now)}
								</time>
							</span>
						</span>
						<StateBadge state={answer.state} reason={answer.state_reason} />
						{answer.tags.slice(0, 3).map((tag) => (
							<span key={tag} className="aw-tag">
								{tag}
							</span>
						))}
						{answer.tags.length > 3 && <span className="quiet">+{f.number(answer.tags.length - 3)}</span>}
						{answer.note_count > 0 && (
							<span className="aw-notes" title={t("notes_n", { n: answer.note_count })}>
								<IconMessage2 size={14} aria-hidden="true" /> {f.number(answer.note_count)}
							</span>
						)}
					</span>
				</span>
				{answer.starred && <IconStarFilled className="aw-star" size={16} role="img" aria-label={t("starred")} />}
			</a>
		</li>
	);
});
