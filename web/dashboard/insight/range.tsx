// web/dashboard/insight/range.tsx - a score and the range it likely lies in, on the axis from -100 to 100 or a part of it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { Figure } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

export type Scored = Pick<Figure, "nps" | "interval" | "responses" | "rough">;

/** Ends for a column of ranges: multiples of 25 around all of them, so that rows can be compared. */
export function endsOf(figures: Scored[]): [number, number] {
	const all = figures.flatMap(({ interval }) => interval ?? []);
	if (all.length === 0) return [-100, 100];
	return [Math.floor(Math.min(...all) / 25) * 25, Math.ceil(Math.max(...all) / 25) * 25];
}

/** "42, likely between 35 and 49, 312 answers": for a tooltip, a spoken text, a cell. */
export function useSay(): (figure: Scored) => string {
	const t = useWords("insight");
	const f = useFormat();
	return ({ nps, interval, responses: n }) =>
		nps === null || interval === null
			? t("say_few", { n })
			: t("say", { ...f.scored(nps, interval), n });
}

/** `real`: it differs from what it is compared with by more than chance. */
export function Range({ figure, ends, real }: { figure: Scored; ends: [number, number]; real?: boolean }): ReactElement {
	const say = useSay();
	const [low, high] = ends;
	const at = (v: number) => `${(100 * (v - low)) / (high - low || 1)}%`;
	const { nps, interval } = figure;
	return (
		<span className={real ? "range real" : figure.rough ? "range rough" : "range"} role="img" aria-label={say(figure)} title={say(figure)}>
			{low < 0 && high > 0 && <span className="range-zero" style={{ insetInlineStart: at(0) }} />}
			{interval && (
				<span className="range-bar" style={{ insetInlineStart: at(interval[0]), insetInlineEnd: `calc(100% - ${at(interval[1])})` }} />
			)}
			{nps !== null && <span className="range-dot" style={{ insetInlineStart: at(nps) }} />}
		</span>
	);
}
