// web/dashboard/themes/share.tsx - a share of comments with the range it likely lies in, and its way over the months.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { ThemeRow, Themes } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

type Share = Pick<ThemeRow["all"], "comments" | "of" | "share" | "interval">;
export type Group = keyof ThemeRow["groups"];
export const groups: readonly Group[] = ["detractors", "passives", "promoters"];

/** The end of the axis for shares that are to be compared: quarters of the whole. */
export function endOf(shares: Share[]): number {
	const most = Math.max(0, ...shares.map((one) => one.interval?.[1] ?? 0));
	return Math.min(1, Math.ceil(most * 4) / 4) || 1;
}

/** "about 35 % (8 of 23 comments; likely 19 to 55 %)": for a tooltip, a spoken text. */
export function useSayShare(): (share: Share) => string {
	const t = useWords("themes");
	const f = useFormat();
	return ({ comments, of, share, interval }) =>
		share === null || interval === null
			? t("share_none")
			: t("share_said", { share: f.percent(share), comments, of, low: f.percent(interval[0] ?? 0), high: f.percent(interval[1] ?? 0) });
}

export function ShareBar({ share, end, kind }: { share: Share; end: number; kind: Group | "who" }): ReactElement {
	const say = useSayShare();
	const at = (v: number) => `${Math.min(100, (100 * v) / end)}%`;
	return (
		<span className={`share-bar ${kind}`} role="img" aria-label={say(share)} title={say(share)}>
			<span className="share-fill" style={{ inlineSize: at(share.share ?? 0) }} />
			{share.interval && (
				<span className="share-range" style={{ insetInlineStart: at(share.interval[0] ?? 0), insetInlineEnd: `calc(100% - ${at(share.interval[1] ?? 0)})` }} />
			)}
		</span>
	);
}

const width = 120;
const height = 28;

/** A month of fewer comments tells nothing. */
const monthOf = 5;
/** A theme of fewer makes no line. */
const lineOf = 20;

/** Shares of the months that have comments enough. */
export function monthShares(months: Themes["months"], counts: number[]): { day: string; share: number; comments: number; of: number }[] {
	return months.flatMap((month, i) =>
		month.say_something >= monthOf ? [{ day: month.first_day, share: (counts[i] ?? 0) / month.say_something, comments: counts[i] ?? 0, of: month.say_something }] : [],
	);
}

/** Fewer months make no line. */
const monthsFrom = 3;

export function Sparkline({ months, counts }: { months: Themes["months"]; counts: number[] }): ReactElement | null {
	const t = useWords("themes");
	const f = useFormat();
	const all = monthShares(months, counts);
	const [first, last] = [all[0], all.at(-1)];
	const comments = counts.reduce((sum, n) => sum + n, 0);
	if (all.length < monthsFrom || comments < lineOf || !first || !last) return null;
	const most = Math.max(...all.map((one) => one.share)) || 1;
	const x = (i: number) => 2 + (i * (width - 4)) / (all.length - 1);
	const y = (share: number) => height - 3 - (share / most) * (height - 6);
	const label = t("spark", { from: f.month(first.day), to: f.month(last.day), first: f.percent(first.share), last: f.percent(last.share) });
	return (
		<svg className="themes-spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
			<title>{label}</title>
			<polyline points={all.map((one, i) => `${x(i)},${y(one.share)}`).join(" ")} />
			<circle cx={x(all.length - 1)} cy={y(last.share)} r={2.5} />
		</svg>
	);
}

/** What is said of it well and badly; a comment may do both, most name it only. */
export function Sides({ row }: { row: Pick<ThemeRow["all"], "comments" | "praised" | "criticised"> }): ReactElement {
	const t = useWords("themes");
	const label = t("sides", { praised: row.praised, criticised: row.criticised, comments: row.comments });
	const part = (n: number) => `${(100 * n) / Math.max(row.comments, row.praised + row.criticised, 1)}%`;
	return (
		<span className="themes-sides" role="img" aria-label={label} title={label}>
			<span className="themes-bad" style={{ inlineSize: part(row.criticised) }} />
			<span className="themes-good" style={{ inlineSize: part(row.praised) }} />
		</span>
	);
}
