// web/dashboard/segments/asked.ts - what the screen of segments asks, kept in the address beside the filter.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Segments } from "../api.ts";
import { useParameter } from "../insight/parameter.ts";

export type Segment = Segments["segments"][number];
export type Grid = NonNullable<Segments["grid"]>;
export type Value = Pick<Segment, "value" | "version" | "rest">;
type Vote = Segments["vote"];

export const votes: Vote[] = ["answer", "person", "account"];
/** Of answers, and of those who gave them; properties and traits have names of their own. */
export const attributes = ["channel", "language", "survey", "wording", "source", "tag", "tenure", "account", "account_size"] as const;

export interface Asked {
	by: string;
	/** "": one attribute alone. */
	and: string;
	part: string | null;
	vote: Vote;
	set: (name: "by" | "and" | "part" | "vote", value: string) => void;
}

export function useAsked(): Asked {
	const [by, setBy] = useParameter("by");
	const [and, setAnd] = useParameter("and");
	const [part, setPart] = useParameter("part");
	const [vote, setVote] = useParameter("vote");
	const setters = { by: setBy, and: setAnd, part: setPart, vote: setVote };
	return {
		by: by ?? "channel",
		and: and && and !== (by ?? "channel") ? and : "",
		part,
		vote: votes.find((one) => one === vote) ?? "answer",
		set: (name, value) => setters[name](value),
	};
}

/** The same thing as it was with the answer, or as the person is today. */
export const nameOfKnown = (by: string): string | null => /^(?:property|trait)\.(.+)$/s.exec(by)?.[1] ?? null;
