// web/dashboard/overview/alerts.tsx - scores that fell or rose, and what to do about being told: look, note what happened, not now, dismiss.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, TextInput } from "@mantine/core";
import { IconMessageUp, IconTrendingDown, IconTrendingUp } from "@tabler/icons-react";
import { type ReactElement, Suspense, useState } from "react";
import { Link } from "wouter";
import { type Alert, type AlertPart, type AlertTheme, changeAlert, listAlerts } from "../api.ts";
import { fetchedPart } from "../fetched.ts";
import { plusDays } from "../filter/period.ts";
import { digitsOf, useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useSave } from "../settings/save.ts";
import { DialogForm } from "../ui/dialog_form.tsx";
import { sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useThemeName } from "../themes/name.ts";
import { useWords } from "../words.ts";
import { partKey, partName } from "./part.ts";

const PinNote = fetchedPart(() => import("./pin_note.tsx"));

/** "Relationship fell around 10 Jul by about 20 (13 to 27), from 34 to 14." */
export function useChangeSentence(): (part: AlertPart, manyBrands: boolean) => string {
	const t = useWords("overview");
	const f = useFormat();
	return (part, manyBrands) => {
		const [from = 0, to = 0] = part.interval;
		const digits = digitsOf(to - from);
		const { by, low, high } = f.moved(part.change, part.interval);
		return t(part.change < 0 ? "alert_fell" : "alert_rose", {
			name: partName(t, part, manyBrands),
			day: f.shortDay(part.day),
			by,
			low,
			high,
			before: f.score(part.before, digits),
			after: f.score(part.after, digits),
		});
	};
}

/** "Support: “Speed of support” is spoken of more often since about 15 Jun: about 13 % of those who write, 4 % before." */
export function useThemeSentence(): (one: AlertTheme) => string {
	const t = useWords("overview");
	const f = useFormat();
	const name = useThemeName();
	return (one) =>
		t("alert_theme", { score: partName(t, one, false), name: name(one.theme), day: f.shortDay(one.since), after: f.percent(one.share_after), before: f.percent(one.share_before) });
}

/** Asks for the day on which it comes back. */
export function Later(props: { today: string; onClose: () => void; onDay: (day: string) => Promise<unknown> }): ReactElement {
	const t = useWords("overview");
	const save = useSave();
	const [day, setDay] = useState(plusDays(props.today, 7));
	const put = () =>
		void save.run(async () => {
			await props.onDay(day);
			props.onClose();
		});
	return (
		<DialogForm title={t("alert_later")} save={save} cancel={t("pin_not")} submit={t("alert_later_do")} onClose={props.onClose} onSubmit={put}>
			<TextInput
				type="date"
				label={t("alert_later_when")}
				value={day}
				min={plusDays(props.today, 1)}
				required
				onChange={(event) => setDay(event.currentTarget.value)}
			/>
		</DialogForm>
	);
}

function One(props: { alert: Alert; today: string; manyBrands: boolean; onChanged: () => void }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const { role } = useMe();
	const sentence = useChangeSentence();
	const { alert, today } = props;
	const [asking, setAsking] = useState<"note" | "later" | null>(null);
	const themeSentence = useThemeSentence();
	const first: AlertPart | undefined = alert.parts[0];
	const theme: AlertTheme | undefined = alert.themes[0];
	const Way = !first ? IconMessageUp : first.change < 0 ? IconTrendingDown : IconTrendingUp;
	const day = first?.day ?? theme?.since ?? today;
	const change = async (body: { state?: "open" | "dismissed"; snoozed_until?: string | null }) => {
		await changeAlert({ alert: alert.id, body });
		props.onChanged();
	};
	const dismiss = async () => {
		try {
			await change({ state: "dismissed" });
			undoable(t("alert_dismissed"), () => change({ state: "open" }));
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	const putOff = async (day: string) => {
		await change({ snoozed_until: day });
		undoable(t("alert_put_off", { day: f.shortDay(day) }), () => change({ snoozed_until: null }));
	};
	const after = Math.max(...alert.parts.map((part) => part.people_after));
	return (
		<li className="alert">
			<Way size={22} aria-hidden="true" data-way={!first ? "theme" : first.change < 0 ? "down" : "up"} />
			<div className="alert-text">
				{alert.parts.map((part) => (
					<p key={partKey(part)}>
						<Link href={`/insight/trends?part=${encodeURIComponent(partKey(part))}`}>{sentence(part, props.manyBrands)}</Link>
					</p>
				))}
				{alert.themes.map((one) => (
					<p key={`${partKey(one)} ${one.theme.id}`}>
						{role === "viewer" ? themeSentence(one) : <Link href={`/insight/themes/${one.theme.id}?part=${encodeURIComponent(partKey(one))}&from=${one.since}`}>{themeSentence(one)}</Link>}
					</p>
				))}
				{theme && <p className="quiet">{t("alert_theme_seen", { day: f.shortDay(theme.seen_on), comments: theme.comments, people: theme.people })}</p>}
				{first && (
					<p className="quiet">
					{t("alert_seen", { day: f.shortDay(first.seen_on), n: after, from: f.shortDay(first.from), to: f.shortDay(first.to) })}
				</p>
				)}
				{["owner", "admin", "analyst"].includes(role) && (
					<div className="alert-deeds no-print">
						<Button size="compact-sm" variant="light" onClick={() => setAsking("note")}>
							{t("alert_note")}
						</Button>
						<Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsking("later")}>
							{t("alert_later")}
						</Button>
						<Button size="compact-sm" variant="subtle" color="gray" onClick={() => void dismiss()}>
							{t("alert_dismiss")}
						</Button>
					</div>
				)}
			</div>
			{asking === "later" && <Later today={today} onClose={() => setAsking(null)} onDay={putOff} />}
			{asking === "note" && (
				<Suspense>
					<PinNote day={day} onClose={() => setAsking(null)} onPinned={() => undefined} />
				</Suspense>
			)}
		</li>
	);
}

/** Those that are open; nothing where there are none. */
export function AlertList(props: { alerts: Alert[]; today: string; onChanged: () => void }): ReactElement | null {
	const t = useWords("overview");
	const open = props.alerts.filter((alert) => alert.state === "open");
	const manyBrands = new Set(props.alerts.flatMap((alert) => alert.parts.map((part) => part.brand.id))).size > 1;
	if (open.length === 0) return null;
	return (
		<section aria-label={t("alerts")}>
			<ul className="alerts">
				{open.map((alert) => (
					<One key={alert.id} alert={alert} today={props.today} manyBrands={manyBrands} onChanged={props.onChanged} />
				))}
			</ul>
		</section>
	);
}

/** On the overview: what cannot be loaded is no reason to say anything there. */
export default function Alerts(): ReactElement | null {
	const { value, reload } = useLoad((signal) => listAlerts({}, { signal }), []);
	return value ? <AlertList alerts={value.alerts} today={value.today} onChanged={() => void reload()} /> : null;
}
