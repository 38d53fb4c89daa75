// web/dashboard/themes/months.tsx - month by month, which share of the comments speaks of a theme.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { ThemeAlone } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { monthShares, useSayShare } from "./share.tsx";

/** The newest is what is spoken of. */
const toNewest = (list: HTMLElement | null): void => {
	if (list) list.scrollLeft = list.scrollWidth;
};

export function Months({ value }: { value: ThemeAlone }): ReactElement | null {
	const t = useWords("themes");
	const f = useFormat();
	const say = useSayShare();
	const all = monthShares(value.months, value.theme.months);
	if (all.length < 2) return null;
	const most = Math.max(...all.map((one) => one.share), 0.01);
	const [first, last] = [all[0], all.at(-1)];
	return (
		<Framed
			title={t("months")}
			says={first && last && t("months_says", { from: f.month(first.day), to: f.month(last.day), first: f.percent(first.share), last: f.percent(last.share) })}
			name="theme-by-month"
			head={[t("col_month"), t("col_share_all"), t("col_comments"), t("col_of")]}
			rows={all.map((one) => [f.month(one.day), 100 * one.share, one.comments, one.of])}
		>
			<ul className="themes-months" ref={toNewest} tabIndex={0} aria-label={t("months")}>
				{all.map((one) => {
					const said = say({ ...one, interval: [one.share, one.share] });
					return (
						<li key={one.day} title={`${f.month(one.day)}: ${said}`}>
							<span className="themes-month-share">{f.percent(one.share)}</span>
							<span className="themes-month-bar" style={{ blockSize: `${Math.max(2, (100 * one.share) / most)}px` }} aria-hidden="true" />
							<span className="themes-month-name">{f.month(one.day)}</span>
						</li>
					);
				})}
			</ul>
		</Framed>
	);
}
