// web/dashboard/answers/talk.tsx - a call or chat by its turns, of which the customer's count.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import type { ResponseItem } from "../api.ts";
import { Turns } from "../ui/turns.tsx";
import { useWords } from "../words.ts";
import { unitsByBytes } from "./places.ts";

type Spoken = Pick<ResponseItem, "comment" | "language" | "transcript" | "turns">;

/** How many turns count, and how that is known. */
export function TalkLine({ answer }: { answer: Spoken }): ReactElement | null {
	const t = useWords("answers");
	const n = answer.turns.length;
	if (n === 0) return answer.transcript ? <p className="quiet talk-line">{t("talk_no_turns")}</p> : null;
	const counted = answer.turns.filter((turn) => turn.customer).length;
	return (
		<p className="quiet talk-line">
			{counted ? t("talk_turns", { n, counted }) : t("talk_none", { n })} {t(answer.transcript ? "talk_told" : "talk_found")}
		</p>
	);
}

/** `words` gives those from one unit of the text to another. */
export function Talk({ answer, words }: { answer: Spoken; words: (from: number, to: number) => ReactNode }): ReactElement {
	const t = useWords("answers");
	const at = unitsByBytes(answer.comment ?? "");
	const turns = answer.turns.map((turn) => {
		const from = at.get(turn.from) ?? 0;
		return { label: turn.label, customer: turn.customer, words: words(from, at.get(turn.from + turn.length) ?? from) };
	});
	return <Turns turns={turns} lang={answer.language || undefined} counts={t("turn_counts")} not={t("turn_counts_not")} />;
}
