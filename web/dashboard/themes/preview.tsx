// web/dashboard/themes/preview.tsx - what a change of a theme would find, while it is typed: counts, and the very comments gained and lost.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { SegmentedControl, Text, Title } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { previewTheme, Refusal, type ThemePreview } from "../api.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { MarkedQuotes } from "./marked.tsx";

const restMs = 350;

export interface Previewed {
	value: ThemePreview | undefined;
	/** What the server says against the words, with its line where it is one's. */
	wrong: { line: number | null; message: string } | undefined;
	error: unknown;
	busy: boolean;
}

/** Asked when nothing was typed for a moment. `theme` null: a new one, of which nothing is asked without words. */
export function usePreview(theme: string | null, seeds: string, join: string | null, turn: unknown): Previewed {
	const [state, setState] = useState<Previewed>({ value: undefined, wrong: undefined, error: undefined, busy: false });
	useEffect(() => {
		const asks = theme !== null || seeds !== "";
		setState((old) => (asks ? { ...old, busy: true } : { value: undefined, wrong: undefined, error: undefined, busy: false }));
		if (!asks) return;
		const gone = new AbortController();
		const timer = setTimeout(async () => {
			try {
				const value = await previewTheme({ body: { theme_id: theme, seeds, join_id: join } }, { signal: gone.signal });
				setState({ value, wrong: undefined, error: undefined, busy: false });
			} catch (error) {
				if (gone.signal.aborted) return;
				const said = error instanceof Refusal ? error.errors.find((one) => one.path === "/seeds") : undefined;
				const [, line, message] = /^line (\d+): (.*)$/s.exec(said?.message ?? "") ?? [];
				setState((old) => ({ value: old.value, wrong: said && { line: line ? Number(line) : null, message: message ?? said.message }, error: said ? undefined : error, busy: false }));
			}
		}, restMs);
		return () => {
			clearTimeout(timer);
			gone.abort();
		};
	}, [theme, seeds, join, turn]);
	return state;
}

export function Preview({ of }: { of: Previewed }): ReactElement {
	const t = useWords("taxonomy");
	const [side, setSide] = useState<"gained" | "lost">("gained");
	const { value } = of;
	const shown = value && value.gained === 0 && value.lost > 0 ? "lost" : value && value.lost === 0 ? "gained" : side;
	return (
		<section className="theme-preview" aria-labelledby="theme-preview" aria-busy={of.busy}>
			<Title order={3} size="h5" id="theme-preview">
				{t("preview")}
			</Title>
			{of.error !== undefined && <Failure error={of.error} />}
			{!value && of.error === undefined && <Text c="dimmed">{t("preview_waits")}</Text>}
			{value && value.comments === 0 && <Text c="dimmed">{t("preview_none")}</Text>}
			{value && value.comments > 0 && (
				<>
					<Text role="status">
						{t("preview_of", { all: value.all ? "yes" : "no", n: value.comments, after: value.after, before: value.before, same: value.after === value.before ? "yes" : "no" })}
					</Text>
					{(value.gained > 0 || value.lost > 0) && (
						<SegmentedControl
							size="sm"
							mt="sm"
							aria-label={t("preview")}
							value={shown}
							onChange={(next) => setSide(next as "gained" | "lost")}
							data={(["gained", "lost"] as const).map((one) => ({ value: one, label: t(one, { n: value[one] }) }))}
						/>
					)}
					{value[shown] > 0 && (
						<Text size="sm" c="dimmed" mt="xs">
							{t("quotes_first")}
						</Text>
					)}
					<MarkedQuotes quotes={shown === "gained" ? value.gained_quotes : value.lost_quotes} />
				</>
			)}
		</section>
	);
}
