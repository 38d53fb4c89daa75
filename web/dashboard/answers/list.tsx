// web/dashboard/answers/list.tsx - the list itself: thousands of rows of which those in sight are drawn.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Loader } from "@mantine/core";
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { Row } from "./row.tsx";
import type { AnswerList } from "./store.ts";
import { useRowHeight, useWindow } from "./window.ts";

const rowRem = 5.25;
/** The next page is asked for when so many rows are left below. */
const ahead = 30;

export interface ListProps {
	list: AnswerList;
	surveys: Map<string, string>;
	current: string | null;
	opened: string | null;
	selected: ReadonlySet<string>;
	search: string;
	hrefOf: (id: string) => string;
	onOpen: (id: string) => void;
	onSelect: (id: string, range: boolean) => void;
}

/** Brings the current row into sight and gives it the focus, so that Enter opens it and readers hear it. */
function useFollow(list: React.RefObject<HTMLOListElement | null>, index: number, id: string | null, height: number): void {
	const last = useRef(id);
	useLayoutEffect(() => {
		const element = list.current;
		if (!element || index < 0 || last.current === id) return;
		last.current = id;
		if (element.offsetParent === null) return;
		const top = element.getBoundingClientRect().top + index * height;
		const margin = 128; // header, bars
		if (top < margin) window.scrollBy(0, top - margin);
		else if (top + height > window.innerHeight - margin) window.scrollBy(0, top + height - window.innerHeight + margin);
		requestAnimationFrame(() => {
			const link = element.querySelector<HTMLElement>(`[data-answer="${id}"]`);
			if (link && !document.activeElement?.closest(".aw-panel")) link.focus({ preventScroll: true });
		});
	}, [list, index, id, height]);
}

export function List(props: ListProps): ReactElement {
	const t = useWords("answers");
	const { list } = props;
	const { rows } = list;
	const element = useRef<HTMLOListElement>(null);
	const height = useRowHeight(rowRem);
	const shown = useWindow(element, rows.length, height);
	const [now] = useState(Date.now);
	const index = props.current === null ? -1 : rows.findIndex((row) => row.id === props.current);
	useFollow(element, index, props.current, height);
	const near = shown.end + ahead >= rows.length;
	useEffect(() => {
		if (near && !list.complete && !list.loading && list.error === undefined) list.more();
	}, [near, list.complete, list.loading, list.error, rows.length]);
	return (
		<>
			<ol ref={element} className="aw-list" style={{ height: rows.length * height }} aria-label={t("title")}>
				{rows.slice(shown.first, shown.end).map((answer, i) => (
					<Row
						key={answer.id}
						answer={answer}
						survey={props.surveys.get(answer.survey_id) ?? ""}
						top={(shown.first + i) * height}
						current={answer.id === props.current}
						open={answer.id === props.opened}
						selected={props.selected.has(answer.id)}
						search={props.search}
						href={props.hrefOf(answer.id)}
						now={now}
						onOpen={props.onOpen}
						onSelect={props.onSelect}
					/>
				))}
			</ol>
			{list.error !== undefined && rows.length > 0 && <Failure error={list.error} retry={list.refresh} />}
			{list.loading && rows.length > 0 && !list.complete && (
				<div className="aw-more">
					<Loader size="sm" role="status" aria-label={t("loading_more")} />
				</div>
			)}
		</>
	);
}
