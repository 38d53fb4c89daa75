// web/dashboard/ui/turns.tsx - a call or chat by its turns: who spoke, and which turns count.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";

interface Turn {
	label: string;
	customer: boolean;
	words: ReactNode;
}

/** `counts` and `not` say of a turn whether it does. */
export function Turns(props: { turns: Turn[]; lang?: string; counts: string; not: string }): ReactElement {
	return (
		<ol className="call-turns">
			{props.turns.map((turn, i) => (
				<li key={i} className={turn.customer ? "call-counts" : undefined}>
					<span className="call-who">
						<b dir="auto">{turn.label}</b> <span>{turn.customer ? props.counts : props.not}</span>
					</span>
					<span className="call-words" dir="auto" lang={props.lang}>
						{turn.words}
					</span>
				</li>
			))}
		</ol>
	);
}
