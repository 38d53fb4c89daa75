// web/dashboard/portfolio/table.tsx - the lines: name, range, score, change; sorted by what one chooses.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { Portfolio } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { endsOf, Range, useSay } from "../insight/range.tsx";
import { partFilter, partKey } from "../overview/part.ts";
import { useWords } from "../words.ts";

export type Line = Portfolio["rows"][number];
type By = "name" | "score" | "n" | "change";

interface Props {
	lines: Line[];
	names: Map<string, string>;
	filter: Filter;
	/** Undefined: none are given. */
	weights?: Map<string, string>;
	onWeight: (key: string, weight: string) => void;
}

/** What has no figure stands last, whichever way it goes. */
function sorted({ lines, names }: Pick<Props, "lines" | "names">, by: By, down: boolean): Line[] {
	const of = (line: Line): number | null => (by === "n" ? line.now.responses : by === "score" ? line.now.nps : line.change);
	return [...lines].sort((a, b) => {
		if (by === "name") return (down ? -1 : 1) * (names.get(a.key) ?? "").localeCompare(names.get(b.key) ?? "");
		const [x, y] = [of(a), of(b)];
		if (x === null || y === null) return Number(x === null) - Number(y === null);
		return down ? y - x : x - y;
	});
}

function Head(props: { by: By; down: boolean; onSort: (by: By) => void; weighted: boolean }): ReactElement {
	const t = useWords("portfolio");
	const cell = (by: By, label: string) => (
		<th scope="col" aria-sort={props.by !== by ? undefined : props.down ? "descending" : "ascending"}>
			<button type="button" onClick={() => props.onSort(by)}>
				{label}
				{props.by === by && <span aria-hidden="true">{props.down ? " ↓" : " ↑"}</span>}
			</button>
		</th>
	);
	return (
		<thead>
			<tr>
				{cell("name", t("col_name"))}
				<th scope="col">{t("col_range")}</th>
				{cell("score", t("col_score"))}
				{cell("n", t("col_n"))}
				{cell("change", t("col_change"))}
				{props.weighted && <th scope="col">{t("col_weight")}</th>}
			</tr>
		</thead>
	);
}

export function Lines(props: Props): ReactElement {
	const t = useWords("portfolio");
	const insight = useWords("insight");
	const say = useSay();
	const f = useFormat();
	const { lines, names, filter, weights } = props;
	const [by, setBy] = useState<By>("score");
	const [down, setDown] = useState(true);
	const ends = endsOf(lines.map((line) => line.now));
	const sort = (wished: By) => {
		setDown(wished === by ? !down : wished !== "name");
		setBy(wished);
	};
	return (
		<table className="portfolio-table">
			<Head by={by} down={down} onSort={sort} weighted={weights !== undefined} />
			<tbody>
				{sorted(props, by, down).map((line) => {
					const name = names.get(line.key) ?? "";
					const to = line.now.answers_path === null ? undefined : filter.on("/answers", { ...partFilter(line), counted: "true" });
					const { nps, interval } = line.now;
					const scored = nps !== null && interval ? f.scored(nps, interval) : null;
					return (
						<tr key={line.key}>
							<th scope="row">{name}</th>
							<td className="portfolio-range">{line.now.nps !== null && <Range figure={line.now} ends={ends} />}</td>
							<td className={line.now.rough ? "scored rough" : "scored"} title={say(line.now)}>
								<strong>{scored?.nps ?? "–"}</strong> {scored && <span className="quiet">({insight("range", scored)})</span>}
							</td>
							<td>
								{to ? <Link href={to}>{insight("n", { n: line.now.responses })}</Link> : insight("n", { n: line.now.responses })}{" "}
								{line.now.rough && line.now.nps !== null && (
									<span className="quiet" title={t("rough_more")}>
										{t("rough")}
									</span>
								)}
							</td>
							<td>
								{line.change !== null && (
									<>
										{t("change", { by: f.changed(line.change, line.interval).change, chance: line.beyond_chance ? "no" : "yes" })}{" "}
										{to && !line.rough && (
											<Link className="no-print" href={filter.on("/insight/why", { part: partKey(line) })}>
												{t("why")}
											</Link>
										)}
									</>
								)}
							</td>
							{weights && (
								<td className="portfolio-weight">
									<TextInput
										type="number"
										min={0}
										step="any"
										aria-label={t("weight_of", { name })}
										value={weights.get(line.key) ?? "1"}
										onChange={(event) => props.onWeight(line.key, event.currentTarget.value)}
									/>
								</td>
							)}
						</tr>
					);
				})}
			</tbody>
		</table>
	);
}
