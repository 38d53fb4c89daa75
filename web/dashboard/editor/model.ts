// web/dashboard/editor/model.ts - what an editor works on: a definition with its times and limit; what differs between two
// of them, and how the work of two people is put together.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Definition, SurveyDraft } from "../api.ts";

export const groups = ["promoters", "passives", "detractors"] as const;
export type Group = (typeof groups)[number];
export type Question = NonNullable<Definition["questions"]>[number];
type Translation = NonNullable<Definition["translations"]>[string];

export interface Doc {
	definition: Definition;
	opens_at: string | null;
	closes_at: string | null;
	max_answers: number | null;
}

const textMax = 500;
export const questionsMax = 3;
export const choicesMax = 20;

export const docOf = (draft: SurveyDraft | SurveyDraft["published"]): Doc => ({
	definition: draft.definition,
	opens_at: draft.opens_at,
	closes_at: draft.closes_at,
	max_answers: draft.max_answers,
});

/**
 * Members in the order of their names, and nothing where there is nothing: equal documents give equal texts. A language is
 * there before its first text is.
 */
function canonical(value: unknown, of = ""): unknown {
	if (Array.isArray(value)) return value.map((part) => canonical(part));
	if (value === null || typeof value !== "object") return value;
	const kept = Object.entries(value)
		.map(([name, part]) => [name, canonical(part, name)] as const)
		.filter(([, part]) => part !== undefined && (of === "translations" || !(isDict(part) && Object.keys(part).length === 0)));
	return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}
const isDict = (value: unknown): value is Record<string, unknown> =>
	value !== null && typeof value === "object" && !Array.isArray(value);

export const textOf = (value: unknown): string => JSON.stringify(canonical(value)) ?? "";
export const same = (a: unknown, b: unknown): boolean => textOf(a) === textOf(b);

// Two documents as trees, in which a question stands under its key: who moves one changes the order alone.

type Tree = { [name: string]: unknown };

function treeOf(doc: Doc): Tree {
	const { questions, ...definition } = doc.definition;
	return canonical({
		...doc,
		definition: {
			...definition,
			...(questions?.length && {
				questions: {
					by: Object.fromEntries(questions.map((q) => [q.key, q])),
					order: questions.map((q) => q.key),
				},
			}),
		},
	}) as Tree;
}

function docFrom(tree: Tree): Doc {
	const { questions, ...definition } = tree.definition as Tree;
	const { by, order } = (questions ?? {}) as { by?: Record<string, Question>; order?: string[] };
	const keys = [...(order ?? []).filter((key) => by?.[key]), ...Object.keys(by ?? {}).filter((key) => !order?.includes(key))];
	return {
		opens_at: null,
		closes_at: null,
		max_answers: null,
		...tree,
		definition: {
			...(definition as Definition),
			...(keys.length && by && { questions: keys.map((key) => by[key] as Question).slice(0, questionsMax) }),
		},
	};
}

export interface Change {
	/** Names from the root: ["definition", "translations", "de", "question"]. */
	path: string[];
	from: unknown;
	to: unknown;
}

/** Texts by group or by name, of which there may be none yet; a question, a button or a whole language is one thing. */
const holdsTexts = (value: unknown, path: string[]) =>
	isDict(value) && !("text" in value) && !("by" in value) && !(path.length === 3 && path[1] === "translations");

function differences(a: unknown, b: unknown, path: string[], out: Change[]): Change[] {
	if (a === undefined && holdsTexts(b, path)) return differences({}, b, path, out);
	if (b === undefined && holdsTexts(a, path)) return differences(a, {}, path, out);
	if (!isDict(a) || !isDict(b)) {
		if (textOf(a) !== textOf(b)) out.push({ path, from: a, to: b });
		return out;
	}
	for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) differences(a[name], b[name], [...path, name], out);
	return out;
}

/** What one must do to `a` to have `b`, one entry for each text, switch or question. */
export const changesOf = (a: Doc, b: Doc): Change[] => differences(treeOf(a), treeOf(b), [], []);

function put(tree: Tree, path: string[], value: unknown): Tree {
	const [name = "", ...rest] = path;
	if (rest.length > 0) return { ...tree, [name]: put(isDict(tree[name]) ? tree[name] : {}, rest, value) };
	const { [name]: _, ...others } = tree;
	return value === undefined ? others : { ...tree, [name]: value };
}

/** Does one of the two lie within the other? */
export const overlaps = (a: Change, b: Change): boolean =>
	a.path.slice(0, b.path.length).join("/") === b.path.slice(0, a.path.length).join("/");

export const applied = (doc: Doc, changes: Change[]): Doc =>
	docFrom(changes.reduce((tree, change) => put(tree, change.path, change.to), treeOf(doc)));

// Changing a definition.

/** The object with a member set; an empty or absent value takes it away. */
export function withMember<T extends object>(value: T, name: keyof T, to: unknown): T {
	const { [name]: _, ...others } = value;
	const empty = to === undefined || to === "" || (isDict(to) && Object.keys(to).length === 0);
	return (empty ? others : { ...value, [name]: to }) as T;
}

