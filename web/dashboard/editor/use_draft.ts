// web/dashboard/editor/use_draft.ts - a draft that saves itself as one types, and can be gone back in.
//
// What was typed is in the browser's own storage before it is on its way to the server, and leaves it when the server has
// it: a session that ends, a network that goes, a tab that is closed lose nothing. Each tab keeps its own words, also over a
// reload; those of one that was closed go to the next that opens the survey. Undo steps through what was done here, then
// through the drafts that the server keeps, so that it works after a reload.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useCallback, useEffect, useRef, useState } from "react";
import { getSurveyDraft, listSurveyDrafts, Refusal, type SurveyDraft, saveSurveyDraft } from "../api.ts";
import { applied, type Change, changesOf, type Doc, docOf, overlaps, same, type Wrong, wrongIn } from "./model.ts";

type Status = "saved" | "saving" | "waiting" | "invalid" | "away" | "asks";

/** Another person saved something meanwhile. */
interface Meanwhile {
	/** As the server knows them: an address, or a key's name. */
	by: string;
	name: string;
	at: string;
	theirs: Change[];
	/** Of them those that were changed here, too, with what was written here. */
	both: { theirs: Change; mine: Change }[];
	/** Already put together, as nothing was changed by both. */
	merged: boolean;
}

interface Kept {
	revision: number;
	base: Doc;
	doc: Doc;
	at: number;
	/** The tab was closed, or went on to another page. */
	left?: boolean;
}

interface State {
	server: SurveyDraft;
	/** What the server has. */
	base: Doc;
	doc: Doc;
	past: Doc[];
	future: Doc[];
	/** The field of the last change: more of it is the same step. */
	field: string;
	fieldAt: number;
	status: Status;
	refused: { path: string; message: string }[];
	meanwhile: Meanwhile | null;
	/** What they have, until it is decided. */
	theirs: SurveyDraft | null;
}

const pause = 700;
const oneStep = 1500;
const DAY_MS = 86_400_000; // a tab that broke down could not say that it left

function nameOfTab(): string {
	const fresh = Math.random().toString(36).slice(2);
	try {
		const name = sessionStorage.getItem("heed-tab") ?? fresh;
		sessionStorage.setItem("heed-tab", name);
		return name;
	} catch {
		return fresh;
	}
}
const tab = nameOfTab();
const keyOf = (id: string, of = tab) => `heed-draft-${id}.${of}`;
const read = (key: string) => JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;

addEventListener("pagehide", () => {
	try {
		for (const key of Object.keys(localStorage))
			if (key.startsWith("heed-draft-") && key.endsWith(`.${tab}`)) localStorage.setItem(key, JSON.stringify({ ...read(key), left: true }));
	} catch {
		// Then it is found a day later.
	}
});

/** This tab's words, else those of one that is no longer there, which are this one's from now on. */
function kept(id: string): Kept | null {
	try {
		const own = read(keyOf(id));
		if (own) return own;
		const keys = Object.keys(localStorage).filter((key) => key.startsWith(keyOf(id, "")));
		const all = keys.map((key) => ({ key, words: read(key) }));
		const free = all.filter(({ words }) => words && (words.left || words.at < Date.now() - DAY_MS));
		const [last] = free.sort((a, b) => (b.words?.at ?? 0) - (a.words?.at ?? 0));
		if (last) localStorage.removeItem(last.key);
		return last?.words ?? null;
	} catch {
		return null;
	}
}

function keep(id: string, value: Omit<Kept, "at"> | null): void {
	try {
		if (value) localStorage.setItem(keyOf(id), JSON.stringify({ ...value, at: Date.now() }));
		else localStorage.removeItem(keyOf(id));
	} catch {
		// Full or forbidden: the server has it in a moment.
	}
}

const fresh = (server: SurveyDraft): State => ({
	server,
	base: docOf(server),
	doc: docOf(server),
	past: [],
	future: [],
	field: "",
	fieldAt: 0,
	status: "saved",
	refused: [],
	meanwhile: null,
	theirs: null,
});

/** The server has another draft than the one that this work began with. */
function meet(state: State, server: SurveyDraft): State {
	const theirs = changesOf(state.base, docOf(server));
	const mine = changesOf(state.base, state.doc);
	if (theirs.length === 0) return { ...state, server, status: mine.length ? "waiting" : "saved" };
	const both = theirs.flatMap((change) => {
		const own = mine.find((one) => overlaps(one, change) && !(same(one.path, change.path) && same(one.to, change.to)));
		return own ? [{ theirs: change, mine: own }] : [];
	});
	const by = server.saved_by ?? "";
	const meanwhile = { by, name: server.saved_by_name ?? by, at: server.saved_at, theirs, both, merged: both.length === 0 };
	if (both.length > 0) return { ...state, status: "asks", meanwhile, theirs: server };
	return {
		...state,
		server,
		base: docOf(server),
		doc: applied(docOf(server), mine),
		past: [...state.past, state.doc],
		status: mine.length ? "waiting" : "saved",
		meanwhile,
		theirs: null,
	};
}

