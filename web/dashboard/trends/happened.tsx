// web/dashboard/trends/happened.tsx - what happened to a score, in order of time: changes of its level and of its channels, and what
// people noted.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text, Title } from "@mantine/core";
import { IconPin } from "@tabler/icons-react";
import { type ReactElement, Suspense, useState } from "react";
import { createTrendNote, deleteTrendNote, type MixChange, type TrendChange, type TrendNote } from "../api.ts";
import type { Mark } from "../chart/over_time.tsx";
import { fetchedPart } from "../fetched.ts";
import { channelOf } from "../filter/filter_bar.tsx";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const PinNote = fetchedPart(() => import("../overview/pin_note.tsx"));

export type Happening =
	| { kind: "change"; day: string; change: TrendChange }
	| { kind: "mix"; day: string; mix: MixChange }
	| { kind: "note"; day: string; note: TrendNote };

/** Letters for what Heed found, numbers for what people noted. */
export function labelsOf(all: Happening[]): string[] {
	let letters = 0;
	let numbers = 0;
	return all.map((one) => (one.kind === "note" ? `${++numbers}` : String.fromCharCode(65 + (letters++ % 26))));
}

const lookOf = (one: Happening): Mark["kind"] => (one.kind !== "change" ? one.kind : one.change.change < 0 ? "fall" : "rise");

export function marksOfHappenings(all: Happening[]): Mark[] {
	const labels = labelsOf(all);
	return all.map((one, i) => {
		const found = one.kind === "change" ? one.change : one.kind === "mix" ? one.mix : undefined;
		return { day: one.day, from: found?.from, to: found?.to, label: labels[i] ?? "", kind: lookOf(one) };
	});
}

/** "Around 12 June the score fell by about 9 (4 to 14)." */
export function useChangeSentence(): (change: Pick<TrendChange, "day" | "change" | "interval">) => string {
	const t = useWords("trends");
	const f = useFormat();
	return ({ day, change, interval }) => {
		return t("changed", { ...f.moved(change, interval), day: f.shortDay(day), way: change > 0 ? "up" : "down" });
	};
}

function Said({ one }: { one: Happening }): ReactElement {
	const t = useWords("trends");
	const filterWords = useWords("filter");
	const f = useFormat();
	const changed = useChangeSentence();
	if (one.kind === "note")
		return (
			<>
				<span className="quiet">{f.day(one.day)}</span> {one.note.text}
			</>
		);
	if (one.kind === "mix") {
		const { channel, before, after } = one.mix;
		const name = channel === null ? t("unknown_channel") : (channelOf(filterWords, channel) ?? channel);
		return <>{t("mix", { day: f.shortDay(one.day), channel: name, way: after > before ? "up" : "down", before: f.percent(before / 100), after: f.percent(after / 100) })}</>;
	}
	return (
		<>
			{changed(one.change)}{" "}
			<span className="quiet">{t("changed_when", { from: f.shortDay(one.change.from), to: f.shortDay(one.change.to) })}</span>
		</>
	);
}

export function Happened({ all, onNotes }: { all: Happening[]; onNotes: () => void }): ReactElement {
	const t = useWords("trends");
	const overview = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const [pinning, setPinning] = useState<string | null>(null);
	const builds = ["owner", "admin", "analyst"].includes(role);
	const labels = labelsOf(all);
	const remove = async (note: TrendNote) => {
		try {
			await deleteTrendNote({ note: note.id });
			undoable(overview("unpinned"), async () => {
				await createTrendNote({ body: { text: note.text, at: note.at, survey_id: note.survey_id } });
				onNotes();
			});
		} catch (error) {
			sayBad(sentenceOf(error));
		}
		onNotes();
	};
	const act = (one: Happening) =>
		one.kind !== "note" ? (
			<Button className="no-print" size="compact-xs" variant="subtle" onClick={() => setPinning(one.day)}>
				{t("pin_here")}
			</Button>
		) : one.note.kind === "note" ? (
			<Button className="no-print" size="compact-xs" variant="subtle" color="gray" onClick={() => void remove(one.note)}>
				{overview("unpin")}
			</Button>
		) : null;
	return (
		<section aria-labelledby="happened-title">
			<div className="section-head">
				<Title order={3} size="h5" id="happened-title">
					{t("happened")}
				</Title>
				{builds && (
					<Button
						className="no-print"
						size="compact-sm"
						variant="subtle"
						leftSection={<IconPin size={16} aria-hidden="true" />}
						onClick={() => setPinning(f.dayOf(Date.now()))}
					>
						{overview("pin")}
					</Button>
				)}
			</div>
			{all.length === 0 && <Text c="dimmed">{t("nothing_happened")}</Text>}
			<ol className="happened">
				{all.map((one, i) => (
					<li key={labels[i]}>
						<span className={`happened-label ${lookOf(one)}`} aria-hidden="true">
							{labels[i]}
						</span>
						<span className="happened-text">
							<Said one={one} /> {builds && act(one)}
						</span>
					</li>
				))}
			</ol>
			{pinning !== null && (
				<Suspense>
					<PinNote day={pinning} onClose={() => setPinning(null)} onPinned={onNotes} />
				</Suspense>
			)}
		</section>
	);
}
