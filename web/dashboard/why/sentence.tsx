// web/dashboard/why/sentence.tsx - by how much the score moved, what most of it goes with, and the way to those answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Why } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { type Format, useFormat } from "../format.ts";
import { narrowedTo } from "../insight/narrowed.ts";
import { useMe } from "../me.ts";
import { partFilter } from "../overview/part.ts";
import { useWords, type Words } from "../words.ts";
import { leadShare } from "./lead_share.ts";
import { type Segment, type Split, useSegmentOf } from "./names.ts";

export type WhyPart = Why["parts"][number];

function whatOf(t: Words<"why">, f: Format, s: Segment): string {
	const now = f.percent(s.share_now);
	const before = f.percent(s.share_before);
	const score = (nps: number | null) => (nps === null ? "–" : f.score(nps));
	if (s.kind === "new") return t("lead_new", { now, n: s.now.responses, nps: score(s.now.nps) });
	if (s.kind === "gone") return t("lead_gone", { before, n: s.before.responses, nps: score(s.before.nps) });
	if (Math.abs(s.mix.points) > Math.abs(s.rate.points))
		return t("lead_mix", { way: s.share_now > s.share_before ? "more" : "fewer", now, before, n: s.now.responses, nps: score(s.now.nps) });
	if (s.change === null || s.interval === null) return t("lead_few", { n: s.now.responses });
	return t("lead_rate", { ...f.moved(s.change, s.interval), way: s.change > 0 ? "up" : "down", n: s.now.responses });
}

/** The list of a segment's answers; null where no filter says which they are. */
export function segmentPath(filter: Filter, why: Why, part: WhyPart, by: string, s: Segment): string | null {
	const figure = s.kind === "gone" ? s.before : s.now;
	const only = narrowedTo(by, s.value, figure);
	if (!only) return null;
	const days: Record<string, string> = s.kind === "gone" ? { from: why.before_from, to: why.before_to } : {};
	return filter.on("/answers", { ...partFilter(part), ...only, counted: "true", ...days });
}

function useMoved(): (part: WhyPart) => string {
	const t = useWords("why");
	const f = useFormat();
	return ({ change, interval }) => {
		if (change === null || interval === null) return "";
		const { way, ...sizes } = f.moved(change, interval);
		return t("moved", { ...sizes, way: way === 0 ? "same" : way > 0 ? "up" : "down" });
	};
}

export function Sentence(props: { why: Why; part: WhyPart; split: Split; filter: Filter }): ReactElement {
	const t = useWords("why");
	const f = useFormat();
	const { role } = useMe();
	const { why, part, split, filter } = props;
	const nameOf = useSegmentOf(split.by);
	const moved = useMoved();
	const lead = split.lead === null ? undefined : split.segments[split.lead];
	const alike = part.beyond_chance && lead?.kind === "stayed" && !lead.stands_out;
	const to = lead && role !== "viewer" ? segmentPath(filter, why, part, split.by, lead) : null;
	return (
		<div className="why-sentence">
			<Text fw={600} size="lg">
				{moved(part)} {alike && split.segments.length > 1 && `${t("alike")} `}
				{lead &&
					split.segments.length > 1 &&
					t.rich("lead_share", {
						share: alike ? "part" : leadShare(lead.points, split.change.points),
						name: nameOf(lead),
						what: whatOf(t, f, lead),
						b: (parts) => <span className="why-name">{parts}</span>,
					})}{" "}
				{to && <Link href={to}>{t(lead?.kind === "gone" ? "see_before" : "see")}</Link>}
			</Text>
			{!part.beyond_chance && <Text c="dimmed">{t("chance")}</Text>}
			{part.beyond_chance && lead?.kind === "stayed" && lead.stands_out && split.segments.length > 1 && <Text c="dimmed">{t("apart")}</Text>}
		</div>
	);
}
