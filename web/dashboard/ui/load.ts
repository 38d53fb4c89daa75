// web/dashboard/ui/load.ts - what a screen shows comes from the server: loaded, failed, or on its way.
//
//	const { value, error, reload } = useLoad((signal) => listSurveys({}, { signal }), []);
//
// With `gently` what arrives is drawn piece by piece: a page full of figures would hold the tap of a finger meanwhile. Who
// reads the page right behind `reload` wants it drawn at once.
//
// `value` stays while it is loaded again. An answer that was overtaken by a newer question is dropped. What failed as the server
// was away is asked again when it is back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type DependencyList, startTransition, useCallback, useEffect, useRef, useState } from "react";
import { Refusal } from "../ask.ts";

/** The server is heard of again. */
export const BACK = "heed:back";

export interface Load<T> {
	value: T | undefined;
	error: unknown;
	loading: boolean;
	/** Asks again; resolves when it is there or has failed. */
	reload: () => Promise<void>;
	/** Shows something at once, such as what a change replied. */
	put: (value: T) => void;
}

export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, on: DependencyList, how: { gently?: boolean } = {}): Load<T> {
	const [state, setState] = useState<{ value?: T; error?: unknown; loading: boolean }>({ loading: true });
	const running = useRef<AbortController>(null);
	const reload = useCallback(async () => {
		running.current?.abort();
		const mine = new AbortController();
		running.current = mine;
		setState((old) => ({ ...old, loading: true }));
		try {
			const value = await load(mine.signal);
			const show = () => {
				if (!mine.signal.aborted) setState({ value, loading: false });
			};
			if (how.gently) startTransition(show);
			else show();
		} catch (error) {
			if (!mine.signal.aborted) setState((old) => ({ ...old, error, loading: false }));
		}
	}, on);
	useEffect(() => {
		void reload();
		return () => running.current?.abort();
	}, [reload]);
	const away = state.error instanceof Refusal && state.error.status === 0;
	useEffect(() => {
		if (!away) return;
		const again = () => void reload();
		for (const name of ["online", BACK]) addEventListener(name, again);
		return () => {
			for (const name of ["online", BACK]) removeEventListener(name, again);
		};
	}, [away, reload]);
	const put = useCallback((value: T) => setState({ value, loading: false }), []);
	return { value: state.value, error: state.error, loading: state.loading, reload, put };
}
