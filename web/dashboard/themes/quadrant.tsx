// web/dashboard/themes/quadrant.tsx - reach against what goes with the score: how many say it, and how much higher or lower they score.
//
// On a phone marks have numbers, and the list below says which is which; it is there for everyone.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import type { ThemeRow, Themes } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { Measured } from "../chart/width.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords } from "../words.ts";
import { ThemesDefinition } from "./definition.tsx";
import { useThemeName } from "./name.ts";
import { ThemeLink } from "./theme_link.tsx";

interface Mark {
	row: ThemeRow;
	good: boolean;
	driver: NonNullable<ThemeRow["praise"]>;
	reach: number;
}

/** Praise and criticism of each theme; what is beyond chance first, then what reaches most. */
function marksOf(value: Themes): Mark[] {
	const of = Math.max(1, value.comments.say_something);
	const all = value.themes.flatMap((row) => [
		...(row.criticism ? [{ row, good: false, driver: row.criticism, reach: row.criticism.comments / of }] : []),
		...(row.praise ? [{ row, good: true, driver: row.praise, reach: row.praise.comments / of }] : []),
	]);
	return all.sort((a, b) => Number(b.driver.stands) - Number(a.driver.stands) || Math.abs(b.driver.effect) * b.reach - Math.abs(a.driver.effect) * a.reach);
}

const margin = { left: 44, right: 12, top: 24, bottom: 34 };

/** Whole steps of 1, 2 or 5 times ten, about four of them. */
function stepOf(span: number): number {
	const rough = span / 4;
	const ten = 10 ** Math.floor(Math.log10(rough));
	return ten * (rough / ten > 5 ? 10 : rough / ten > 2 ? 5 : rough / ten > 1 ? 2 : 1);
}

interface Spot {
	x: number;
	y: number;
	anchor: "start" | "end" | "middle";
}

/** Where names find room beside their marks, the weightiest first; no place: the number tells. */
function placed(marks: { x: number; y: number; name: string }[], width: number): (Spot | null)[] {
	const taken = marks.map(({ x, y }) => ({ left: x - 11, right: x + 11, top: y - 11, bottom: y + 11 }));
	return marks.map(({ x, y, name }) => {
		const long = 7.2 * name.length;
		const spots: Spot[] = [
			{ x: x + 15, y: y + 4, anchor: "start" },
			{ x: x - 15, y: y + 4, anchor: "end" },
			{ x, y: y - 16, anchor: "middle" },
			{ x, y: y + 25, anchor: "middle" },
		];
		for (const spot of spots) {
			const left = spot.anchor === "start" ? spot.x : spot.anchor === "end" ? spot.x - long : spot.x - long / 2;
			const box = { left, right: left + long, top: spot.y - 12, bottom: spot.y + 4 };
			if (box.left < margin.left || box.right > width - 4) continue;
			if (taken.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom)) continue;
			taken.push(box);
			return spot;
		}
		return null;
	});
}