/** The same deeper in: at ["translations", "de", "question"]. */
export function withText(definition: Definition, path: string[], text: string | undefined): Definition {
	const go = (at: Record<string, unknown>, [name = "", ...rest]: string[]): Record<string, unknown> =>
		rest.length === 0
			? withMember(at, name, text)
			: withMember(at, name, go(isDict(at[name]) ? (at[name] as Record<string, unknown>) : {}, rest));
	const [first = "", tag = "", ...rest] = path;
	if (first !== "translations") return go(definition as unknown as Record<string, unknown>, path) as unknown as Definition;
	// A language stays when its last text goes.
	const translations = definition.translations ?? {};
	return { ...definition, translations: { ...translations, [tag]: go((translations[tag] ?? {}) as Record<string, unknown>, rest) as Translation } };
}

export function textAt(definition: Definition, path: string[]): string {
	let at: unknown = definition;
	for (const name of path) at = isDict(at) ? at[name] : undefined;
	return typeof at === "string" ? at : "";
}

/** A key that no other has: "q2". */
export function freeKey(letter: string, taken: string[]): string {
	for (let n = 1; ; n++) if (!taken.includes(letter + n)) return letter + n;
}

/** What may be translated, in the order of the page: where it stands in a translation, and what it says by itself. */
interface Slot {
	path: string[];
	original: string;
	/** Of Heed's own words, which stand in when nothing is said. */
	builtIn?: string[];
}

const oneForAll = (texts: object | undefined) => texts !== undefined && "all" in texts;

export function slotsOf(d: Definition): Slot[] {
	const plain = ["question", "low_label", "high_label"].map((name) => ({
		path: [name],
		original: textAt(d, [name]),
		builtIn: [name],
	}));
	const followUps = (d.follow_up_one ? ["all"] : groups).map((g) => ["follow_up", g]);
	const thanks = (oneForAll(d.thanks) ? ["all"] : groups).map((g) => ["thanks", g]);
	const texts = [...followUps, ...thanks].map((path) => ({ path, original: textAt(d, path), builtIn: path }));
	const buttons = (["all", ...groups] as const)
		.filter((g) => d.thanks_button?.[g])
		.map((g) => ({ path: ["thanks_button", g], original: d.thanks_button?.[g]?.text ?? "" }));
	const questions = (d.questions ?? []).flatMap((q) => [
		{ path: ["questions", q.key, "text"], original: q.text },
		...(q.choices ?? []).map((c) => ({ path: ["questions", q.key, "choices", c.key], original: c.text })),
	]);
	return [...plain, ...texts, ...buttons, ...questions];
}

/** One follow-up for all, or one for each group: what was written is kept where it has a place. */
export function withOneFollowUp(d: Definition, one: boolean): Definition {
	const turned = (texts: Definition["follow_up"]): Definition["follow_up"] => {
		const first = texts && (texts.all ?? texts.promoters ?? texts.passives ?? texts.detractors);
		if (!first) return undefined;
		return one ? { all: first } : { promoters: first, passives: first, detractors: first };
	};
	const translations = Object.entries(d.translations ?? {}).map(
		([tag, t]) => [tag, withMember(t, "follow_up", turned(t.follow_up))] as const,
	);
	return {
		...withMember(d, "follow_up", turned(d.follow_up)),
		follow_up_one: one,
		...(d.translations && { translations: Object.fromEntries(translations) }),
	};
}

// What cannot be saved, by the path that the server would name.

export type Wrong = Record<string, "too_long" | "missing" | "bad_url" | "bad_key" | "twice" | "before_opening" | "bad_number">;

const httpUrl = /^https?:\/\/[^\s"<>\\^`{|}@/?#]+([/?#][^\s"<>\\^`{|}]*)?$/i;

/** The server measures in bytes. */
const isTooLong = (text: string, max: number) => text.length * 4 > max && new TextEncoder().encode(text).length > max;

function findLong(value: unknown, path: string, wrong: Wrong): void {
	if (typeof value === "string") {
		if (isTooLong(value, path.endsWith("/url") ? 1000 : textMax)) wrong[path] = "too_long";
	} else if (value && typeof value === "object") {
		for (const [name, part] of Object.entries(value)) findLong(part, `${path}/${name}`, wrong);
	}
}

export function wrongIn(doc: Doc): Wrong {
	const wrong: Wrong = {};
	const { questions = [], thanks_button: buttons = {}, properties = [] } = doc.definition;
	findLong(doc.definition, "/definition", wrong);
	questions.forEach((q, i) => {
		const at = `/definition/questions/${i}`;
		if (!q.text.trim()) wrong[`${at}/text`] = "missing";
		if (!/^[a-z0-9_]{1,40}$/.test(q.key)) wrong[`${at}/key`] = "bad_key";
		else if (questions.findIndex((other) => other.key === q.key) < i) wrong[`${at}/key`] = "twice";
		q.choices?.forEach((c, k) => {
			if (!c.text.trim()) wrong[`${at}/choices/${k}/text`] = "missing";
		});
	});
	for (const [group, button] of Object.entries(buttons)) {
		const at = `/definition/thanks_button/${group}`;
		if (!button.text.trim()) wrong[`${at}/text`] = "missing";
		if (!httpUrl.test(button.url.trim())) wrong[`${at}/url`] = button.url.trim() ? "bad_url" : "missing";
	}
	properties.forEach((name, i) => {
		if (properties.indexOf(name) < i) wrong[`/definition/properties/${i}`] = "twice";
	});
	if (doc.opens_at && doc.closes_at && doc.closes_at <= doc.opens_at) wrong["/closes_at"] = "before_opening";
	if (doc.max_answers !== null && !(doc.max_answers >= 1 && doc.max_answers <= 1e7)) wrong["/max_answers"] = "bad_number";
	return wrong;
}
