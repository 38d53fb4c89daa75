// web/dashboard/answers/store.ts - the answers that a list shows: fetched page by page, changed in place, and kept while one
// is elsewhere, so that coming back finds them where they were.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useCallback, useEffect, useRef, useState } from "react";
import { listResponses, type ResponseItem } from "../api.ts";

export type Answer = ResponseItem;
export type Query = NonNullable<Parameters<typeof listResponses>[0]>;

interface Kept {
	rows: Answer[];
	/** null: that was all. undefined: not asked yet. */
	next: string | null | undefined;
	/** Where the page was scrolled to. */
	scroll: number;
}

const pageSize = 100;
/** A page under a rare filter may be empty and yet have a next one: so many are asked for at once. */
const emptyPages = 20;
/** Views that are remembered. */
const keptViews = 8;
const kept = new Map<string, Kept>();

function remember(key: string, value: Kept): void {
	kept.delete(key);
	kept.set(key, value);
	for (const oldest of kept.keys()) {
		if (kept.size <= keptViews) break;
		kept.delete(oldest);
	}
}

/** The next answers behind a cursor, at least one unless there are no more. */
async function fetchRows(query: Query, cursor: string | undefined, limit: number, signal: AbortSignal) {
	const rows: Answer[] = [];
	let next: string | null | undefined = cursor;
	for (let i = 0; i < emptyPages; i++) {
		const page = await listResponses({ ...query, limit, cursor: next ?? undefined }, { signal });
		rows.push(...page.responses);
		next = page.next_cursor;
		if (rows.length > 0 || next === null) break;
	}
	return { rows, next };
}

export interface AnswerList {
	rows: Answer[];
	/** Everything is there. */
	complete: boolean;
	loading: boolean;
	error: unknown;
	/** Where the page stood when this view was left. */
	scroll: number;
	keepScroll: (scroll: number) => void;
	more: () => void;
	/** Asks for all that is shown again, without a gap in between. */
	refresh: () => Promise<void>;
	patch: (ids: Iterable<string>, change: (row: Answer) => Partial<Answer>) => void;
	remove: (ids: Iterable<string>) => void;
}

const fresh = (): Kept => ({ rows: [], next: undefined, scroll: 0 });

export function useAnswers(query: Query, key: string): AnswerList {
	const [state, setState] = useState(() => ({ key, ...(kept.get(key) ?? fresh()) }));
	const [error, setError] = useState<unknown>(undefined);
	const [loading, setLoading] = useState(false);
	const running = useRef<AbortController>(null);
	const current = useRef(state);
	if (current.current.key !== key) current.current = { key, ...(kept.get(key) ?? fresh()) };

	const show = useCallback((next: Kept) => {
		current.current = { key: current.current.key, ...next };
		remember(current.current.key, next);
		setState(current.current);
	}, []);

	const run = useCallback(
		async (load: (signal: AbortSignal) => Promise<Kept>) => {
			running.current?.abort();
			const mine = new AbortController();
			running.current = mine;
			setLoading(true);
			try {
				const next = await load(mine.signal);
				if (mine.signal.aborted) return;
				setError(undefined);
				show(next);
			} catch (failure) {
				if (!mine.signal.aborted) setError(failure);
			} finally {
				if (running.current === mine) {
					running.current = null;
					setLoading(false);
				}
			}
		},
		[show],
	);

	const more = useCallback(() => {
		if (running.current || current.current.next === null) return;
		void run(async (signal) => {
			const { rows, next: cursor, scroll } = current.current;
			const page = await fetchRows(query, cursor ?? undefined, pageSize, signal);
			const known = new Set(rows.map((row) => row.id));
			return { rows: [...rows, ...page.rows.filter((row) => !known.has(row.id))], next: page.next, scroll };
		});
	}, [key, run]);

	const refresh = useCallback(
		() =>
			run(async (signal) => {
				const wanted = Math.max(pageSize, current.current.rows.length);
				const rows: Answer[] = [];
				let cursor: string | null | undefined;
				do {
					const page = await fetchRows(query, cursor ?? undefined, Math.min(200, wanted - rows.length), signal);
					rows.push(...page.rows);
					cursor = page.next;
				} while (cursor && rows.length < wanted);
				return { rows, next: cursor, scroll: current.current.scroll };
			}),
		[key, run],
	);

	useEffect(() => {
		setState(current.current);
		setError(undefined);
		running.current?.abort();
		running.current = null;
		if (current.current.next === undefined) more();
		else void refresh();
		return () => running.current?.abort();
	}, [key]);

	const patch = useCallback(
		(ids: Iterable<string>, change: (row: Answer) => Partial<Answer>) => {
			const which = new Set(ids);
			const rows = current.current.rows.map((row) => (which.has(row.id) ? { ...row, ...change(row) } : row));
			show({ ...current.current, rows });
		},
		[show],
	);
	const remove = useCallback(
		(ids: Iterable<string>) => {
			const which = new Set(ids);
			show({ ...current.current, rows: current.current.rows.filter((row) => !which.has(row.id)) });
		},
		[show],
	);
	const keepScroll = useCallback((scroll: number) => {
		current.current.scroll = scroll;
		const view = kept.get(current.current.key);
		if (view) view.scroll = scroll;
	}, []);

	const shown = state.key === key ? state : current.current;
	return {
		rows: shown.rows,
		complete: shown.next === null,
		loading,
		error,
		scroll: current.current.scroll,
		keepScroll,
		more,
		refresh,
		patch,
		remove,
	};
}
