// web/dashboard/themes/first.tsx - where to start: what goes with a lower score, by points at stake, with reach, trend and how much work
// people think it is.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, Text } from "@mantine/core";
import { IconArrowDown, IconArrowRight, IconArrowUp } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { setThemeEffort, type ThemeRow, type Themes } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { ThemesDefinition } from "./definition.tsx";
import { useThemeName } from "./name.ts";
import { ThemeLink } from "./theme_link.tsx";

type Effort = ThemeRow["effort"];
const efforts = ["small", "medium", "large"] as const;
const targets = ["0.1", "0.05", "0.02", "0"] as const;
const orders = ["stake", "effort", "trend"] as const;
type Order = (typeof orders)[number];

interface Props {
	value: Themes;
	filter: Filter;
	target: string;
	onTarget: (target: string) => void;
	onChanged: () => void;
}

/** Least work first, then most points. */
const weightOf = (effort: Effort) => (effort ? efforts.indexOf(effort) : efforts.length);

function sorted(rows: ThemeRow[], by: Order): ThemeRow[] {
	const stake = (row: ThemeRow) => row.at_stake?.points ?? 0;
	return [...rows].sort(
		(a, b) => (by === "effort" ? weightOf(a.effort) - weightOf(b.effort) : by === "trend" ? (b.trend?.change ?? 0) - (a.trend?.change ?? 0) : 0) || stake(b) - stake(a) || b.all.criticised - a.all.criticised,
	);
}

function Trend({ trend }: { trend: ThemeRow["trend"] }): ReactElement {
	const t = useWords("themes");
	const f = useFormat();
	if (!trend) return <span className="quiet">{t("trend_unknown")}</span>;
	const points = (v: number | undefined) => f.change(Math.round(100 * (v ?? 0)), 0);
	const told = t("trend_points", { change: points(trend.change), low: points(trend.interval[0]), high: points(trend.interval[1]) });
	const Way = !trend.beyond_chance ? IconArrowRight : trend.change > 0 ? IconArrowUp : IconArrowDown;
	return (
		<span className={`first-trend ${!trend.beyond_chance ? "quiet" : trend.change > 0 ? "bad" : "good"}`} title={told}>
			<Way size={16} aria-hidden="true" />
			{trend.beyond_chance ? told : t("trend_same")}
		</span>
	);
}

function EffortChoice({ row, onChanged }: { row: ThemeRow; onChanged: () => void }): ReactElement {
	const t = useWords("themes");
	const { role } = useMe();
	const name = useThemeName();
	if (!["owner", "admin", "analyst"].includes(role)) return <span>{row.effort ? t(`effort_${row.effort}`) : <span className="quiet">{t("effort_unknown")}</span>}</span>;
	const put = async (effort: Effort) => {
		await setThemeEffort({ theme: row.id, body: { effort } });
		onChanged();
	};
	const choose = async (effort: Effort) => {
		const old = row.effort;
		try {
			await put(effort);
			undoable(t("effort_put", { name: name(row) }), () => put(old));
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	return (
		<NativeSelect
			size="xs"
			className="first-effort"
			aria-label={t("effort_of", { name: name(row) })}
			value={row.effort ?? ""}
			onChange={(event) => void choose((event.currentTarget.value || null) as Effort)}
			data={[{ value: "", label: t("effort_unknown") }, ...efforts.map((one) => ({ value: one, label: t(`effort_${one}`) }))]}
		/>
	);
}

export function First({ value, filter, target, onTarget, onChanged }: Props): ReactElement | null {
	const t = useWords("themes");
	const f = useFormat();
	const name = useThemeName();
	const [by, setBy] = useState<Order>("stake");
	const rows = sorted(
		value.themes.filter((row) => row.at_stake !== null && row.criticism?.stands === true),
		by,
	);
	if (!value.drivers.shown || !value.themes.some((row) => row.criticism?.stands && row.criticism.effect < 0)) return null;
	const most = rows.reduce<ThemeRow | null>((best, row) => ((row.at_stake?.points ?? 0) > (best?.at_stake?.points ?? 0) ? row : best), null);
	const points = (v: number | undefined) => f.number(Math.round(10 * (v ?? 0)) / 10);
	const silent = value.answers - value.comments.say_something;
	return (
		<Framed
			title={t("first")}
			says={most?.at_stake && most.at_stake.points >= 0.1 ? t("first_says", { name: name(most), points: points(most.at_stake.points), low: points(most.at_stake.interval[0]), high: points(most.at_stake.interval[1]), share: f.percent(most.at_stake.share), target: f.percent(most.at_stake.target) }) : t("first_none")}
			name="where-to-start"
			head={[t("col_theme"), t("col_stake"), t("col_low"), t("col_high"), t("col_reach"), t("col_target"), t("col_trend"), t("col_effort")]}
			rows={rows.map((row) => [
				name(row),
				row.at_stake?.points ?? null,
				row.at_stake?.interval[0] ?? null,
				row.at_stake?.interval[1] ?? null,
				100 * (row.at_stake?.share ?? 0),
				100 * (row.at_stake?.target ?? 0),
				row.trend ? 100 * row.trend.change : null,
				row.effort ? t(`effort_${row.effort}`) : null,
			])}
			actions={<ThemesDefinition value={value} filter={filter} />}
		>
			<div className="first-choices no-print">
				<NativeSelect label={t("first_target")} value={target} onChange={(event) => onTarget(event.currentTarget.value)} data={[{ value: "", label: t("first_target_reached") }, ...targets.map((one) => ({ value: one, label: t("first_target_share", { share: f.percent(Number(one)) }) }))]} />
				<NativeSelect label={t("first_order")} value={by} onChange={(event) => setBy(event.currentTarget.value as Order)} data={orders.map((one) => ({ value: one, label: t(`first_by_${one}`) }))} />
			</div>
			<ol className="first-list">
				{rows.map((row) => (
					<li key={row.id}>
						<span className="first-name">
							<ThemeLink className="themes-name" theme={row} value={value} filter={filter} says="criticised" />
							<span className="quiet">{t("first_reach", { share: f.percent(row.at_stake?.share ?? 0), n: row.all.criticised })}</span>
						</span>
						{(row.at_stake?.points ?? 0) < 0.05 ? (
							<span className="quiet">{t("first_reached", { target: f.percent(row.at_stake?.target ?? 0) })}</span>
						) : (
						<span>
							<strong>{t("first_points", { points: points(row.at_stake?.points) })}</strong>{" "}
							<span className="quiet">{t("first_range", { low: points(row.at_stake?.interval[0]), high: points(row.at_stake?.interval[1]), target: f.percent(row.at_stake?.target ?? 0) })}</span>
						</span>
						)}
						<Trend trend={row.trend} />
						<EffortChoice row={row} onChanged={onChanged} />
					</li>
				))}
			</ol>
			<Text size="sm" c="dimmed" mt="xs">
				{t("first_whole", { answers: value.answers, said: value.comments.say_something, silent })} {t("no_cause")}
			</Text>
			<HowWeKnow>
				<p>{t("how_first")}</p>
			</HowWeKnow>
		</Framed>
	);
}
