// web/dashboard/themes/list.tsx - all themes side by side: shares by group, praise and criticism, months.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { ThemeRow, Themes } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { CheckedShare, useCheckedIn, useChecks } from "../checks/shares.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords } from "../words.ts";
import { ThemesDefinition } from "./definition.tsx";
import { useThemeName } from "./name.ts";
import { endOf, groups, type Group, ShareBar, Sides, Sparkline } from "./share.tsx";
import { ThemeLink } from "./theme_link.tsx";

interface Shown {
	value: Themes;
	filter: Filter;
}

const percentOf = (share: number | null) => (share === null ? null : 100 * share);

function Row({ row, end, ...shown }: { row: ThemeRow; end: number } & Shown): ReactElement {
	const t = useWords("themes");
	const f = useFormat();
	return (
		<li>
			<div className="themes-head">
				<ThemeLink className="themes-name" theme={row} {...shown} />
				<span className="quiet">{t("n_comments", { n: row.all.comments })}</span>
			</div>
			<div className="themes-groups">
				{groups.map((group) => (
					<div key={group} className="themes-group">
						<span className="themes-group-name">{t(group)}</span>
						<ShareBar share={row.groups[group]} end={end} kind={group} />
						<span className="themes-share">{row.groups[group].share === null ? "–" : t("about", { share: f.percent(row.groups[group].share ?? 0) })}</span>
						<CheckedShare theme={row.id} group={group} />
					</div>
				))}
			</div>
			<Sides row={row.all} />
			<Sparkline months={shown.value.months} counts={row.months} />
		</li>
	);
}

/** "About 35 % of the detractors who say something speak of support; …" */
function useSentence(value: Themes): string {
	const t = useWords("themes");
	const f = useFormat();
	const name = useThemeName();
	const of = (group: Group) => {
		const most = value.themes.reduce<ThemeRow | null>((best, row) => (row.groups[group].comments > (best?.groups[group].comments ?? 0) ? row : best), null);
		const share = most?.groups[group].share;
		if (!most || share === null || share === undefined || most.groups[group].of < 5) return null;
		return t(group === "detractors" ? "says_detractors" : "says_promoters", { share: f.percent(share), name: name(most) });
	};
	return [of("detractors"), of("promoters")].filter((one) => one !== null).join(" ");
}

/** Until all are asked for. */
const first = 12;

export function ThemeList({ value, filter }: Shown): ReactElement {
	const t = useWords("themes");
	const [whole, setWhole] = useState(false);
	const f = useFormat();
	const name = useThemeName();
	const says = useSentence(value);
	const checks = useChecks().value;
	const checkedIn = useCheckedIn();
	const checkedGroups = groups.filter((group) => checks?.groups[group].check?.themes.some((one) => one.checked !== null));
	const end = endOf(value.themes.flatMap((row) => groups.map((group) => row.groups[group])));
	const { comments } = value;
	return (
		<Framed
			title={t("what")}
			says={says}
			name="themes"
			head={[
				t("col_theme"),
				t("col_comments"),
				...groups.flatMap((group) => [t("col_share", { group: t(group) }), t("col_low"), t("col_high"), t("col_of")]),
				...checkedGroups.flatMap((group) => [t("col_checked", { group: t(group) }), t("col_low"), t("col_high")]),
				t("col_praised"),
				t("col_criticised"),
			]}
			rows={value.themes.map((row) => [
				name(row),
				row.all.comments,
				...groups.flatMap((group) => {
					const { share, interval, of } = row.groups[group];
					return [percentOf(share), percentOf(interval?.[0] ?? null), percentOf(interval?.[1] ?? null), of];
				}),
				...checkedGroups.flatMap((group) => {
					const found = checkedIn(row.id, group);
					return [percentOf(found?.checked ?? null), percentOf(found?.interval[0] ?? null), percentOf(found?.interval[1] ?? null)];
				}),
				row.all.praised,
				row.all.criticised,
			])}
			actions={<ThemesDefinition value={value} filter={filter} />}
		>
			<div className="themes-heads" aria-hidden="true">
				<span className="themes-legend">
					<span className="bad">{t("criticism")}</span>
					<span>{t("praise")}</span>
				</span>
				<span>{t("months")}</span>
			</div>
			<ul className="themes-list">
				{value.themes.slice(0, whole ? undefined : first).map((row) => (
					<Row key={row.id} row={row} end={end} value={value} filter={filter} />
				))}
			</ul>
			{!whole && value.themes.length > first && (
				<Button className="no-print" variant="subtle" mt="xs" onClick={() => setWhole(true)}>
					{t("show_all", { n: value.themes.length })}
				</Button>
			)}
			<Text size="sm" c="dimmed" mt="md">
				{t("whole", {
					n: comments.say_something,
					detractors: value.groups.detractors.say_something,
					passives: value.groups.passives.say_something,
					promoters: value.groups.promoters.say_something,
				})}{" "}
				{comments.say_nothing > 0 && t("whole_nothing", { n: comments.say_nothing })}{" "}
				{comments.not_analysed > 0 && t("whole_not_analysed", { n: comments.not_analysed })}
			</Text>
			<HowWeKnow>
				<p>{t("how_read")}</p>
				<p>{t("how_share", { end: f.percent(end) })}</p>
			</HowWeKnow>
		</Framed>
	);
}
