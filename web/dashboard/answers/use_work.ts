// web/dashboard/answers/use_work.ts - doing things to answers from the screen: the list follows, a message offers the undo.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRef, useState } from "react";
import { sentenceOf } from "../ui/failure.tsx";
import { say, sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { type Deed, type Done, perform, takeBack, type Target } from "./actions.ts";
import type { Running } from "./bulk_bar.tsx";
import type { AnswerList } from "./store.ts";

/** What fewer answers take is done before one has read how far it is. */
const worthProgress = 500;

const withTag = (tags: string[], tag: string) =>
	tags.some((one) => one.toLowerCase() === tag.toLowerCase()) ? tags : [...tags, tag].sort((a, b) => a.localeCompare(b));
const withoutTag = (tags: string[], tag: string) => tags.filter((one) => one.toLowerCase() !== tag.toLowerCase());

/** What the list shows of a deed at once; true when it must be asked for again. */
function follow(list: AnswerList, deed: Deed, done: Done, bin: boolean): boolean {
	const { tag } = deed;
	switch (deed.action) {
		case "star":
		case "unstar":
			list.patch(done.changed, () => ({ starred: deed.action === "star" }));
			return false;
		case "tag":
		case "untag":
			list.patch(done.changed, ({ tags }) => ({
				tags: deed.action === "tag" ? withTag(tags, tag ?? "") : withoutTag(tags, tag ?? ""),
			}));
			return false;
		case "purge":
			list.remove(done.changed);
			return false;
		case "delete":
		case "restore":
			if (bin === (deed.action === "restore")) list.remove(done.changed);
			return !bin;
		default:
			return true;
	}
}

export interface Work {
	/** Grows with each change: what shows an answer asks for it again. */
	changes: number;
	running: Running | null;
	run: (deed: Deed, target: Target) => Promise<void>;
	/** Something was changed elsewhere, such as a note. */
	noteChange: () => void;
}

export function useWork(list: AnswerList, bin: boolean): Work {
	const t = useWords("answers");
	const [changes, setChanges] = useState(0);
	const [running, setRunning] = useState<Running | null>(null);
	const latest = useRef(list);
	latest.current = list;
	const noteChange = () => setChanges((n) => n + 1);
	const again = async () => {
		noteChange();
		await latest.current.refresh();
	};

	const tell = (deed: Deed, done: Done) => {
		const n = done.changed.length;
		if (n === 0) say(t("did_nothing"));
		else if (done.undo.length === 0) say(t("did_purge", { n }));
		else
			undoable(t(`did_${deed.action}`, { n, tag: deed.tag ?? "" }), async () => {
				await takeBack(done.undo);
				await again();
			});
	};

	const run = async (deed: Deed, target: Target) => {
		const of = "ids" in target ? target.ids.length : target.count;
		const stopping = new AbortController();
		const progress = (done: number) => {
			if (of > worthProgress) setRunning({ done, of, stop: () => stopping.abort() });
		};
		progress(0);
		const undo: Done["undo"] = [];
		try {
			const done = await perform(deed, target, progress, stopping.signal, undo);
			const stale = follow(latest.current, deed, done, bin);
			tell(deed, done);
			if (stale || !("ids" in target)) await again();
			else noteChange();
		} catch (error) {
			// What was done before it failed can be taken back all the same.
			sayBad(sentenceOf(error));
			if (undo.length > 0) tell(deed, { changed: undo.flatMap((one) => one.ids), same: 0, undo });
			await again();
		} finally {
			setRunning(null);
		}
	};
	return { changes, running, run, noteChange };
}
