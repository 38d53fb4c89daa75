// web/dashboard/themes/marked.tsx - what people wrote, with the words that it is quoted for marked, and the way to the answer.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { MarkedQuote } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

export function MarkedQuotes({ quotes }: { quotes: MarkedQuote[] }): ReactElement {
	const t = useWords("taxonomy");
	const f = useFormat();
	return (
		<ul className="themes-quotes">
			{quotes.map((quote) => {
				const day = f.day(f.dayOf(quote.at));
				return (
					<li key={quote.id}>
						<blockquote className={`themes-quote ${quote.score >= 9 ? "promoters" : quote.score <= 6 ? "detractors" : "passives"}`}>
							<p dir="auto">{quote.pieces.map((piece, i) => (piece.marked ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>))}</p>
							<footer>
								{t("quote_of", { score: quote.score, day })}{" "}
								<Link href={`/answers/${quote.id}`} aria-label={t("to_answer_of", { score: quote.score, day })}>
									{t("to_answer")}
								</Link>
							</footer>
						</blockquote>
					</li>
				);
			})}
		</ul>
	);
}