function Drawing({ marks, width }: { marks: Mark[]; width: number }): ReactElement {
	const name = useThemeName();
	const t = useWords("themes");
	const f = useFormat();
	const narrow = width < 560;
	const height = narrow ? 320 : 380;
	const most = Math.max(0.05, ...marks.map((one) => one.reach)) * 1.15;
	const size = Math.max(10, ...marks.flatMap(({ driver }) => [Math.abs(driver.effect), ...driver.effect_interval.map((v) => Math.min(Math.abs(v), 1.6 * Math.abs(driver.effect) + 10))]));
	const x = (reach: number) => margin.left + (reach / most) * (width - margin.left - margin.right);
	const y = (points: number) => {
		const at = Math.max(-size, Math.min(size, points));
		return margin.top + ((size - at) / (2 * size)) * (height - margin.top - margin.bottom);
	};
	const spots = placed(
		marks.map(({ row, driver, reach }) => ({ x: x(reach), y: y(driver.effect), name: name(row) })),
		width,
	);
	const xStep = stepOf(most);
	const yStep = stepOf(2 * size);
	const xs = Array.from({ length: Math.floor(most / xStep) + 1 }, (_, i) => i * xStep);
	const ys = Array.from({ length: 2 * Math.floor(size / yStep) + 1 }, (_, i) => (i - Math.floor(size / yStep)) * yStep);
	return (
		<svg className="quadrant" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("quadrant_label", { n: marks.length })}>
			{ys.map((v) => (
				<g key={v} className={v === 0 ? "quadrant-zero" : "quadrant-grid"}>
					<line x1={margin.left} x2={width - margin.right} y1={y(v)} y2={y(v)} />
					<text x={margin.left - 8} y={y(v) + 4} textAnchor="end">
						{f.change(v, 0)}
					</text>
				</g>
			))}
			{xs.map((v) => (
				<text key={v} className="quadrant-tick" x={x(v)} y={height - margin.bottom + 18} textAnchor="middle">
					{f.percent(v)}
				</text>
			))}
			<text className="quadrant-axis" x={margin.left} y={14}>
				{t("quadrant_y")}
			</text>
			<text className="quadrant-axis" x={width - margin.right} y={height - 2} textAnchor="end">
				{t("quadrant_x")}
			</text>
			{marks.map(({ row, good, driver, reach }, i) => {
				const spot = spots[i];
				return (
					<g key={`${row.id} ${good}`} className={`quadrant-mark ${good ? "good" : "bad"}${driver.stands ? "" : " chance"}`}>
						<line x1={x(reach)} x2={x(reach)} y1={y(driver.effect_interval[0] ?? driver.effect)} y2={y(driver.effect_interval[1] ?? driver.effect)} />
						<circle cx={x(reach)} cy={y(driver.effect)} r={10} />
						<text x={x(reach)} y={y(driver.effect) + 4} textAnchor="middle">
							{i + 1}
						</text>
						{!narrow && driver.stands && spot && (
							<text className="quadrant-name" x={spot.x} y={spot.y} textAnchor={spot.anchor}>
								{name(row)}
							</text>
						)}
					</g>
				);
			})}
		</svg>
	);
}

/** What goes with the score among those who write: its reach and its size. */
export function Quadrant({ value, filter }: { value: Themes; filter: Filter }): ReactElement | null {
	const t = useWords("themes");
	const f = useFormat();
	const name = useThemeName();
	const marks = marksOf(value);
	if (!value.drivers.shown || marks.length === 0) return null;
	const points = (v: number | undefined) => f.change(Math.round(v ?? 0), 0);
	const first = marks.find((one) => one.driver.stands);
	return (
		<Framed
			title={t("weight")}
			says={
				first
					? t("weight_says", { ...f.moved(first.driver.effect, first.driver.effect_interval), side: first.good ? "good" : "bad", name: name(first.row), n: first.driver.comments, way: first.driver.effect < 0 ? "lower" : "higher" })
					: t("weight_none", { n: value.drivers.comments })
			}
			name="themes-and-score"
			head={[t("col_theme"), t("col_side"), t("col_comments"), t("col_reach"), t("col_points"), t("col_low"), t("col_high"), t("col_stands")]}
			rows={marks.map(({ row, good, driver, reach }) => [
				name(row),
				t(good ? "praise" : "criticism"),
				driver.comments,
				100 * reach,
				driver.effect,
				driver.effect_interval[0] ?? null,
				driver.effect_interval[1] ?? null,
				t(driver.stands ? "stands" : "chance"),
			])}
			actions={<ThemesDefinition value={value} filter={filter} />}
		>
			<Measured height={380} draw={(width) => <Drawing marks={marks} width={width} />} />
			<ol className="quadrant-list">
				{marks.map(({ row, good, driver, reach }) => (
					<li key={`${row.id} ${good}`} className={driver.stands ? undefined : "quiet"}>
						<span>
							<ThemeLink className="themes-name" theme={row} value={value} filter={filter} says={good ? "praised" : "criticised"} />{" "}
							<span className={good ? "themes-side good" : "themes-side bad"}>{t(good ? "praise" : "criticism")}</span>
						</span>
						<span className="quadrant-said">
							{t("reach", { share: f.percent(reach) })} · {driver.stands ? t("effect", { points: points(driver.effect), low: points(driver.effect_interval[0]), high: points(driver.effect_interval[1]) }) : t("chance")}
						</span>
					</li>
				))}
			</ol>
			<Text size="sm" c="dimmed" mt="xs">
				{t("no_cause")}
			</Text>
			<HowWeKnow>
				<p>{t("how_weight", { n: value.drivers.comments })}</p>
			</HowWeKnow>
		</Framed>
	);
}
