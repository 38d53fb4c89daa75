// web/dashboard/learnt/share.tsx - how often something is so among comments that were held back, with the range it likely lies in.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { HeldBackShare } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

/** Agreement is told in hundredths: 1 is always. */
export function hundredths(locale: string): (n: number) => string {
	const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
	return (n) => format.format(n);
}

/** "94 of 100 (likely 93 to 96; 4,060 comments)": for a tooltip, a spoken text. */
function useSayHeldBack(): (share: HeldBackShare) => string {
	const t = useWords("learnt");
	const f = useFormat();
	return ({ share, lo, hi, of }) => t("held_back", { share: f.percent(share), low: f.percent(lo), high: f.percent(hi), n: of });
}

/** On an axis from none to all. */
export function HeldBack({ share, label, quiet }: { share: HeldBackShare; label: string; quiet?: boolean }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	const say = useSayHeldBack();
	const at = (v: number) => `${100 * v}%`;
	return (
		<div className={quiet ? "learnt-share quiet" : "learnt-share"}>
			<span className="learnt-label">{label}</span>
			{share.of === 0 ? (
				<span className="quiet learnt-none">{t("of_none")}</span>
			) : (
				<>
					<span className="learnt-axis" role="img" aria-label={`${label}: ${say(share)}`} title={say(share)}>
						<span className="learnt-range" style={{ insetInlineStart: at(share.lo), insetInlineEnd: at(1 - share.hi) }} />
						<span className="learnt-dot" style={{ insetInlineStart: at(share.share) }} />
					</span>
					<span className="learnt-said">
						<strong>{f.percent(share.share)}</strong>{" "}
						<span className="quiet">{t("likely", { low: f.percent(share.lo), high: f.percent(share.hi), n: share.of })}</span>
					</span>
				</>
			)}
		</div>
	);
}

/** How much there is of what it takes. */
export function Enough({ label, there, least, judged }: { label: string; there: number; least: number; judged?: boolean }): ReactElement {
	const t = useWords("learnt");
	const said = t(judged ? "enough_judged" : "enough", { there: Math.min(there, least), least });
	return (
		<div className="learnt-share">
			<span className="learnt-label">{label}</span>
			<span className="learnt-enough" role="img" aria-label={`${label}: ${said}`}>
				<span style={{ inlineSize: `${Math.min(100, (100 * there) / least)}%` }} />
			</span>
			<span className="learnt-said quiet">{said}</span>
		</div>
	);
}