function begin(server: SurveyDraft): State {
	const state = fresh(server);
	const left = kept(server.survey.id);
	if (!left || same(left.doc, state.doc)) return state;
	if (left.revision === server.revision) return { ...state, doc: left.doc, past: [state.doc], status: "waiting" };
	return meet({ ...state, base: left.base, doc: left.doc, past: [left.base] }, server);
}

type Action =
	| { do: "edit"; doc: Doc; field: string }
	| { do: "undo"; older?: Doc }
	| { do: "redo" }
	| { do: "saving" }
	| { do: "saved"; server: SurveyDraft; sent: Doc }
	| { do: "met"; server: SurveyDraft }
	| { do: "failed"; error: unknown }
	| { do: "decide"; mine: boolean }
	| { do: "seen" }
	| { do: "replace"; server: SurveyDraft };

const touched = (state: State, doc: Doc): State => ({
	...state,
	doc,
	refused: [],
	status: state.status === "asks" ? "asks" : same(doc, state.base) ? "saved" : "waiting",
});

function edit(state: State, doc: Doc, field: string): State {
	const now = Date.now();
	const more = field !== "" && field === state.field && now - state.fieldAt < oneStep && state.past.length > 0;
	return {
		...touched(state, doc),
		past: more ? state.past : [...state.past.slice(-199), state.doc],
		future: [],
		field,
		fieldAt: now,
	};
}

function undo(state: State, older?: Doc): State {
	const before = state.past.at(-1) ?? older;
	if (!before) return state;
	return { ...touched(state, before), past: state.past.slice(0, -1), future: [...state.future, state.doc], field: "" };
}

function redo(state: State): State {
	const next = state.future.at(-1);
	if (!next) return state;
	return { ...touched(state, next), past: [...state.past, state.doc], future: state.future.slice(0, -1), field: "" };
}

function saved(state: State, server: SurveyDraft, sent: Doc): State {
	const base = docOf(server);
	// The server may have trimmed a text: that is no change of anybody's.
	const doc = same(state.doc, sent) ? base : state.doc;
	return { ...state, server, base, doc, status: same(doc, base) ? "saved" : "waiting", refused: [] };
}

function decide(state: State, mineWins: boolean): State {
	const { theirs, meanwhile } = state;
	if (!theirs || !meanwhile) return state;
	const mine = changesOf(state.base, state.doc).filter(
		(one) => mineWins || !meanwhile.theirs.some((change) => overlaps(one, change)),
	);
	const doc = applied(docOf(theirs), mine);
	return {
		...state,
		server: theirs,
		base: docOf(theirs),
		doc,
		past: [...state.past, state.doc],
		status: same(doc, docOf(theirs)) ? "saved" : "waiting",
		meanwhile: null,
		theirs: null,
	};
}

function failed(state: State, error: unknown): State {
	const known = error instanceof Refusal;
	if (known && error.status === 422) return { ...state, status: "invalid", refused: error.errors };
	return { ...state, status: "away", refused: known && error.status !== 0 ? [{ path: "", message: error.message }] : [] };
}

function step(state: State | null, action: Action): State | null {
	if (action.do === "replace") return state && state.server.survey.id === action.server.survey.id && !same(state.doc, state.base)
		? meet(state, action.server)
		: begin(action.server);
	if (!state) return state;
	switch (action.do) {
		case "edit":
			return edit(state, action.doc, action.field);
		case "undo":
			return undo(state, action.older);
		case "redo":
			return redo(state);
		case "saving":
			return { ...state, status: "saving" };
		case "saved":
			return saved(state, action.server, action.sent);
		case "met":
			return meet(state, action.server);
		case "failed":
			return failed(state, action.error);
		case "decide":
			return decide(state, action.mine);
		case "seen":
			return { ...state, meanwhile: null };
	}
}

export interface Work extends State {
	wrong: Wrong;
	edit: (doc: Doc, field: string) => void;
	undo: () => void;
	redo: () => void;
	canUndo: boolean;
	canRedo: boolean;
	decide: (mine: boolean) => void;
	seen: () => void;
	/** Saves at once what is not saved yet; the draft as the server has it, or null when it cannot be. */
	flush: () => Promise<SurveyDraft | null>;
	/** Somebody else may have saved: looks. */
	look: () => Promise<void>;
	replace: (server: SurveyDraft) => void;
}

