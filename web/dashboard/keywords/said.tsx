// web/dashboard/keywords/said.tsx - who says a word: people of both sides, and their own words with it marked.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Keywords } from "../api.ts";
import { Failure } from "../ui/failure.tsx";
import type { Load } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Quote } from "../themes/quotes.tsx";
import { useWords } from "../words.ts";

/** Until more are asked for. */
const first = 4;

function Side({ name, people, of, quotes }: { name: string; people: number; of: number; quotes: NonNullable<Keywords["word"]>["quotes"]["a"] }): ReactElement {
	const t = useWords("keywords");
	const [whole, setWhole] = useState(false);
	return (
		<section aria-label={name}>
			<p className="keywords-said-head">
				{name} <span className="quiet">{t("people_of", { people, of })}</span>
			</p>
			{quotes.length === 0 ? (
				<Text size="sm" c="dimmed">
					{t("nobody")}
				</Text>
			) : (
				<ul className="themes-quotes">
					{quotes.slice(0, whole ? undefined : first).map((quote) => (
						<Quote key={quote.id} quote={quote} />
					))}
				</ul>
			)}
			{!whole && quotes.length > first && (
				<button type="button" className="keywords-more no-print" onClick={() => setWhole(true)}>
					{t("more", { n: quotes.length })}
				</button>
			)}
		</section>
	);
}

/** `names` are those of the sides. */
export function Said({ load, names }: { load: Load<Keywords | null>; names: [string, string] }): ReactElement {
	const t = useWords("keywords");
	const { value, error, reload } = load;
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value?.word || load.loading) return <Loading rows={3} />;
	const { a, b, quotes } = value.word;
	return (
		<>
			<div className="keywords-said">
				<Side name={names[0]} people={a.people} of={a.of} quotes={quotes.a} />
				<Side name={names[1]} people={b.people} of={b.of} quotes={quotes.b} />
			</div>
			<Text size="sm" c="dimmed" mt="xs">
				{t("masked")}
			</Text>
		</>
	);
}
