// web/dashboard/overview/urgent.tsx - comments that somebody should look at today, a notice a kind, with the words that say so.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactElement, useEffect, useState } from "react";
import { Link } from "wouter";
import { changeUrgent, doneUrgent, listUrgent, type UrgentNotice } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { Later } from "./alerts.tsx";

function Quote({ one }: { one: UrgentNotice["newest"][number] }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	return (
		<li>
			<p dir="auto" className="urgent-quote">
				{one.pieces.map((piece, i) => (piece.marked ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>))}
			</p>
			<Link href={`/answers/${one.id}`} className="quiet">
				{one.score === null
					? t("urgent_answer_unscored", { day: f.shortDay(f.dayOf(one.submitted_at)) })
					: t("urgent_answer", { score: one.score, day: f.shortDay(f.dayOf(one.submitted_at)) })}
			</Link>
		</li>
	);
}

function One(props: { notice: UrgentNotice; today: string; onChanged: () => void }): ReactElement {
	const t = useWords("overview");
	const tf = useWords("filter");
	const f = useFormat();
	const { role, team } = useMe();
	const { notice, today } = props;
	const [later, setLater] = useState(false);
	const { kind } = notice;
	const change = async (body: Parameters<typeof changeUrgent>[0]["body"]) => {
		await changeUrgent({ urgent: kind, body });
		props.onChanged();
	};
	const deal = async (done: boolean) => {
		await doneUrgent({ urgent: kind, body: { responses: notice.ids, done } });
		props.onChanged();
	};
	const dealtWith = async () => {
		try {
			await deal(true);
			undoable(t("urgent_done"), () => deal(false));
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	const putOff = async (day: string) => {
		await change({ snoozed_until: day });
		undoable(t("alert_put_off", { day: f.shortDay(day) }), () => change({ snoozed_until: null }));
	};
	return (
		<li className="alert">
			<IconAlertTriangle size={22} aria-hidden="true" />
			<div className="alert-text">
				<p>
					<Link href={`/answers?urgent=${kind}&period=all`}>
						{t("urgent_title", { kind: tf(`urgent_${kind.replace("-", "_")}` as "urgent_safety"), n: notice.answers })}
					</Link>
				</p>
				<ul className="urgent-quotes">
					{notice.newest.map((one) => (
						<Quote key={one.id} one={one} />
					))}
				</ul>
				<div className="alert-deeds no-print">
					<Button size="compact-sm" variant="light" onClick={() => void dealtWith()}>
						{t("urgent_deal", { n: notice.ids.length })}
					</Button>
					{role !== "agent" && !team?.limits && (
						<Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLater(true)}>
							{t("alert_later")}
						</Button>
					)}
				</div>
			</div>
			{later && <Later today={today} onClose={() => setLater(false)} onDay={putOff} />}
		</li>
	);
}

/** On the overview, for who sees comments: what cannot be loaded is no reason to say anything there. */
export default function Urgent(): ReactElement | null {
	const t = useWords("overview");
	const { value, reload } = useLoad((signal) => listUrgent({}, { signal }), []);
	useEffect(() => {
		const look = () => void reload();
		addEventListener("heed:urgent", look);
		return () => removeEventListener("heed:urgent", look);
	}, [reload]);
	const open = value?.notices.filter((one) => one.state === "open") ?? [];
	if (!value || open.length === 0) return null;
	return (
		<section aria-label={t("urgent")}>
			<ul className="alerts">
				{open.map((notice) => (
					<One key={notice.kind} notice={notice} today={value.today} onChanged={() => void reload()} />
				))}
			</ul>
		</section>
	);
}
