// web/dashboard/insight/ways.tsx - the row on each screen of the insight section: to the others, and the analyst's view.
//
// A new screen: its name in `ways`, its words `way_NAME` in insight.*.json, its row in screens.tsx at /insight/NAME.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Switch } from "@mantine/core";
import { type ReactElement, useSyncExternalStore } from "react";
import { Link } from "wouter";
import { useFilter } from "../filter/use_filter.ts";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";

/** In the order of the questions: what, where, when, why; then what only an analyst asks. */
const ways = ["found", "trends", "segments", "themes", "words", "compare", "journey", "portfolio", "board", "why", "quality", "planner"] as const;
const ofAnalysts: readonly string[] = ["why", "quality", "planner"];
/** They show what people write. */
const ofReaders: readonly string[] = ["words"];
type InsightWay = (typeof ways)[number];

const key = "heed.analyst_view";
const told = new EventTarget();

/** Does this browser's user want to see what needs more explaining? */
export function useAnalystView(): [boolean, (on: boolean) => void] {
	const on = useSyncExternalStore(
		(changed) => {
			told.addEventListener("change", changed);
			return () => told.removeEventListener("change", changed);
		},
		() => localStorage.getItem(key) === "on",
	);
	const set = (wanted: boolean) => {
		if (wanted) localStorage.setItem(key, "on");
		else localStorage.removeItem(key);
		told.dispatchEvent(new Event("change"));
	};
	return [on, set];
}

/** On a phone the row is wider than the screen: the current one is in sight. */
const show = (link: HTMLAnchorElement | null) => {
	const row = link?.closest("nav");
	if (link && row) row.scrollLeft += Math.max(0, link.getBoundingClientRect().right - row.getBoundingClientRect().right);
};

export function InsightWays({ at }: { at: InsightWay }): ReactElement {
	const t = useWords("insight");
	const { role } = useMe();
	const filter = useFilter();
	const [analyst, setAnalyst] = useAnalystView();
	const mayAnalyse = ["owner", "admin", "analyst"].includes(role) && ways.some((way) => ofAnalysts.includes(way));
	const shown = ways.filter((way) => (role !== "viewer" || !ofReaders.includes(way)) && (!ofAnalysts.includes(way) || way === at || (mayAnalyse && analyst)));
	return (
		<div className="insight-head no-print">
			<nav className="insight-ways" aria-label={t("ways")}>
				<ul>
					{shown.map((way) => (
						<li key={way}>
							<Link ref={way === at ? show : undefined} href={filter.on(way === "found" ? "/insight" : `/insight/${way}`)} aria-current={way === at ? "page" : undefined}>
								{t(`way_${way}`)}
							</Link>
						</li>
					))}
				</ul>
			</nav>
			{mayAnalyse && (
				<Switch
					size="sm"
					label={t("analyst_view")}
					checked={analyst}
					onChange={(event) => setAnalyst(event.currentTarget.checked)}
				/>
			)}
		</div>
	);
}
