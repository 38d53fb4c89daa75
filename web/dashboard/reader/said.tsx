// web/dashboard/reader/said.tsx - one comment, large: its words with the themes that rest on them, whose it is, and what was
// understood.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { Link, useSearch } from "wouter";
import { Score } from "../answers/row.tsx";
import { Talk, TalkLine } from "../answers/talk.tsx";
import type { ResponseItem } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useThemeName } from "../themes/name.ts";
import { useWords } from "../words.ts";
import { piecesOf, type Reading, sideOf } from "./pieces.ts";

export type Comment = Pick<ResponseItem, "id" | "score" | "comment" | "language" | "submitted_at" | "starred" | "person_id" | "reading" | "survey_id" | "transcript" | "turns"> & { person_name: string | null };

function Facts({ comment, survey }: { comment: Comment; survey: string }): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	const address = useSearch();
	const { sees_names } = useMe();
	const who = comment.person_name ?? t(comment.person_id ? "someone" : sees_names ? "anonymous" : "name_hidden");
	return (
		<p className="reader-facts">
			<Score score={comment.score} large />
			<span>
				<strong>{who}</strong>
				<span className="quiet">
					{survey && `${survey} · `}
					<Link href={`/answers/${comment.id}${address && `?${address}`}`}>
						<time dateTime={comment.submitted_at} title={f.time(comment.submitted_at)}>
							{f.ago(comment.submitted_at, Date.now())}
						</time>
					</Link>
				</span>
			</span>
		</p>
	);
}

const signs = { good: "+", bad: "−", mixed: "±", plain: "·" } as const;

function Understood({ reading, lit, onLit }: { reading: Reading; lit: string | null; onLit: (id: string | null) => void }): ReactElement {
	const t = useWords("reader");
	const answers = useWords("answers");
	const name = useThemeName();
	const { sentiment, mood, intent, urgent, themes } = reading;
	const sounds = sentiment
		? answers(`sounds_${sentiment.label}`)
		: answers(reading.low_effort ? "sounds_nothing" : "sounds_unread");
	return (
		<div className="reader-understood" role="group" aria-label={answers("understood")}>
			<p className="reader-sounds">
				{urgent.map((kind) => (
					<Badge key={kind} color="red" variant="filled" leftSection={<IconAlertTriangle size={12} aria-hidden="true" />}>
						{answers(`urgent_${kind.replace("-", "_")}` as "urgent_safety")}
					</Badge>
				))}
				{(sentiment || reading.low_effort || !reading.analysed) && (
					<span className={`reader-tone ${sentiment?.label ?? "none"}`}>
						{sounds}
						{sentiment?.by_person && <span className="quiet"> ({t("by_person")})</span>}
					</span>
				)}
				{mood && <span className="reader-tone">{t(`mood_${mood}`)}</span>}
				{intent && intent !== "other" && <span className="reader-tone">{t(`intent_${intent.replace(" ", "_")}` as "intent_praise")}</span>}
			</p>
			{themes.length === 0 ? (
				reading.analysed && !reading.low_effort && <p className="quiet">{t("no_theme")}</p>
			) : (
				<ul className="reader-themes">
					{themes.map((theme) => {
						const side = sideOf(theme.polarity);
						const said = answers(side === "good" ? "theme_good" : side === "bad" ? "theme_bad" : "theme_plain", { name: name(theme) });
						return (
							<li key={theme.id} className={`reader-theme ${side}${lit === theme.id ? " lit" : ""}`} title={said} onPointerEnter={() => onLit(theme.id)} onPointerLeave={() => onLit(null)}>
								<span aria-hidden="true">{signs[side]}</span>
								<span className="visually-hidden">{said}</span>
								<span aria-hidden="true">{name(theme)}</span>
								{theme.by_person && <span className="quiet"> ({t("by_person")})</span>}
							</li>
						);
					})}
				</ul>
			)}
		</div>
	);
}

export function Said({ comment, survey }: { comment: Comment; survey: string }): ReactElement {
	const t = useWords("reader");
	const [lit, setLit] = useState<string | null>(null);
	const { reading } = comment;
	const text = comment.comment ?? "";
	const talks = comment.turns.length > 0;
	const words = (from: number, to: number) =>
		piecesOf(text, reading ?? null, from, to).map((piece, i) =>
			piece.side ? (
				<mark key={i} className={`reader-span ${piece.side}${lit && piece.themes.includes(lit) ? " lit" : ""}`}>
					{piece.text}
				</mark>
			) : (
				<span key={i}>{piece.text}</span>
			),
		);
	return (
		<article className="reader-said">
			<Facts comment={comment} survey={survey} />
			<div>
				<TalkLine answer={comment} />
				<blockquote className={text.length > 600 || talks ? "long" : undefined} lang={comment.language || undefined} dir="auto">
					{talks ? <Talk answer={comment} words={words} /> : words(0, text.length)}
				</blockquote>
			</div>
			{reading ? <Understood reading={reading} lit={lit} onLit={setLit} /> : <p className="quiet">{t("not_read")}</p>}
		</article>
	);
}
