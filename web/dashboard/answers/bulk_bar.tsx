// web/dashboard/answers/bulk_bar.tsx - what can be done to the selected answers, and how far it has come.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CloseButton, Progress } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { type Deed, mostAtOnce } from "./actions.ts";

export interface Running {
	done: number;
	of: number;
	stop: () => void;
}

export interface BulkProps {
	count: number;
	/** All that the filter takes, where that is more than what is selected. */
	all: { count: number } | null;
	everything: boolean;
	bin: boolean;
	running: Running | null;
	onAll: () => void;
	onNone: () => void;
	onDeed: (deed: Deed) => void;
	onTag: () => void;
	onExclude: () => void;
	onPurge?: () => void;
}

function Going({ running }: { running: Running }): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	const share = running.of > 0 ? Math.min(100, (running.done / running.of) * 100) : 0;
	return (
		<div className="aw-bulk" role="status">
			<span>{t("progress", { done: f.number(running.done), of: f.number(running.of) })}</span>
			<Progress value={share} aria-label={t("progress_label")} style={{ flex: 1, minWidth: 80 }} />
			<Button size="compact-sm" variant="default" onClick={running.stop}>
				{t("stop")}
			</Button>
		</div>
	);
}

export function BulkBar(props: BulkProps): ReactElement | null {
	const t = useWords("answers");
	const { onDeed } = props;
	if (props.running) return <Going running={props.running} />;
	if (props.count === 0) return null;
	const tooMany = props.all !== null && props.all.count > mostAtOnce;
	const button = (words: string, run: () => void) => (
		<Button size="compact-sm" variant="default" onClick={run}>
			{words}
		</Button>
	);
	return (
		<section className="aw-bulk" aria-label={t("bulk")}>
			<strong>{t("selected", { n: props.count })}</strong>
			{props.all && !props.everything && !tooMany && (
				<Button size="compact-sm" variant="subtle" onClick={props.onAll}>
					{t("select_all", { n: props.all.count })}
				</Button>
			)}
			{props.all && tooMany && <span className="quiet">{t("too_many", { n: mostAtOnce })}</span>}
			{props.bin ? (
				<>
					{button(t("restore"), () => onDeed({ action: "restore" }))}
					{props.onPurge && button(t("purge"), props.onPurge)}
				</>
			) : (
				<>
					{button(t("tag"), props.onTag)}
					{button(t("star"), () => onDeed({ action: "star" }))}
					{button(t("exclude"), props.onExclude)}
					{button(t("include"), () => onDeed({ action: "include" }))}
					{button(t("test"), () => onDeed({ action: "test" }))}
					{button(t("delete"), () => onDeed({ action: "delete" }))}
				</>
			)}
			<CloseButton aria-label={t("select_none")} onClick={props.onNone} />
		</section>
	);
}
