// web/dashboard/themes/emerging.tsx - themes that are spoken of more often than before, seen in the last half year.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { type EmergingTheme, getEmerging } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { useThemeName } from "./name.ts";
import { Quote } from "./quotes.tsx";

function One({ one, part }: { one: EmergingTheme; part: string }): ReactElement {
	const t = useWords("themes");
	const f = useFormat();
	const { role } = useMe();
	const name = useThemeName();
	const says = t("emerging_says", { name: name(one.theme), day: f.day(one.since), after: f.percent(one.share_after), before: f.percent(one.share_before) });
	const [low, high] = [one.interval[0] ?? 0, one.interval[1] ?? 0];
	const times = (v: number) => f.number(Math.round(10 * v) / 10);
	const seen = { day: f.day(one.seen_on), comments: one.comments, people: one.people };
	return (
		<li>
			<Text fw={600}>{role === "viewer" ? says : <Link href={`/insight/themes/${one.theme.id}?part=${encodeURIComponent(part)}&from=${one.since}`}>{says}</Link>}</Text>
			<Text size="sm" c="dimmed">
				{high > 20 ? t("emerging_new", seen) : t("emerging_seen", { ...seen, times: times(one.times), low: times(low), high: times(high) })}
			</Text>
			<ul className="themes-quotes">
				{one.quotes.map((quote) => (
					<Quote key={quote.id} quote={quote} />
				))}
			</ul>
		</li>
	);
}

export function Emerging({ part }: { part: string }): ReactElement | null {
	const t = useWords("themes");
	const { value, error, reload } = useLoad((signal) => getEmerging({ part }, { signal }), [part]);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value) return null;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-emerging">
			<Title order={2} size="h4" id="themes-emerging">
				{t("emerging")}
			</Title>
			{value.themes.length === 0 ? (
				<Text mt="xs">{t(value.watching ? "emerging_none" : "emerging_learning")}</Text>
			) : (
				<ul className="delights">
					{value.themes.map((one) => (
						<One key={`${one.theme.id} ${one.since}`} one={one} part={part} />
					))}
				</ul>
			)}
			<HowWeKnow>
				<p>{t("how_emerging", { series: value.series })}</p>
			</HowWeKnow>
		</Paper>
	);
}
