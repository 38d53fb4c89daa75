// web/dashboard/reader/themes_dialog.tsx - what a comment speaks of, put right by keys alone: type to find a theme, Enter puts it in or
// takes it out, + and - and 0 say how it is spoken of: as long as nothing is typed, or once one was chosen, for names have a "-", too.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import type { Theme } from "../api.ts";
import { useThemeName } from "../themes/name.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";
import type { Polarity } from "./correct.ts";
import { type Reading, sideOf } from "./pieces.ts";

interface Props {
	themes: Theme[];
	reading: Reading;
	onSay: (theme: Theme, polarity: Polarity | null) => void;
	onClose: () => void;
}

const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const polarities: Record<string, Polarity> = { "+": 1, "-": -1, "0": 0 };

/** How a theme is spoken of where nobody said yet: as the comment sounds. */
const usual = (reading: Reading): Polarity => (reading.sentiment?.label === "negative" ? -1 : reading.sentiment?.label === "positive" ? 1 : 0);

/** "-1" and its like, of a control's values. */
const valueOf = (polarity: number): string => ({ good: "1", bad: "-1", plain: "0", mixed: "0" })[sideOf(polarity)];

export function ThemesDialog({ themes, reading, onSay, onClose }: Props): ReactElement {
	const t = useWords("reader");
	const name = useThemeName();
	const [search, setSearch] = useState("");
	const [at, setAt] = useState(0);
	const [typing, setTyping] = useState(false);
	const list = useRef<HTMLUListElement>(null);
	// Those of the comment first, as it was when the dialog opened, so that nothing jumps under the hand.
	const [first] = useState(() => new Set(reading.themes.map((one) => one.id)));
	const all = [...themes].sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || name(a).localeCompare(name(b)));
	const found = all.filter((one) => folded(name(one)).includes(folded(search.trim())));
	const chosen = found[Math.min(at, found.length - 1)];
	const inIt = (theme: Theme) => reading.themes.find((one) => one.id === theme.id);
	useEffect(() => {
		list.current?.querySelector(".at")?.scrollIntoView({ block: "nearest" });
	}, [at, search]);
	const toggle = (theme: Theme) => onSay(theme, inIt(theme) ? null : usual(reading));
	const onKey = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
		const side = typing ? undefined : polarities[event.key];
		if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
		else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
		else if (event.key === "Enter" && chosen) toggle(chosen);
		else if (side !== undefined && chosen) onSay(chosen, side);
		else return;
		setTyping(false);
		event.preventDefault();
	};
	return (
		<Dialog title={t("themes")} onClose={onClose}>
			<TextInput
				data-autofocus
				autoFocus
				aria-label={t("themes_find")}
				placeholder={t("themes_find")}
				value={search}
				onChange={(event) => {
					setSearch(event.currentTarget.value);
					setTyping(event.currentTarget.value !== "");
					setAt(0);
				}}
				onKeyDown={onKey}
			/>
			<ul ref={list} className="reader-choices" aria-label={t("themes")}>
				{found.map((theme, i) => {
					const had = inIt(theme);
					return (
						<li key={theme.id} className={theme === chosen ? "at" : undefined}>
							<button type="button" aria-pressed={had !== undefined} className="reader-choice" onClick={() => (setAt(i), toggle(theme))}>
								<span className="reader-tick">{had && <IconCheck size={16} aria-hidden="true" />}</span>
								{name(theme)}
							</button>
							{had && (
								<SegmentedControl
									size="xs"
									aria-label={t("side_of", { name: name(theme) })}
									value={valueOf(had.polarity)}
									onChange={(value) => onSay(theme, Number(value) as Polarity)}
									data={(["-1", "0", "1"] as const).map((value) => ({ value, label: t(`side_${value === "-1" ? "bad" : value === "1" ? "good" : "plain"}`) }))}
								/>
							)}
						</li>
					);
				})}
			</ul>
			<span className="visually-hidden" role="status">
				{chosen && t(inIt(chosen) ? "theme_in" : "theme_out", { name: name(chosen) })}
			</span>
			{found.length === 0 && <p className="quiet">{t("themes_none")}</p>}
			<p className="quiet reader-hint">{t("themes_keys")}</p>
			<Button onClick={onClose}>{t("done")}</Button>
		</Dialog>
	);
}
