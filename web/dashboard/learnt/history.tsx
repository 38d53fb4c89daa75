// web/dashboard/learnt/history.tsx - does reading get better from one learning to the next?
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { Learnt } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

const width = 480;
const height = 96;
/** Fewer make no line. */
const from = 3;

export function LearntHistory({ history }: { history: Learnt["history"] }): ReactElement | null {
	const t = useWords("learnt");
	const f = useFormat();
	const [first, last] = [history[0], history.at(-1)];
	if (history.length < from || !first || !last) return null;
	const low = Math.min(...history.map((one) => one.right.lo));
	const high = Math.max(...history.map((one) => one.right.hi));
	const x = (i: number) => 6 + (i * (width - 12)) / (history.length - 1);
	const y = (v: number) => height - 8 - ((v - low) / (high - low || 1)) * (height - 16);
	const label = t("history_said", {
		n: history.length,
		from: f.shortDay(f.dayOf(first.learnt_at)),
		first: f.percent(first.right.share),
		last: f.percent(last.right.share),
	});
	const band = [...history.map((one, i) => `${x(i)},${y(one.right.hi)}`), ...history.map((one, i) => `${x(i)},${y(one.right.lo)}`).reverse()];
	return (
		<figure className="learnt-history">
			<figcaption>{label}</figcaption>
			<svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
				<polygon points={band.join(" ")} />
				<polyline points={history.map((one, i) => `${x(i)},${y(one.right.share)}`).join(" ")} />
				<circle cx={x(history.length - 1)} cy={y(last.right.share)} r={4} />
			</svg>
		</figure>
	);
}
