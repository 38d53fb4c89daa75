// web/dashboard/overview/notes.ts - which notes on the trend belong to a score and to the days that are shown of it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Survey, TrendNote } from "../api.ts";
import type { PartId } from "./part.ts";

/** Notes about the part's own surveys, or about all. */
function isOf(part: PartId, surveys: Survey[], note: TrendNote): boolean {
	if (note.survey_id === null) return true;
	const survey = surveys.find((one) => one.id === note.survey_id);
	return survey?.kind === part.kind && survey.brand_id === part.brand.id && survey.touchpoint === (part.touchpoint?.code ?? null);
}

interface Shown {
	part: PartId;
	surveys: Survey[];
	/** What the line is drawn through, in time. */
	points: { from: string; to: string }[];
	dayOf: (instant: string) => string;
}

export function notesOf(notes: TrendNote[], { part, surveys, points, dayOf }: Shown): TrendNote[] {
	const first = points[0]?.from ?? "";
	const last = points.at(-1)?.to ?? "";
	return notes.filter((note) => isOf(part, surveys, note) && dayOf(note.at) >= first && dayOf(note.at) <= last);
}
