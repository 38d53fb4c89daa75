// web/dashboard/answers/actions.ts - one thing done to some answers or to all that a filter takes, in steps, and taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Action, type ActionUndo, actOnResponses } from "../api.ts";

export type Deed = Pick<Action, "action" | "reason" | "tag">;

/** Which answers: by id, or all that a query takes. */
export type Target = { ids: string[] } | { filter: string; count: number };

export interface Done {
	changed: string[];
	same: number;
	undo: ActionUndo[];
}

/** The server's bound of one request. */
const step = 100;
/** All that match are at most so many: more is done by a program, or filtered more narrowly. */
export const mostAtOnce = 10_000;

const chunks = <T>(all: T[]): T[][] =>
	Array.from({ length: Math.ceil(all.length / step) }, (_, i) => all.slice(i * step, (i + 1) * step));

/** `onProgress` hears how many answers have been gone through. */
export async function perform(
	deed: Deed,
	target: Target,
	onProgress: (done: number) => void = () => undefined,
	signal?: AbortSignal,
	/** Holds what was done so far, should a later step fail. */
	undo: ActionUndo[] = [],
): Promise<Done> {
	const done: Done = { changed: [], same: 0, undo };
	let seen = 0;
	const take = async (body: Action): Promise<string | null> => {
		const result = await actOnResponses({ body: { ...deed, ...body } });
		done.changed.push(...result.changed);
		done.same += result.same;
		if (result.undo) done.undo.push(result.undo);
		seen += result.changed.length + result.same + result.missing;
		onProgress(seen);
		return result.next_cursor;
	};
	if ("ids" in target) {
		for (const ids of chunks(target.ids)) await take({ action: deed.action, ids });
		return done;
	}
	let cursor: string | null = null;
	do {
		cursor = await take({ action: deed.action, filter: target.filter, cursor, limit: step });
	} while (cursor !== null && seen < mostAtOnce && !signal?.aborted);
	return done;
}

/** Newest first, as what was done last may rest on what was done before. */
export async function takeBack(undo: ActionUndo[]): Promise<void> {
	for (const body of [...undo].reverse()) await actOnResponses({ body: body as Action });
}
