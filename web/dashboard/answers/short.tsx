// web/dashboard/answers/short.tsx - a comment in a row of a list.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { ResponseItem } from "../api.ts";
import { Marked } from "./mark.tsx";

/** Of a conversation what the customer said. What was searched for may stand anywhere, so then all of it. */
export function Short(props: { answer: Pick<ResponseItem, "comment" | "turns">; search?: string; most?: number }): ReactElement {
	const { answer, search = "", most } = props;
	const text = answer.comment ?? "";
	const turns = search === "" ? answer.turns.filter((turn) => turn.customer) : [];
	const [first] = turns;
	if (!first) return <Marked text={text.slice(0, most)} search={search} />;
	const bytes = new TextEncoder().encode(text);
	const words = turns.map((turn) => new TextDecoder().decode(bytes.subarray(turn.from, turn.from + turn.length)));
	return (
		<>
			<span className="quiet">{first.label}:</span> {words.join(" … ").slice(0, most)}
		</>
	);
}
