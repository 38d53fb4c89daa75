// web/dashboard/overview/trend_section.tsx - how a score went: by week, month or quarter, with notes, and as a table.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, SegmentedControl, Text, Title } from "@mantine/core";
import { IconPin } from "@tabler/icons-react";
import { type ReactElement, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { createTrendNote, deleteTrendNote, listTrendNotes, type Survey, type TrendNote } from "../api.ts";
import { type Pin, type Point, type Step, stepName, Trend } from "../chart/trend.tsx";
import { fetchedPart } from "../fetched.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { notesOf } from "./notes.ts";
import { type Part, partFilter } from "./part.ts";

const PinNote = fetchedPart(() => import("./pin_note.tsx"));
export const steps = ["week", "month", "quarter"] as const;

/** The answers of a point: of those of its days that the filter takes. */
function pointLink(part: Part, filter: Filter, { from, to }: Point): string {
	const { span } = filter;
	const days = { from: span.from && span.from > from ? span.from : from, to: span.to && span.to < to ? span.to : to };
	return filter.on("/answers", { ...partFilter(part), ...days, counted: "true" });
}

function PointTable(props: { part: Part; step: Step; filter: Filter }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const { part, step, filter } = props;
	const row = ({ from, to, figure }: Point) => (
		<tr key={from}>
			<th scope="row">{stepName(f, step, from)}</th>
			<td>{figure.nps === null ? "–" : f.score(figure.nps)}</td>
			<td>
				{figure.nps !== null && figure.interval ? t("tile_range", f.scored(figure.nps, figure.interval)) : "–"}
			</td>
			<td>
				{role === "viewer" || figure.responses === 0 ? (
					f.number(figure.responses)
				) : (
					<Link href={pointLink(part, filter, { from, to, figure })}>{f.number(figure.responses)}</Link>
				)}
			</td>
		</tr>
	);
	return (
		<details className="how">
			<summary>{t("as_table")}</summary>
			<div className="trend-table">
				<table className="points">
					<thead>
						<tr>
							<th scope="col">{t("table_when")}</th>
							<th scope="col">{t("table_score")}</th>
							<th scope="col">{t("table_range")}</th>
							<th scope="col">{t("table_n")}</th>
						</tr>
					</thead>
					<tbody>{[...part.series].reverse().map(row)}</tbody>
				</table>
			</div>
		</details>
	);
}

function Notes(props: { notes: TrendNote[]; onRemove: ((note: TrendNote) => void) | null }): ReactElement | null {
	const t = useWords("overview");
	const f = useFormat();
	if (props.notes.length === 0) return null;
	return (
		<ol className="notes" aria-label={t("notes")}>
			{props.notes.map((note, i) => (
				<li key={note.id}>
					<span className="note-number">{i + 1}</span>
					<span>
						<span className="quiet">{f.day(f.dayOf(note.at))}</span> {note.text}
					</span>
					{props.onRemove && note.kind === "note" && (
						<Button className="no-print" size="compact-xs" variant="subtle" color="gray" onClick={() => props.onRemove?.(note)}>
							{t("unpin")}
						</Button>
					)}
				</li>
			))}
		</ol>
	);
}

export function TrendSection(props: {
	part: Part;
	surveys: Survey[];
	step: Step;
	onStep: (step: Step) => void;
	filter: Filter;
}): ReactElement | null {
	const t = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const { part, step } = props;
	const [, go] = useLocation();
	const [pinning, setPinning] = useState(false);
	const { value, reload } = useLoad((signal) => listTrendNotes({}, { signal }), []);
	const notes = notesOf(value?.notes ?? [], { part, surveys: props.surveys, points: part.series, dayOf: f.dayOf }).reverse();
	const builds = ["owner", "admin", "analyst"].includes(role);
	if (part.series.filter((p) => p.figure.nps !== null).length < 2)
		return part.figure.nps === null ? null : <Text c="dimmed">{t("trend_short")}</Text>;
	const remove = async (note: TrendNote) => {
		try {
			await deleteTrendNote({ note: note.id });
			undoable(t("unpinned"), async () => {
				await createTrendNote({ body: { text: note.text, at: note.at, survey_id: note.survey_id } });
				await reload();
			});
		} catch (error) {
			sayBad(sentenceOf(error));
		}
		await reload();
	};
	const pins: Pin[] = notes.map((note, i) => ({ day: f.dayOf(note.at), label: `${i + 1}`, text: note.text }));
	return (
		<section className="trend" aria-labelledby="trend-title">
			<div className="section-head">
				<Title order={3} size="h5" id="trend-title">
					{t("trend_title")}
				</Title>
				<div className="section-actions no-print">
					{builds && (
						<Button
							size="compact-sm"
							variant="subtle"
							leftSection={<IconPin size={16} aria-hidden="true" />}
							onClick={() => setPinning(true)}
						>
							{t("pin")}
						</Button>
					)}
					<SegmentedControl
						size="xs"
						aria-label={t("step")}
						data={steps.map((one) => ({ value: one, label: t(`step_${one}`) }))}
						value={step}
						onChange={(one) => props.onStep(one as Step)}
					/>
				</div>
			</div>
			<Trend
				points={part.series}
				step={step}
				pins={pins}
				onOpen={role === "viewer" ? undefined : (point) => go(pointLink(part, props.filter, point))}
			/>
			<Notes notes={notes} onRemove={builds ? (note) => void remove(note) : null} />
			<PointTable part={part} step={step} filter={props.filter} />
			{pinning && (
				<Suspense>
					<PinNote onClose={() => setPinning(false)} onPinned={() => void reload()} />
				</Suspense>
			)}
		</section>
	);
}
