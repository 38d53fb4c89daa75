// web/dashboard/answers/understood.tsx - what was understood of a comment: how it sounds, its themes with the words they rest on,
// and whether somebody should look today.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { ResponseDetail } from "../api.ts";
import { useThemeName } from "../themes/name.ts";
import { useWords } from "../words.ts";
import { unitsByBytes } from "./places.ts";

type Reading = NonNullable<ResponseDetail["reading"]>;

/** Polarities nearer to 0 name a theme, no more. */
export const plain = 0.2;

/** Pairs of start and end in the text, in order and apart; the server counts bytes. */
function placesOf(text: string, reading: Reading): [number, number][] {
	const at = unitsByBytes(text);
	const all = reading.themes
		.flatMap((theme) => theme.places)
		.map((place): [number | undefined, number | undefined] => [at.get(place.from), at.get(place.from + place.length)])
		.filter((pair): pair is [number, number] => pair[0] !== undefined && pair[1] !== undefined)
		.sort((a, b) => a[0] - b[0]);
	const apart: [number, number][] = [];
	for (const [from, to] of all) {
		const last = apart.at(-1);
		if (last && from <= last[1]) last[1] = Math.max(last[1], to);
		else apart.push([from, to]);
	}
	return apart;
}

/** The comment, or a part of it, with the words that its themes rest on. */
export function Themed(props: { text: string; reading: Reading; from?: number; to?: number }): ReactElement {
	const text = props.text.slice(0, props.to);
	const parts: (string | ReactElement)[] = [];
	let at = props.from ?? 0;
	for (const [from, to] of placesOf(props.text, props.reading)) {
		if (from < at || to > text.length) continue;
		parts.push(
			text.slice(at, from),
			<span key={from} className="aw-themed">
				{text.slice(from, to)}
			</span>,
		);
		at = to;
	}
	parts.push(text.slice(at));
	return <>{parts}</>;
}

export function Understood({ answer }: { answer: ResponseDetail }): ReactElement | null {
	const t = useWords("answers");
	const name = useThemeName();
	const { reading } = answer;
	if (!reading) return null;
	const { sentiment, urgent, themes } = reading;
	const sounds = sentiment ? t(`sounds_${sentiment.label}`) : reading.low_effort ? t("sounds_nothing") : reading.analysed ? null : t("sounds_unread");
	if (!sounds && urgent.length === 0 && themes.length === 0) return null;
	return (
		<div className="aw-understood" role="group" aria-label={t("understood")}>
			{urgent.map((kind) => (
				<Badge key={kind} color="red" variant="filled" leftSection={<IconAlertTriangle size={12} aria-hidden="true" />}>
					{t(`urgent_${kind.replace("-", "_")}` as "urgent_safety")}
				</Badge>
			))}
			{sounds && <span className={`aw-sounds ${sentiment?.label ?? "none"}`}>{sounds}</span>}
			{themes.map((theme) => (
				<Link
					key={theme.id}
					className={`aw-theme ${theme.polarity > plain ? "good" : theme.polarity < -plain ? "bad" : "plain"}`}
					href={`/insight/themes/${theme.id}`}
					title={t(theme.polarity > plain ? "theme_good" : theme.polarity < -plain ? "theme_bad" : "theme_plain", { name: name(theme) })}
				>
					{name(theme)}
				</Link>
			))}
		</div>
	);
}
