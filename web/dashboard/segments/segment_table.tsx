// web/dashboard/segments/segment_table.tsx - each segment with its range, how far it is from the rest, and where it likely
// stands among the others; in any order.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useFormat } from "../format.ts";
import { Score } from "../insight/number.tsx";
import { endsOf, Range } from "../insight/range.tsx";
import { useWords } from "../words.ts";
import type { Segment } from "./asked.ts";

const atFirst = 25;
const columns = ["name", "score", "rest", "estimate", "top"] as const;
type Column = (typeof columns)[number] | "n";

interface Props {
	segments: Segment[];
	nameOf: (segment: Segment) => string;
	linkOf: (segment: Segment) => string | undefined;
	/** Shows the answers of a segment that has no link. */
	onOpen: (segment: Segment) => void;
	at: Segment | null;
	onAt: (segment: Segment | null) => void;
	/** Tags share answers: none is ahead of another. */
	ranks: boolean;
}

/** By what a column is put in order; what is not known comes last either way. */
function valueOf(column: Column, s: Segment): number | null {
	switch (column) {
		case "score":
			return s.figure.nps;
		case "rest":
			return s.from_rest.change;
		case "estimate":
			return s.ranked?.estimate ?? null;
		case "top":
			return s.ranked?.top_third ?? null;
		default:
			return s.figure.responses;
	}
}

function inOrder(segments: Segment[], column: Column, down: boolean, nameOf: (s: Segment) => string): Segment[] {
	const sign = down ? -1 : 1;
	return [...segments].sort((a, b) => {
		if (column === "name") return sign * nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true });
		const [left, right] = [valueOf(column, a), valueOf(column, b)];
		if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
		return sign * (left - right);
	});
}

/** "+12", marked where it is real; its range for who points at it. */
function FromRest({ segment }: { segment: Segment }): ReactElement {
	const t = useWords("segments");
	const f = useFormat();
	const { change, interval } = segment.from_rest;
	if (change === null || interval === null) return <span className="quiet">–</span>;
	const range = f.changed(change, interval);
	const way = change > 0 ? "above" : "below";
	return (
		<span className={segment.real ? `from-rest real ${way}` : "from-rest"} title={t(segment.real ? "rest_real" : "rest_chance", range)}>
			{segment.real ? <strong>{range.change}</strong> : range.change} <span className="quiet">{t("rest_range", range)}</span>
			{segment.real && <span className="from-rest-mark">{t(`real_${way}`)}</span>}
		</span>
	);
}

function Row(props: Props & { segment: Segment; ends: [number, number] }): ReactElement {
	const t = useWords("segments");
	const f = useFormat();
	const { segment, at, onAt } = props;
	const { ranked } = segment;
	return (
		<tr
			role="row"
			className={segment === at ? "pointed" : undefined}
			onPointerEnter={(event) => event.pointerType === "mouse" && onAt(segment)}
			onPointerLeave={(event) => event.pointerType === "mouse" && onAt(null)}
		>
			<th role="rowheader" scope="row" title={props.nameOf(segment)}>
				{props.nameOf(segment)}
			</th>
			<td role="cell" className="segment-score">
				<Range figure={segment.figure} ends={props.ends} real={segment.real} />
				<Score figure={segment.figure} to={props.linkOf(segment)} onOpen={segment.rest || !props.ranks ? undefined : () => props.onOpen(segment)} />
			</td>
			<td role="cell" data-label={t("col_rest")}>
				<FromRest segment={segment} />
			</td>
			{props.ranks && (
				<>
					<td role="cell" className="framed-number" data-label={t("col_estimate")}>
						{ranked ? f.scored(ranked.estimate, segment.figure.interval ?? [-100, 100]).nps : "–"}
					</td>
					<td role="cell" className="framed-number" data-label={t("col_top")}>
						{ranked ? f.percent(ranked.top_third) : "–"}
					</td>
				</>
			)}
		</tr>
	);
}

export function SegmentTable(props: Props): ReactElement {
	const t = useWords("segments");
	const [column, setColumn] = useState<Column>("n");
	const [down, setDown] = useState(true);
	const [all, setAll] = useState(false);
	const shown = columns.filter((one) => props.ranks || (one !== "estimate" && one !== "top"));
	const ordered = inOrder(props.segments, column, down, props.nameOf);
	const ends = endsOf(props.segments.map((s) => s.figure));
	const choose = (one: Column) => {
		setDown(one === column ? !down : one !== "name");
		setColumn(one);
	};
	const head = (one: Column) => (
		<button type="button" className="segment-sort" onClick={() => choose(one)} title={t(`about_${one}` as "about_n")}>
			{t(`col_${one}` as "col_n")}
			<span aria-hidden="true">{one === column ? (down ? " ↓" : " ↑") : ""}</span>
		</button>
	);
	const order = (one: Column) => (one === column ? (down ? "descending" : "ascending") : undefined);
	return (
		<div className="segment-table">
			<table role="table">
				<thead role="rowgroup">
					<tr role="row">
						{shown.map((one) => (
							<th key={one} role="columnheader" scope="col" aria-sort={one === "score" ? (order("score") ?? order("n")) : order(one)}>
								{head(one)}
								{one === "score" && head("n")}
							</th>
						))}
					</tr>
				</thead>
				<tbody role="rowgroup">
					{(all ? ordered : ordered.slice(0, atFirst)).map((segment) => (
						<Row key={`${segment.rest}${segment.value}/${segment.version}`} {...props} segment={segment} ends={ends} />
					))}
				</tbody>
			</table>
			{!all && ordered.length > atFirst && (
				<Button className="no-print" variant="subtle" onClick={() => setAll(true)}>
					{t("show_all", { n: ordered.length })}
				</Button>
			)}
		</div>
	);
}
