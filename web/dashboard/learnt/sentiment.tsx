// web/dashboard/learnt/sentiment.tsx - how often comments are read the way their scores have it, group by group.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { HeldBackSentiment, Learnt } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part } from "../settings/layout.tsx";
import { useWords } from "../words.ts";
import { LearntHistory } from "./history.tsx";
import { Enough, HeldBack } from "./share.tsx";

const labels = ["negative", "mixed", "neutral", "positive"] as const;
const groups = ["detractors", "passives", "promoters"] as const;

/** What became of a group's comments: a bar of all of them, as they were read. */
function AsRead({ by }: { by: HeldBackSentiment }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	return (
		<figure className="learnt-read">
			<figcaption className="learnt-legend">
				{labels.map((one) => (
					<span key={one} className={`as-${one}`}>
						{t(`as_${one}`)}
					</span>
				))}
			</figcaption>
			{groups.map((group) => {
				const counts = by.groups[group];
				const all = labels.reduce((sum, one) => sum + counts[one], 0);
				const said = labels.map((one) => t("read_as", { n: counts[one], as: t(`as_${one}`) }));
				return (
					<div className="learnt-group" key={group}>
						<span>
							{t(group)} <span className="quiet">{f.number(all)}</span>
						</span>
						<span className="learnt-parts" role="img" aria-label={`${t(group)}: ${f.list(said)}`}>
							{labels.map((one) => counts[one] > 0 && <span key={one} className={`as-${one}`} title={t("read_as", { n: counts[one], as: t(`as_${one}`) })} style={{ flexGrow: counts[one] }} />)}
						</span>
					</div>
				);
			})}
		</figure>
	);
}

function NotYet({ value }: { value: Learnt }): ReactElement {
	const t = useWords("learnt");
	const { there_is: there, least } = value;
	return (
		<>
			<p>{t("not_yet", { least: least.each_side })}</p>
			<Enough label={t("detractors")} there={there.detractors} least={least.each_side} />
			<Enough label={t("promoters")} there={there.promoters} least={least.each_side} />
			<p>
				<Link href="/import">{t("bring_answers")}</Link>
			</p>
		</>
	);
}

export function Sentiment({ value }: { value: Learnt }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	const figures = value.sentiment;
	if (!figures)
		return (
			<Part title={t("sentiment")}>
				<NotYet value={value} />
			</Part>
		);
	const used = value.version?.scores_used ?? false;
	const now = used ? figures.learnt : figures.shipped;
	const { right } = now;
	return (
		<Part title={t("sentiment")}>
			<p className="learnt-sentence">
				{t.rich("right_of_100", {
					n: f.number(Math.round(100 * right.share)),
					low: f.number(Math.floor(100 * right.lo)),
					high: f.number(Math.ceil(100 * right.hi)),
					of: right.of,
					b: (text) => <strong>{text}</strong>,
				})}
			</p>
			<AsRead by={now} />
			<div className="learnt-shares">
				<HeldBack label={t("by_learnt")} share={figures.learnt.right} quiet={!used} />
				<HeldBack label={t("by_shipped")} share={figures.shipped.right} quiet={used} />
			</div>
			<p className="quiet">{used ? t("scores_used") : t("scores_not_used")}</p>
			<LearntHistory history={value.history} />
		</Part>
	);
}
