// web/dashboard/overview/said.tsx - what people say, in short: what most detractors criticise and most promoters praise, by group.
//
// Asked for behind the score, which waits for nothing here. What cannot be loaded is no reason to say anything.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { getSaid, type Said, type SaidTheme } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useThemeName } from "../themes/name.ts";
import { useWords } from "../words.ts";

const groups = ["detractors", "passives", "promoters"] as const;
type Group = (typeof groups)[number];

/** With fewer comments they are read faster than counted. */
const enough = 30;
const shown = 3;

interface Shown {
	value: Said;
	filter: Filter;
	part: string;
}

function Bars({ one, end }: { one: SaidTheme; end: number }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const at = (v: number) => `${Math.min(100, (100 * v) / end)}%`;
	const said = groups
		.map((group) => {
			const { share, interval, comments, of } = one[group];
			return t("said_share", { group: t(`said_${group}`), share: f.percent(share ?? 0), low: f.percent(interval?.[0] ?? 0), high: f.percent(interval?.[1] ?? 0), comments, of });
		})
		.join(" ");
	return (
		<span className="said-bars" role="img" aria-label={said} title={said}>
			{groups.map((group) => (
				<span key={group} className={`said-bar ${group}`}>
					<span style={{ inlineSize: at(one[group].share ?? 0) }} />
					{one[group].interval && one[group].of > 0 && (
						<i style={{ insetInlineStart: at(one[group].interval[0] ?? 0), insetInlineEnd: `calc(100% - ${at(one[group].interval[1] ?? 0)})` }} />
					)}
				</span>
			))}
		</span>
	);
}

function Side({ title, group, all, end, none, value, filter }: { title: string; group: Group; all: SaidTheme[]; end: number; none: string } & Shown): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const name = useThemeName();
	return (
		<section aria-label={title}>
			<h3 className="said-side">{title}</h3>
			{all.length === 0 && <Text c="dimmed">{none}</Text>}
			<ul className="said-list">
				{all.slice(0, shown).map((one) => (
					<li key={one.id}>
						<span className="said-name">
							{role === "viewer" ? (
								name(one)
							) : (
								<Link href={filter.on(`/insight/themes/${one.id}`, { ...(value.part ? { part: value.part } : {}), says: group === "promoters" ? "praised" : "criticised" })}>{name(one)}</Link>
							)}
						</span>
						<Bars one={one} end={end} />
						<span className="said-share">
							{t("said_about", { share: f.percent(one[group].share ?? 0), group: t(`said_${group}`) })}{" "}
							<span className="quiet">{t("said_range", { low: f.percent(one[group].interval?.[0] ?? 0), high: f.percent(one[group].interval?.[1] ?? 0) })}</span>
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function Body(props: Shown): ReactElement {
	const t = useWords("overview");
	const { value, filter } = props;
	const [pains, delights] = [value.pains.slice(0, shown), value.delights.slice(0, shown)];
	const most = Math.max(0, ...[...pains, ...delights].flatMap((one) => groups.map((group) => one[group].share ?? 0)));
	const end = Math.min(1, Math.ceil(most * 1.3 * 10) / 10) || 1;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="said">
			<div className="section-head">
				<Title order={2} size="h4" id="said">
					{t("said")}
				</Title>
				<Link href={filter.on("/insight/themes", value.part ? { part: value.part } : {})} className="no-print">
					{t("said_all")}
				</Link>
			</div>
			<div className="said-both">
				<Side title={t("said_pains")} group="detractors" all={pains} end={end} none={t("said_no_pains")} {...props} />
				<Side title={t("said_delights")} group="promoters" all={delights} end={end} none={t("said_no_delights")} {...props} />
			</div>
			<p className="said-legend">
				{groups.map((group) => (
					<span key={group} className={group} aria-hidden="true">
						{t(`said_${group}`)}
					</span>
				))}
				<span className="said-whole">{t("said_whole", { n: value.say_something, answers: value.answers })}</span>
				{value.not_read > 0 && <span className="said-whole">{t("said_not_read", { n: value.not_read })}</span>}
			</p>
		</Paper>
	);
}

export default function SaidInShort({ filter, part, beat }: { filter: Filter; part: string; beat: number }): ReactElement | null {
	const { value, error } = useLoad((signal) => getSaid({ ...filter.figures, part }, { signal }), [filter.key, part, beat], { gently: true });
	if (error !== undefined) return null;
	if (!value) return <Loading height={220} />;
	if (value.say_something < enough || (value.pains.length === 0 && value.delights.length === 0)) return null;
	return <Body value={value} filter={filter} part={part} />;
}