/** The last save of a screen that was left. */
const leaving = new Map<string, Promise<unknown>>();

/** What is worked on, to begin with: behind one's own last save, which else would look like a colleague's. */
export async function firstDraft(id: string, signal: AbortSignal): Promise<SurveyDraft> {
	await leaving.get(id);
	return getSurveyDraft({ survey: id }, { signal });
}

/** null while there is no draft yet: `replace` brings the first. One component is for one survey. */
export function useDraft(id: string): { work: Work | null; replace: (server: SurveyDraft) => void } {
	const [state, show] = useState<State | null>(null);
	const now = useRef(state);
	/* At once, and not when it is drawn: a screen that was left draws no more, and still saves. */
	const act = useCallback(
		(action: Action) => {
			const next = step(now.current, action);
			now.current = next;
			show(next);
			if (next) keep(id, same(next.doc, next.base) ? null : { revision: next.server.revision, base: next.base, doc: next.doc });
		},
		[id],
	);
	const sending = useRef<Promise<SurveyDraft | null>>(Promise.resolve(null));
	const older = useRef<Doc[] | null>(null);

	const send = useCallback(async (): Promise<SurveyDraft | null> => {
		const at = now.current;
		if (!at || at.status === "asks" || Object.keys(wrongIn(at.doc)).length > 0) return null;
		if (same(at.doc, at.base)) return at.server;
		const sent = at.doc;
		act({ do: "saving" });
		try {
			const server = await saveSurveyDraft({ survey: id, body: { revision: at.server.revision, ...sent } });
			act({ do: "saved", server, sent });
			return server;
		} catch (error) {
			if (error instanceof Refusal && error.status === 409) {
				const server = await getSurveyDraft({ survey: id }).catch(() => null);
				if (server && !server.survey.deleted_at) act({ do: "met", server });
				else act({ do: "failed", error });
			} else act({ do: "failed", error });
			return null;
		}
	}, [id]);

	/* One behind the other: each names the revision that the one before it made. */
	const flush = useCallback(() => {
		sending.current = sending.current.then(send);
		return sending.current;
	}, [send]);

	const doc = state?.doc;
	const status = state?.status;
	useEffect(() => {
		if (status !== "waiting") return;
		const timer = setTimeout(() => void flush(), pause);
		return () => clearTimeout(timer);
	}, [doc, status, flush, state?.base]);

	// A network that was away, or a server that was busy, is asked again.
	useEffect(() => {
		if (status !== "away") return;
		const again = () => void flush();
		const timer = setInterval(again, 5000);
		window.addEventListener("online", again);
		return () => {
			clearInterval(timer);
			window.removeEventListener("online", again);
		};
	}, [status, flush]);

	useEffect(() => () => void leaving.set(id, flush()), [id, flush]);

	const look = useCallback(async () => {
		const at = now.current;
		if (!at || at.status === "saving" || at.status === "asks") return;
		const server = await getSurveyDraft({ survey: id }).catch(() => null);
		const still = now.current;
		if (server && still && still.server.revision < server.revision && still.status !== "saving") act({ do: "met", server });
	}, [id, act]);

	useEffect(() => {
		const onSight = () => document.visibilityState === "visible" && void look();
		document.addEventListener("visibilitychange", onSight);
		window.addEventListener("focus", onSight);
		return () => {
			document.removeEventListener("visibilitychange", onSight);
			window.removeEventListener("focus", onSight);
		};
	}, [look]);

	const goBack = useCallback(async () => {
		const at = now.current;
		if (!at) return;
		if (at.past.length > 0) return act({ do: "undo" });
		if (!older.current) {
			const { drafts } = await listSurveyDrafts({ survey: id }).catch(() => ({ drafts: [] }));
			older.current = [...drafts.map(docOf), docOf(at.server.published)];
		}
		while (older.current[0] && same(older.current[0], now.current?.doc)) older.current.shift();
		const before = older.current.shift();
		if (before) act({ do: "undo", older: before });
	}, [id, act]);

	const replace = useCallback((server: SurveyDraft) => act({ do: "replace", server }), [act]);
	if (!state) return { work: null, replace };
	const work: Work = {
		...state,
		wrong: wrongIn(state.doc),
		edit: (to, field) => act({ do: "edit", doc: to, field }),
		undo: () => void goBack(),
		redo: () => act({ do: "redo" }),
		canUndo: state.past.length > 0 || (older.current ? older.current.length > 0 : state.server.revision > 0),
		canRedo: state.future.length > 0,
		decide: (mine) => act({ do: "decide", mine }),
		seen: () => act({ do: "seen" }),
		flush,
		look,
		replace,
	};
	return { work, replace };
}
