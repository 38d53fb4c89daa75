// web/dashboard/found/watches.tsx - which scores are watched, what fall or rise would be seen how soon, and alerts that were put away.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { type Alerts, changeAlert, type Watch } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useChangeSentence, useThemeSentence } from "../overview/alerts.tsx";
import { partKey, partName } from "../overview/part.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

/** What is said of a watch, a line each; the last is what it is compared with. */
function useWatchLines(least: number): (watch: Watch) => string[] {
	const t = useWords("found");
	const f = useFormat();
	return (watch) => {
		const n = Math.round(watch.people_per_week);
		if (watch.state === "too_few") return [t("off_too_few", { n, least })];
		if (watch.state !== "watching") return [t(`off_${watch.state}` as "off_learning", { n })];
		const within = watch.sees.filter((one) => one.weeks <= 52 && one.fall >= 15);
		const told = [within[0], within.at(-1)].filter((one, i, all) => one && all.indexOf(one) === i);
		const sees = told.map((one) => t("sees", { fall: one?.fall ?? 0, weeks: Math.max(1, Math.ceil(one?.weeks ?? 1)), people: one?.people ?? 0 }));
		const rise = watch.sees_rises.find((one) => one.weeks <= 52 && one.rise >= 15);
		if (rise) sees.push(t("sees_rise", { rise: rise.rise, weeks: Math.max(1, Math.ceil(rise.weeks)), people: rise.people }));
		const compared = watch.baseline_from && watch.baseline_to ? [t("watch_baseline", { from: f.day(watch.baseline_from), to: f.day(watch.baseline_to), n: watch.baseline_people })] : [];
		return [t("watching", { n }), ...(sees.length ? sees : [t("sees_not")]), ...compared];
	};
}

function Earlier({ alerts, onChanged }: { alerts: Alerts; onChanged: () => void }): ReactElement | null {
	const t = useWords("found");
	const f = useFormat();
	const sentence = useChangeSentence();
	const themeSentence = useThemeSentence();
	const { role } = useMe();
	const away = alerts.alerts.filter((alert) => alert.state !== "open");
	if (away.length === 0) return null;
	const wake = async (id: string) => {
		try {
			await changeAlert({ alert: id, body: { state: "open", snoozed_until: null } });
			onChanged();
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	return (
		<details className="how">
			<summary>{t("earlier", { n: away.length })}</summary>
			<ul className="earlier">
				{away.map((alert) => (
					<li key={alert.id}>
						{[...alert.parts.map((part) => sentence(part, false)), ...alert.themes.map(themeSentence)].join(" ")}{" "}
						<span className="quiet">
							{alert.state === "dismissed" ? t("earlier_dismissed") : t("earlier_snoozed", { day: f.shortDay(alert.snoozed_until ?? alerts.today) })}
						</span>{" "}
						{["owner", "admin", "analyst"].includes(role) && (
							<Button className="no-print" size="compact-xs" variant="subtle" onClick={() => void wake(alert.id)}>
								{t("wake")}
							</Button>
						)}
					</li>
				))}
			</ul>
		</details>
	);
}

export function Watches({ alerts, manyBrands, onChanged }: { alerts: Alerts; manyBrands: boolean; onChanged: () => void }): ReactElement {
	const t = useWords("found");
	const overview = useWords("overview");
	const lines = useWatchLines(alerts.least_people_per_week);
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="watched-title">
			<Title order={2} size="h4" id="watched-title">
				{t("watched")}
			</Title>
			<Text c="dimmed" size="sm" mt={4}>
				{alerts.watches.length ? t("watched_more") : t("watch_none", { least: alerts.least_people_per_week })}
			</Text>
			<dl className="watches">
				{alerts.watches.map((watch) => (
					<div key={partKey(watch)} className={watch.state === "watching" ? "on" : "off"}>
						<dt>{partName(overview, watch, manyBrands)}</dt>
						{lines(watch).map((line) => (
							<dd key={line}>{line}</dd>
						))}
					</div>
				))}
			</dl>
			<Earlier alerts={alerts} onChanged={onChanged} />
			<HowWeKnow>
				<p>{t("how_watched")}</p>
			</HowWeKnow>
		</Paper>
	);
}
