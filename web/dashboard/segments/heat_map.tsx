// web/dashboard/segments/heat_map.tsx - two attributes at once: each pair's score as a number on a colour between orange and
// blue, which everybody tells apart, around the score of all.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CSSProperties, ReactElement } from "react";
import { Link } from "wouter";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import type { Grid, Value } from "./asked.ts";

/** Points from the middle that have the full colour, and how much of it there is then. */
const reach = 60;
const strongest = 38;

type Cell = Grid["cells"][number];

function colourOf(nps: number, middle: number, rough: boolean): CSSProperties {
	const away = Math.max(-1, Math.min(1, (nps - middle) / reach));
	const much = Math.round(Math.abs(away) * strongest * (rough ? 0.5 : 1));
	return { background: `color-mix(in srgb, var(${away < 0 ? "--detractor" : "--line"}) ${much}%, var(--tile))` };
}

interface Props {
	grid: Grid;
	/** Of all answers. */
	middle: number;
	rowName: (value: Value) => string;
	columnName: (value: Value) => string;
	linkOf: (row: Value, column: Value) => string | undefined;
}

function Pair({ cell, to, middle }: { cell: Cell | undefined; to?: string; middle: number }): ReactElement {
	const t = useWords("segments");
	const f = useFormat();
	if (!cell) return <td className="heat-none">–</td>;
	const count = t("heat_n", { n: cell.responses });
	if (cell.nps === null || cell.interval === null)
		return (
			<td className="heat-few">
				{t("heat_few")}
				<span>{count}</span>
			</td>
		);
	const title = t("heat_range", { low: f.score(cell.interval[0]), high: f.score(cell.interval[1]) });
	return (
		<td style={colourOf(cell.nps, middle, cell.rough)} className={cell.rough ? "heat-rough" : undefined} title={title}>
			<strong>{f.score(cell.nps)}</strong>
			<span>{to ? <Link href={to}>{count}</Link> : count}</span>
		</td>
	);
}

function Scale({ middle }: { middle: number }): ReactElement {
	const f = useFormat();
	const t = useWords("segments");
	return (
		<p className="heat-scale">
			<span>{f.score(Math.max(-100, middle - reach))}</span>
			<span className="heat-scale-bar" aria-hidden="true" />
			<span>{f.score(Math.min(100, middle + reach))}</span>
			<span className="quiet">{t("heat_legend")}</span>
		</p>
	);
}

export function HeatMap({ grid, middle, rowName, columnName, linkOf }: Props): ReactElement {
	const t = useWords("segments");
	const at = new Map(grid.cells.map((cell) => [`${cell.row}/${cell.column}`, cell]));
	return (
		<>
			<Scale middle={middle} />
			<div className="heat" tabIndex={0} role="region" aria-label={t("heat_title")}>
				<table>
					<thead>
						<tr>
							<td />
							{grid.columns.map((column, j) => (
								<th key={j} scope="col">
									{columnName(column)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{grid.rows.map((row, i) => (
							<tr key={i}>
								<th scope="row">{rowName(row)}</th>
								{grid.columns.map((column, j) => (
									<Pair key={j} cell={at.get(`${i}/${j}`)} to={linkOf(row, column)} middle={middle} />
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{(grid.rows_left_off > 0 || grid.columns_left_off > 0) && (
				<p className="quiet">{t("heat_left_off", { rows: grid.rows_left_off, columns: grid.columns_left_off })}</p>
			)}
		</>
	);
}
