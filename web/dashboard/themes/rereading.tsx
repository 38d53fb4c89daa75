// web/dashboard/themes/rereading.tsx - comments that are all read: why, how far, how fast, how long still; it can be stopped and taken up.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, Progress, Text } from "@mantine/core";
import { type ReactElement, useEffect, useRef } from "react";
import { cancelReading, getReadingStatus, type ReadingStatus, readAgain } from "../api.ts";
import { useMe } from "../me.ts";
import { useSave } from "../settings/save.ts";
import { useAgain } from "../ui/again.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

const everyMs = 1000;
/** As long as nothing is under way: somebody else may begin. */
const idleMs = 15_000;

/** How far it is, which a team that sees a part of the answers is not told. */
type Far = { done: number; total: number; rate: number };
const farOf = ({ done, total, rate }: ReadingStatus): Far | null => (done === null || total === null || rate === null ? null : { done, total, rate });

function Left({ status }: { status: Far }): ReactElement | null {
	const t = useWords("taxonomy");
	const seconds = status.rate > 0 ? Math.round((status.total - status.done) / status.rate) : null;
	if (seconds === null || status.done === 0) return null;
	return <>, {seconds < 90 ? t("reading_left", { seconds: Math.max(0, seconds) }) : t("reading_left_minutes", { minutes: Math.round(seconds / 60) })}</>;
}

function Way({ status, far }: { status: ReadingStatus; far: Far | null }): ReactElement | null {
	const t = useWords("taxonomy");
	if (status.learns_first) return <>{t("reading_learns")}</>;
	if (!far) return null;
	return (
		<>
			{t("reading_done", { done: far.done, total: Math.max(far.total, far.done), rate: Math.round(far.rate) })}
			<Left status={far} />
		</>
	);
}

/** `turn` changes when something was done that reads again; `onDone` when a reading that was seen has ended. */
export function Rereading({ turn, onDone }: { turn?: unknown; onDone?: () => void }): ReactElement | null {
	const t = useWords("taxonomy");
	const { role, team } = useMe();
	const load = useLoad((signal) => getReadingStatus({}, { signal }), [turn]);
	const { value, put } = load;
	const save = useSave();
	const ran = useRef(false);
	const runs = value?.state === "runs";
	useAgain(load, runs ? everyMs : idleMs);
	useEffect(() => {
		if (ran.current && !runs) onDone?.();
		ran.current = runs;
	}, [runs, onDone]);
	if (!value || (value.state !== "runs" && value.state !== "cancelled") || value.total === 0) return null;
	const far = farOf(value);
	const may = role === "owner" || role === "admin" || (role === "analyst" && !team?.limits);
	const act = (deed: () => Promise<ReadingStatus>) => void save.run(async () => put(await deed()));
	const first = value.reason === "first";
	const title = t(!runs ? "reading_stopped" : first ? "reading_first" : "reading");
	return (
		<Alert color={runs ? "blue" : "yellow"} variant="light" title={title} className="no-print">
			{runs && far && <Progress value={(100 * far.done) / Math.max(1, far.total)} aria-label={title} />}
			<Group justify="space-between" mt="xs" gap="sm">
				<div>
					<Text size="sm">
						{runs ? <Way status={value} far={far} /> : far && t("reading_stopped_more", { done: far.done, total: far.total })}
					</Text>
					{runs && (
						<Text size="sm" c="dimmed">
							{t("reading_why", { reason: value.reason ?? "first" })} {t(first ? "reading_figures_first" : "reading_figures")}
						</Text>
					)}
				</div>
				{may && (
					<Button size="sm" variant="default" loading={save.busy} onClick={() => act(() => (runs ? cancelReading({}) : readAgain({})))}>
						{t(runs ? "reading_stop" : "reading_on")}
					</Button>
				)}
			</Group>
			{save.error !== undefined && <Failure error={save.error} />}
			<span className="themes-spoken" role="status">
				{title}
			</span>
		</Alert>
	);
}
