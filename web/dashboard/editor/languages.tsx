// web/dashboard/editor/languages.tsx - the survey's own language, and each other side by side with it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, NativeSelect, Stack, Text as Plain } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { SurveyDraft } from "../api.ts";
import { useWords } from "../words.ts";
import { Text, useDesk } from "./fields.tsx";
import { slotsOf, textAt, withMember } from "./model.ts";
import { useLanguageName, useSlotName } from "./names.tsx";

export const spoken = ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "ar"];
const others = "bg,ca,cs,da,el,et,fi,he,hi,hr,hu,id,ko,lt,lv,no,pl,ro,ru,sk,sl,sr,sv,th,tr,uk,vi,zh".split(",");

/** How many texts of each language are missing, as the server counted them. */
export function missingBy(draft: SurveyDraft): Map<string, SurveyDraft["missing"]> {
	const by = new Map<string, SurveyDraft["missing"]>();
	for (const gap of draft.missing) by.set(gap.language, [...(by.get(gap.language) ?? []), gap]);
	return by;
}

function Side({ tag }: { tag: string }): ReactElement {
	const t = useWords("editor");
	const slotName = useSlotName();
	const { definition, builtIn } = useDesk();
	const has = spoken.includes(tag.split("-")[0] ?? "");
	return (
		<div className="translation">
			{slotsOf(definition).map((slot) => {
				const path = ["translations", tag, ...slot.path];
				const own = slot.original || (slot.builtIn ? builtIn(definition.language, slot.builtIn) : "");
				const missing = !textAt(definition, path) && (slot.original !== "" || !has);
				const placeholder = missing ? own : slot.builtIn && builtIn(tag, slot.builtIn);
				return (
					<div key={slot.path.join("/")} className="translation-row" data-missing={missing || undefined}>
						<div>
							<Plain size="sm" fw={600}>
								{slotName(slot.path)}
							</Plain>
							<Plain size="sm" className="original" lang={definition.language} dir="auto">
								{own}
							</Plain>
						</div>
						<Text
							label={
								<Group gap="xs">
									{slotName(slot.path)}
									{missing && (
										<span className="mark">{t("missing")}</span>
									)}
								</Group>
							}
							path={path}
							placeholder={placeholder}
							lang={tag}
						/>
					</div>
				);
			})}
		</div>
	);
}

export function LanguagesPart(): ReactElement {
	const t = useWords("editor");
	const nameOf = useLanguageName();
	const { definition, change, work } = useDesk();
	const tags = Object.keys(definition.translations ?? {});
	const [chosen, setChosen] = useState(() => tags.find((tag) => Object.keys(work.wrong).some((path) => path.startsWith(`/definition/translations/${tag}/`))) ?? "");
	const shown = tags.includes(chosen) ? chosen : tags[0];
	const free = [...spoken, ...others].filter((tag) => tag !== definition.language && !tags.includes(tag));
	const own = [...new Set([definition.language, ...[...spoken, ...others].filter((tag) => !tags.includes(tag))])];
	const add = (tag: string) => {
		change({ ...definition, translations: { ...definition.translations, [tag]: {} } });
		setChosen(tag);
	};
	const remove = (tag: string) => {
		const { [tag]: _, ...rest } = definition.translations ?? {};
		change(withMember(definition, "translations", rest));
	};
	return (
		<Stack gap="md">
			<Group align="flex-end">
				<NativeSelect
					label={t("own_language")}
					value={definition.language}
					data={own.map((tag) => ({ value: tag, label: nameOf(tag) }))}
					onChange={(event) => change({ ...definition, language: event.currentTarget.value })}
				/>
				<NativeSelect
					label={t("add_language")}
					value=""
					data={[{ value: "", label: t("choose_language") }, ...free.map((tag) => ({ value: tag, label: nameOf(tag) }))]}
					onChange={(event) => event.currentTarget.value && add(event.currentTarget.value)}
				/>
			</Group>
			{!shown && <Plain c="dimmed">{t("no_languages")}</Plain>}
			{tags.length > 1 && (
				<NativeSelect
					label={t("shown_language")}
					value={shown}
					data={tags.map((tag) => ({ value: tag, label: nameOf(tag) }))}
					onChange={(event) => setChosen(event.currentTarget.value)}
				/>
			)}
			{shown && (
				<section aria-label={nameOf(shown)}>
					<Group justify="space-between" mb="xs">
						<Plain fw={600}>
							{nameOf(definition.language)} → {nameOf(shown)}
						</Plain>
						<Button size="compact-sm" variant="subtle" color="gray" onClick={() => remove(shown)}>
							{t("remove_language", { language: nameOf(shown) })}
						</Button>
					</Group>
					{!spoken.includes(shown.split("-")[0] ?? "") && (
						<Plain size="sm" c="dimmed" mb="xs">
							{t("not_spoken", { language: nameOf(shown) })}
						</Plain>
					)}
					<Side tag={shown} />
				</section>
			)}
		</Stack>
	);
}
