// web/dashboard/insight/number.tsx - a score in a line of text or a cell: the number, its range, its n, and a way to its answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";
import { type Scored, useSay } from "./range.tsx";

/** `to` is the list of the very answers, `onOpen` shows them where no list does; those who see figures only get neither. */
export function Score({ figure, to, onOpen }: { figure: Scored; to?: string; onOpen?: () => void }): ReactElement {
	const t = useWords("insight");
	const f = useFormat();
	const say = useSay();
	const { role } = useMe();
	const { nps, interval, responses: n } = figure;
	const count = t("n", { n });
	const scored = nps !== null && interval ? f.scored(nps, interval) : null;
	const hasWay = role !== "viewer" && n > 0;
	return (
		<span className={figure.rough ? "scored rough" : "scored"} title={say(figure)}>
			<strong>{nps === null ? "–" : (scored?.nps ?? f.score(nps))}</strong>{" "}
			<span className="quiet">
				{scored && `(${t("range", scored)}) · `}
				{hasWay && to ? (
					<Link href={to}>{count}</Link>
				) : hasWay && onOpen ? (
					<button type="button" className="scored-open" onClick={onOpen}>
						{count}
					</button>
				) : (
					count
				)}
			</span>
		</span>
	);
}
