// web/dashboard/themes/quotes.tsx - what people say of a theme, the most typical first, with the words that speak of it marked.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, SegmentedControl, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { ThemeAlone } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

export const saying = ["named", "criticised", "praised"] as const;
export type Saying = (typeof saying)[number];

type Told = Pick<ThemeAlone["quotes"][number], "id" | "score" | "at" | "pieces">;

/** One comment, what it is told for marked, with the way to its answer. */
export function Quote({ quote }: { quote: Told }): ReactElement {
	const t = useWords("themes");
	const f = useFormat();
	const group = quote.score >= 9 ? "promoters" : quote.score <= 6 ? "detractors" : "passives";
	return (
		<li>
			<blockquote className={`themes-quote ${group}`}>
				<p dir="auto">
					{quote.pieces.map((piece, i) => (piece.marked ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>))}
				</p>
				<footer>
					{t("quote_of", { score: quote.score, day: f.day(f.dayOf(quote.at)) })}{" "}
					<Link href={`/answers/${quote.id}`} aria-label={t("to_answer_of", { score: quote.score, day: f.day(f.dayOf(quote.at)) })}>
						{t("to_answer")}
					</Link>
				</footer>
			</blockquote>
		</li>
	);
}

/** Until more are asked for. */
const first = 8;

export function ThemeQuotes({ value, says, onSays }: { value: ThemeAlone; says: Saying; onSays: (says: string) => void }): ReactElement {
	const t = useWords("themes");
	const [whole, setWhole] = useState(false);
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-quotes">
			<div className="section-head">
				<Title order={2} size="h4" id="themes-quotes">
					{t("quotes")}
				</Title>
				<SegmentedControl
					className="no-print"
					size="sm"
					aria-label={t("quotes_which")}
					value={says}
					onChange={onSays}
					data={saying.map((one) => ({ value: one, label: t(`quotes_${one}`) }))}
				/>
			</div>
			{value.quotes.length === 0 ? (
				<Text c="dimmed">{t("quotes_none")}</Text>
			) : (
				<ul className="themes-quotes">
					{value.quotes.slice(0, whole ? undefined : first).map((quote) => (
						<Quote key={quote.id} quote={quote} />
					))}
				</ul>
			)}
			{!whole && value.quotes.length > first && (
				<Button className="no-print" variant="subtle" mt="xs" onClick={() => setWhole(true)}>
					{t("show_more")}
				</Button>
			)}
			<Text size="sm" c="dimmed" mt="md">
				{t("quotes_masked")}
			</Text>
		</Paper>
	);
}
