// web/dashboard/themes/delights.tsx - unexpected delights, beside the pains: what few praise, promoters above all, and lately more.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import type { Delight, Themes } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords } from "../words.ts";
import { Quote } from "./quotes.tsx";
import { ThemeLink } from "./theme_link.tsx";

function One({ one, value, filter }: { one: Delight; value: Themes; filter: Filter }): ReactElement {
	const t = useWords("themes");
	const f = useFormat();
	const share = ({ share: of, interval }: Delight["lately"]) => ({ share: f.percent(of ?? 0), low: f.percent(interval?.[0] ?? 0), high: f.percent(interval?.[1] ?? 0) });
	return (
		<li>
			<h3 className="delights-name">
				<ThemeLink theme={one} value={value} filter={filter} says="praised" />
			</h3>
			<Text>{t("delight_lately", { ...share(one.lately), people: one.lately.people, of: one.lately.of, before: f.percent(one.before.share ?? 0) })}</Text>
			<Text size="sm" c="dimmed">
				{t("delight_all", { all: f.percent(one.all.share ?? 0), others: f.percent(one.others.share ?? 0) })}
			</Text>
			<ul className="themes-quotes">
				{one.quotes.map((quote) => (
					<Quote key={quote.id} quote={quote} />
				))}
			</ul>
		</li>
	);
}

export function Delights({ value, filter }: { value: Themes; filter: Filter }): ReactElement | null {
	const t = useWords("themes");
	const f = useFormat();
	const { themes, tried, since } = value.unexpected;
	if (since === null || tried === 0) return null;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-delights">
			<Title order={2} size="h4" id="themes-delights">
				{t("delights")}
			</Title>
			{themes.length === 0 ? (
				<Text mt="xs">{t("delights_none", { tried, since: f.day(f.dayOf(since)) })}</Text>
			) : (
				<ul className="delights">
					{themes.map((one) => (
						<One key={one.id} one={one} value={value} filter={filter} />
					))}
				</ul>
			)}
			<HowWeKnow>
				<p>{t("how_delights", { tried })}</p>
			</HowWeKnow>
		</Paper>
	);
}
