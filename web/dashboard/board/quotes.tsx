// web/dashboard/board/quotes.tsx - three promoters and three detractors in their own words, without what tells who they are.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { Quote } from "../api.ts";
import { useFormat } from "../format.ts";
import { useParameter } from "../insight/parameter.ts";
import { useWords } from "../words.ts";
import { shortText } from "./shorten.ts";

const shown = 3;
const longest = 200; // letters that a board reads

/** The newest ones, but for those that were passed over; the address keeps which. */
function useChosen(all: Quote[]): { chosen: Quote[]; more: boolean; pass: (id: string) => void } {
	const [passed, setPassed] = useParameter("passed");
	const over = new Set((passed ?? "").split("-"));
	const left = all.filter((one) => !over.has(one.id));
	return {
		chosen: left.slice(0, shown),
		more: left.length > shown,
		pass: (id) => setPassed(passed ? `${passed}-${id}` : id),
	};
}

export function Quotes({ title, quotes, low }: { title: string; quotes: Quote[]; low?: boolean }): ReactElement {
	const t = useWords("board");
	const f = useFormat();
	const { chosen, more, pass } = useChosen(quotes);
	return (
		<div>
			<h3>{title}</h3>
			{chosen.length === 0 && <p className="quiet">{t("quotes_none")}</p>}
			{chosen.map((one) => (
				<blockquote key={one.id} className={low ? "board-quote low" : "board-quote"}>
					<p dir="auto">{shortText(one.text, longest)}</p>
					<footer>
						{t("quote_of", { score: one.score, day: f.day(one.at.slice(0, 10)) })}
						{more && (
							<ActionIcon className="no-print" variant="subtle" color="gray" aria-label={t("quote_pass")} title={t("quote_pass")} onClick={() => pass(one.id)}>
								<IconRefresh size={16} aria-hidden="true" />
							</ActionIcon>
						)}
					</footer>
				</blockquote>
			))}
		</div>
	);
}
