// web/dashboard/learnt/themes.tsx - how well each theme is found, by what people said of comments.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { Learnt } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part } from "../settings/layout.tsx";
import { useThemeName } from "../themes/name.ts";
import { useWords } from "../words.ts";
import { Enough, HeldBack, hundredths } from "./share.tsx";

type Theme = Learnt["themes"][number];

/** Shown before somebody asks for all. */
const few = 6;
const labelsOf = (theme: Theme) => theme.put_right + theme.checked;

function Figures({ theme, least }: { theme: Theme; least: number }): ReactElement {
	const t = useWords("learnt");
	const two = hundredths(useFormat().locale);
	const by = theme.figures?.[theme.learnt_used ? "learnt" : "shipped"];
	const checked = by?.checked;
	const beyond = checked?.beyond_chance;
	return (
		<div className="learnt-shares">
			{checked && (
				<>
					<HeldBack label={t("precision")} share={checked.precision} />
					<HeldBack label={t("recall")} share={checked.recall} />
					{beyond && <p className="quiet">{t("machine_beyond", { value: two(beyond.value), low: two(beyond.lo), high: two(beyond.hi), n: checked.right.of })}</p>}
				</>
			)}
			{!checked && theme.checked > 0 && <Enough label={t("checked")} there={theme.checked} least={least} />}
			{theme.figures && theme.put_right >= least && <HeldBack label={t("put_right")} share={theme.figures.learnt.put_right} />}
			{!theme.figures && <Enough label={t("labels")} there={labelsOf(theme)} least={least} />}
		</div>
	);
}

function Row({ theme, least }: { theme: Theme; least: number }): ReactElement {
	const t = useWords("learnt");
	const name = useThemeName();
	return (
		<li>
			<span className="learnt-theme">
				<Link href={`/insight/themes/${theme.theme_id}`}>{name(theme)}</Link>
				{theme.figures && <span className="quiet">{t(theme.learnt_used ? "learnt_used" : "learnt_not_used")}</span>}
			</span>
			<Figures theme={theme} least={least} />
		</li>
	);
}

export function LearntThemes({ value }: { value: Learnt }): ReactElement {
	const t = useWords("learnt");
	const [all, setAll] = useState(false);
	const said = value.themes.filter((one) => labelsOf(one) > 0).sort((a, b) => labelsOf(b) - labelsOf(a));
	const shown = all ? said : said.slice(0, few);
	return (
		<Part title={t("themes")} text={t("themes_more")}>
			{said.length === 0 && <p>{t("no_labels", { least: value.least.labels })}</p>}
			{said.length > 0 && (
				<ul className="learnt-themes">
					{shown.map((one) => (
						<Row key={one.theme_id} theme={one} least={value.least.labels} />
					))}
				</ul>
			)}
			{said.length > shown.length && (
				<div>
					<Button variant="default" onClick={() => setAll(true)}>
						{t("show_all", { n: said.length })}
					</Button>
				</div>
			)}
			<p className="learnt-ways">
				<Link href="/insight/themes">{t("go_check")}</Link>
				<Link href="/answers/read">{t("go_read")}</Link>
			</p>
		</Part>
	);
}
