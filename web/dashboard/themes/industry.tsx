// web/dashboard/themes/industry.tsx - asked once: what the workspace is in, with the themes that it would show.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Paper, Radio, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { getReadingSettings, listThemes, setReadingSettings, type Theme } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useSave } from "../settings/save.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { useThemeName } from "./name.ts";

export const industries = ["saas", "retail", "telecoms", "hospitality", "health", "finance"] as const;
type Industry = (typeof industries)[number];

/** Of those that come with Heed; those that somebody turned on or off stay so. */
function Effect({ themes, industry }: { themes: Theme[]; industry: Industry }): ReactElement {
	const t = useWords("taxonomy");
	const f = useFormat();
	const name = useThemeName();
	const shipped = themes.filter((theme) => theme.industries.length > 0);
	const [on, off] = [true, false].map((wanted) => shipped.filter((theme) => theme.industries.includes(industry) === wanted));
	const names = (list: Theme[] = []) => f.list(list.map(name).sort((a, b) => a.localeCompare(b)));
	return (
		<div aria-live="polite">
			<Text size="sm" mt="sm">
				{t("industry_on", { n: on?.length ?? 0, names: names(on) })}
			</Text>
			<Text size="sm" c="dimmed" mt={4}>
				{t("industry_off", { n: off?.length ?? 0, names: names(off) })}
			</Text>
		</div>
	);
}

export function AskIndustry({ onSaid }: { onSaid: () => void }): ReactElement | null {
	const t = useWords("taxonomy");
	const { role, team } = useMe();
	const [industry, setIndustry] = useState<Industry | null>(null);
	const may = role === "owner" || role === "admin" || (role === "analyst" && !team?.limits);
	const { value, reload } = useLoad(async (signal) => (may ? Promise.all([getReadingSettings({}, { signal }), listThemes({}, { signal })]) : null), [may]);
	const save = useSave();
	if (!value || value[0].industry !== null || value[0].skipped || !value[1].themes.some((theme) => theme.industries.length > 0)) return null;
	const settle = async () => {
		await reload();
		onSaid();
	};
	const say = async (body: { industry: Industry | null; skipped?: boolean }, done: string) => {
		if (!(await save.run(() => setReadingSettings({ body })))) return;
		undoable(done, async () => {
			await setReadingSettings({ body: { industry: null } });
			await settle();
		});
		await settle();
	};
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-industry" className="no-print">
			<Title order={2} size="h4" id="themes-industry">
				{t("industry")}
			</Title>
			<Text mt="xs">{t("industry_more", { n: value[1].themes.filter((theme) => theme.industries.length > 0).length })}</Text>
			<Radio.Group mt="md" aria-labelledby="themes-industry" value={industry ?? ""} onChange={(next) => setIndustry(next as Industry)}>
				<Group gap="md">
					{industries.map((one) => (
						<Radio key={one} value={one} label={t(`industry_${one}`)} />
					))}
				</Group>
			</Radio.Group>
			{industry && <Effect themes={value[1].themes} industry={industry} />}
			{save.error !== undefined && <Failure error={save.error} />}
			<Group mt="md" gap="sm">
				<Button disabled={!industry} loading={save.busy} onClick={() => industry && void say({ industry }, t("industry_taken", { industry: t(`industry_${industry}`) }))}>
					{t("industry_take")}
				</Button>
				<Button variant="subtle" disabled={save.busy} onClick={() => void say({ industry: null, skipped: true }, t("industry_skipped"))}>
					{t("industry_skip")}
				</Button>
			</Group>
		</Paper>
	);
}
