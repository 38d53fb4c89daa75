// web/dashboard/ui/live_mark.tsx - keeps a screen fresh, says whether it is, and holds new answers back while somebody
// reads.
//
//	const { mark, chip } = useFresh(reload, { list: ".answers", counts: !filter.active });
//
// `mark` goes beside the heading, `chip` anywhere: it floats, so that nothing moves.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, useState } from "react";
import type { LiveReading } from "../api.ts";
import { type LiveState, useLive, usePaced } from "../live.ts";
import { useWords } from "../words.ts";

/** At most so often is a screen loaded again, however many answers come. */
const PACE_MS = 1000;

function LiveMark({ state }: { state: LiveState }): ReactElement {
	const t = useWords("frame");
	return (
		<span className={`live-mark ${state}`} role="status" title={t(`live_${state}_more`)}>
			{t(`live_${state}`)}
		</span>
	);
}

interface How {
	/** Selects the list that is not moved under somebody's eyes: while it is pointed at or has the focus. */
	list: string;
	/** The news are what the list shows: they can be counted. Not so under a filter. */
	counts: boolean;
	/** What was understood of answers that are shown already: put it in its place, nothing moves. */
	onRead?: (readings: LiveReading[]) => void;
}

export function useFresh(reload: () => Promise<void>, { list, counts, onRead }: How): { mark: ReactElement; chip: ReactElement | null } {
	const t = useWords("frame");
	const [waiting, setWaiting] = useState<{ fresh: Set<string>; more: boolean } | null>(null);
	const show = usePaced(() => {
		setWaiting(null);
		return reload();
	}, PACE_MS);
	const state = useLive((news) => {
		if (news.readings.length > 0) onRead?.(news.readings);
		if (news.readings.some((one) => one.reading?.urgent.length)) dispatchEvent(new Event("heed:urgent"));
		if (news.answers.length === 0 && !news.again) return;
		if (!document.querySelector(`${list}:is(:hover, :focus-within)`)) return show();
		const fresh = news.answers.filter((a) => a.what === "new").map((a) => a.id);
		if (fresh.length > 0 || news.again)
			setWaiting((old) => ({ fresh: new Set([...(old?.fresh ?? []), ...fresh]), more: news.again || !!old?.more }));
	});
	const n = counts && !waiting?.more ? (waiting?.fresh.size ?? 0) : 0;
	const chip = waiting && (
		<button type="button" className="arrivals" onClick={show}>
			{waiting.more && waiting.fresh.size === 0 ? t("arrivals_other") : t("arrivals", { n })}
		</button>
	);
	return { mark: <LiveMark state={state} />, chip };
}
