// web/dashboard/checks/session.ts - a sample on its way through somebody's hands: fetched page by page, said one by one, each saved behind
// the reader's back and brought back where it was not.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useCallback, useEffect, useRef, useState } from "react";
import { type CheckComments, type CheckText, listCheckComments, sayCheckComment, unsayCheckComment } from "../api.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad } from "../ui/undo.tsx";

const pageSize = 50;

export interface Said {
	themes: string[];
	sentiment: CheckText["sentiment"];
}

interface Session {
	about: Omit<CheckComments, "texts" | "more"> | undefined;
	texts: CheckText[];
	complete: boolean;
	error: unknown;
	retry: () => void;
	/** What is said of the comment at a place in `texts`; null takes it back. */
	say: (at: number, said: Said | null) => void;
	/** Nothing is on its way any more. */
	settled: () => Promise<void>;
}

export function useSession(check: string, changes: number): Session {
	const [about, setAbout] = useState<Session["about"]>();
	const [texts, setTexts] = useState<CheckText[]>([]);
	const [loaded, setLoaded] = useState("");
	const [error, setError] = useState<unknown>();
	const [tries, setTries] = useState(0);
	/* What is asked for now: what was complete before says nothing of it. */
	const turn = `${check} ${changes} ${tries}`;
	const tail = useRef<Promise<unknown>>(Promise.resolve());

	useEffect(() => {
		const running = new AbortController();
		const load = async () => {
			const found: CheckText[] = [];
			setError(undefined);
			for (let after = -1; ; ) {
				const page = await listCheckComments({ check, after, limit: pageSize }, { signal: running.signal });
				found.push(...page.texts);
				setAbout(page);
				setTexts([...found]);
				if (!page.more) break;
				after = found.at(-1)?.place ?? after + pageSize;
			}
			setLoaded(turn);
		};
		load().catch((failure: unknown) => running.signal.aborted || setError(failure));
		return () => running.abort();
	}, [turn]);

	const say = useCallback(
		(at: number, said: Said | null) => {
			const one = texts[at];
			if (!one) return;
			const put = (now: Pick<CheckText, "themes" | "sentiment">) =>
				setTexts((all) => all.map((text) => (text.place === one.place ? { ...text, ...now } : text)));
			const before = { themes: one.themes, sentiment: one.sentiment };
			put(said ?? { themes: null, sentiment: null });
			const where = { check, response: one.response_id };
			const send = async () => {
				try {
					const now = said === null ? await unsayCheckComment(where) : await sayCheckComment({ ...where, body: said });
					setAbout((old) => old && { ...old, ...now });
				} catch (failure) {
					put(before);
					sayBad(sentenceOf(failure));
				}
			};
			tail.current = tail.current.then(send);
		},
		[check, texts],
	);

	return { about, texts, complete: loaded === turn, error, retry: () => setTries((n) => n + 1), say, settled: async () => void (await tail.current) };
}
