// web/dashboard/reader/correct.ts - what a person says of a comment: shown at once, sent behind, and taken back in the order
// in which it was said.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRef } from "react";
import { type Theme, correctReading, getResponse, type ResponseItem, undoCorrection } from "../api.ts";
import { perform, takeBack } from "../answers/actions.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { say, sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { type Reading, sideOf } from "./pieces.ts";

export const sentiments = ["negative", "neutral", "positive", "mixed"] as const;
export type Sentiment = (typeof sentiments)[number];
export type Polarity = -1 | 0 | 1;

export type Shown = Pick<ResponseItem, "id" | "starred" | "reading">;
type Patch = (id: string, change: Partial<Shown>) => void;

interface Deed {
	answer: string;
	before: Partial<Shown>;
	back: () => Promise<void>;
}

/** What is on its way to the server of one answer, one behind the other: of what is said of the same thing the last one counts. */
interface Line {
	tail: Promise<unknown>;
	said: number;
	sent: number;
	/** As far as is known the server has it so. */
	known: Partial<Shown>;
	/** Something was refused or taken back: only the server knows now what it has. */
	doubtful: boolean;
}

type Body = Parameters<typeof correctReading>[0]["body"];

/** What the reading is when the correction stands. */
function corrected(reading: Reading, body: Body, theme?: Theme): Reading {
	const others = reading.themes.filter((one) => one.id !== body.theme_id);
	const had = reading.themes.find((one) => one.id === body.theme_id);
	const polarity = body.polarity ?? 0;
	switch (body.kind) {
		case "sentiment":
			return { ...reading, sentiment: { label: body.sentiment as Sentiment, score: null, by_person: true } };
		case "theme-removed":
			return { ...reading, themes: others };
		case "theme-polarity":
			return {
				...reading,
				themes: reading.themes.map((one) =>
					one.id === body.theme_id ? { ...one, polarity, places: one.places.map((place) => ({ ...place, polarity })) } : one,
				),
			};
		case "theme-added": {
			if (!theme || had) return reading;
			const { id, code, name, names } = theme;
			return { ...reading, themes: [...others, { id, code, name, names, polarity, by_person: true, places: [] }] };
		}
		default:
			return reading;
	}
}

export interface Corrections {
	sentiment: (answer: Shown, label: Sentiment) => void;
	/** null: it does not speak of the theme. */
	theme: (answer: Shown, theme: Theme, polarity: Polarity | null) => void;
	star: (answer: Shown) => void;
	undo: () => void;
}

/** `show` puts what changed into what is shown; `go` leads to an answer where something is taken back. */
export function useCorrections(show: Patch, go: (id: string) => void, nameOf: (theme: Theme) => string): Corrections {
	const t = useWords("reader");
	const done = useRef<Deed[]>([]);
	const lines = useRef(new Map<string, Line>());
	const latest = useRef({ show, go });
	latest.current = { show, go };

	/** Nothing is on its way any more: shows what the server has, where that is in doubt and nothing more was said meanwhile. */
	const settle = async (id: string, line: Line) => {
		if (line.doubtful) {
			latest.current.show(id, line.known);
			const { said } = line;
			const now = await getResponse({ response: id }).catch(() => null);
			if (line.said !== said) return;
			if (now) latest.current.show(id, { starred: now.starred, reading: now.reading });
		}
		lines.current.delete(id);
	};

	/** `before` and `after` are what the server has before it was sent, and when it took it. */
	const inLine = <T>(id: string, before: Partial<Shown>, after: Partial<Shown>, send: () => Promise<T>): Promise<T> => {
		const line = lines.current.get(id) ?? { tail: Promise.resolve(), said: 0, sent: 0, known: {}, doubtful: false };
		lines.current.set(id, line);
		line.known = { ...before, ...line.known };
		line.said++;
		const sent = line.tail.then(send);
		line.tail = sent
			.then(
				() => (line.known = { ...line.known, ...after }),
				() => (line.doubtful = true),
			)
			.then(() => {
				if (++line.sent === line.said) void settle(id, line);
			});
		return sent;
	};

	const run = (id: string, before: Partial<Shown>, after: Partial<Shown>, words: string, send: () => Promise<() => Promise<unknown>>) => {
		latest.current.show(id, after);
		let over = false;
		const sent = inLine(id, before, after, send);
		const forget = () => {
			over = true;
			done.current = done.current.filter((one) => one !== deed);
			// What was said on top of it stands on what was before it.
			for (const one of done.current)
				if (one.answer === id && one.before.reading === after.reading && one.before.starred === after.starred) one.before = deed.before;
		};
		const takeBack = async () => {
			const line = lines.current.get(id);
			if (line) line.doubtful = true;
			const undo = await sent.catch(() => null); // told already
			await undo?.();
		};
		const deed: Deed = {
			answer: id,
			before,
			back: async () => {
				if (over) return;
				const newest = done.current.filter((one) => one.answer === id).at(-1) === deed;
				forget();
				// Of an earlier one nobody but the server knows what is left without it.
				if (newest) latest.current.show(id, deed.before);
				await inLine(id, newest ? after : {}, newest ? deed.before : {}, takeBack).catch((error: unknown) => sayBad(sentenceOf(error)));
			},
		};
		done.current.push(deed);
		sent.then(
			() => over || undoable(words, deed.back),
			(error: unknown) => {
				forget();
				sayBad(sentenceOf(error));
			},
		);
	};

	const correct = (answer: Shown, body: Body, words: string, theme?: Theme) => {
		const { id, reading } = answer;
		if (!reading) {
			say(t("not_read"));
			return;
		}
		run(id, { reading }, { reading: corrected(reading, body, theme) }, words, async () => {
			const made = await correctReading({ response: id, body });
			return () => undoCorrection({ response: id, correction: made.id });
		});
	};

	return {
		sentiment: (answer, label) => {
			const said = answer.reading?.sentiment;
			if (said?.by_person && said.label === label) return;
			correct(answer, { kind: "sentiment", sentiment: label }, t("did_sentiment", { what: t(`is_${label}`) }));
		},
		theme: (answer, theme, polarity) => {
			const had = answer.reading?.themes.find((one) => one.id === theme.id);
			const name = nameOf(theme);
			if (polarity === null) {
				if (had) correct(answer, { kind: "theme-removed", theme_id: theme.id }, t("did_remove", { name }));
			} else if (had) correct(answer, { kind: "theme-polarity", theme_id: theme.id, polarity }, t("did_side", { name, side: sideOf(polarity) }));
			else correct(answer, { kind: "theme-added", theme_id: theme.id, polarity }, t("did_add", { name }), theme);
		},
		star: ({ id, starred }) =>
			run(id, { starred }, { starred: !starred }, t(starred ? "did_unstar" : "did_star"), async () => {
				const deed = await perform({ action: starred ? "unstar" : "star" }, { ids: [id] });
				return () => takeBack(deed.undo);
			}),
		undo: () => {
			const last = done.current.at(-1);
			if (!last) {
				say(t("nothing_to_undo"));
				return;
			}
			latest.current.go(last.answer);
			void last.back();
		},
	};
}
