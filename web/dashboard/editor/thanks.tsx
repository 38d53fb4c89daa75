// web/dashboard/editor/thanks.tsx - what is said at the end, and the button below it, for all or for each group.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Checkbox, Paper, Stack, Switch, Text as Plain, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { confirmReviewGating, type Definition } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { Text, useDesk, useError } from "./fields.tsx";
import { type Group, groups, withMember } from "./model.ts";
import { Notice } from "./notice.tsx";

type Buttons = NonNullable<Definition["thanks_button"]>;
type One = NonNullable<Buttons["all"]>;

/** A public-review link for some groups only: why not, and the owner's word that it is known. */
export function GatingNotice({ onConfirmed }: { onConfirmed: () => unknown }): ReactElement | null {
	const t = useWords("editor");
	const f = useFormat();
	const { role } = useMe();
	const { work } = useDesk();
	const [busy, setBusy] = useState(false);
	const { gates_reviews: gates, gating_confirmed_at: at, gating_confirmed_by: by, survey } = work.server;
	if (!gates) return null;
	const confirm = async () => {
		setBusy(true);
		try {
			await confirmReviewGating({ survey: survey.id });
			await onConfirmed();
		} catch (error) {
			sayBad(sentenceOf(error));
		}
		setBusy(false);
	};
	return (
		<Notice tone={at ? "calm" : "bad"} title={t("gating")}>
			<Stack gap="xs" align="flex-start">
				<Plain size="sm">{t("gating_more")}</Plain>
				{at && <Plain size="sm">{t("gating_confirmed", { who: by ?? "", when: f.time(at) })}</Plain>}
				{!at && role === "owner" && (
					<Button size="compact-sm" loading={busy} onClick={() => void confirm()}>
						{t("gating_confirm")}
					</Button>
				)}
				{!at && role !== "owner" && <Plain size="sm">{t("gating_owner")}</Plain>}
			</Stack>
		</Notice>
	);
}

function ButtonFields({ group }: { group: Group | "all" }): ReactElement {
	const t = useWords("editor");
	const { definition, change } = useDesk();
	const errorAt = useError();
	const at = `/definition/thanks_button/${group}`;
	const button = definition.thanks_button?.[group] ?? { text: "", url: "", review: false };
	const put = (to: One, field: string) => {
		const empty = !to.text && !to.url && !to.review;
		const buttons = withMember(definition.thanks_button ?? {}, group, empty ? undefined : to);
		change(withMember(definition, "thanks_button", buttons), field);
	};
	const input = (name: "text" | "url", label: string, placeholder: string) => (
		<TextInput
			label={label}
			placeholder={placeholder}
			value={button[name]}
			inputMode={name === "url" ? "url" : undefined}
			error={errorAt(`${at}/${name}`)}
			data-path={`${at}/${name}`}
			onChange={(event) => put({ ...button, [name]: event.currentTarget.value }, `${at}/${name}`)}
		/>
	);
	return (
		<>
			{input("text", t("button_text"), t("button_text_example"))}
			{input("url", t("button_url"), "https://")}
			<Checkbox
				label={t("button_review")}
				checked={button.review}
				onChange={(event) => put({ ...button, review: event.currentTarget.checked }, "")}
			/>
		</>
	);
}

/** What was written is kept where it has a place. */
function turned<T>(by: Partial<Record<Group | "all", T>> | undefined, one: boolean): Partial<Record<Group | "all", T>> | undefined {
	const first = by && (by.all ?? by.promoters ?? by.passives ?? by.detractors);
	if (!first) return undefined;
	return one ? { all: first } : { promoters: first, passives: first, detractors: first };
}

export function ThanksPart({ onConfirmed }: { onConfirmed: () => unknown }): ReactElement {
	const t = useWords("editor");
	const { definition, change, builtIn } = useDesk();
	const [wished, setWished] = useState<boolean | null>(null);
	const { thanks, thanks_button: buttons, language } = definition;
	const written = [...Object.keys(thanks ?? {}), ...Object.keys(buttons ?? {})];
	const one = written.length > 0 ? written.every((name) => name === "all") : (wished ?? false);
	const turn = (to: boolean) => {
		setWished(to);
		const translations = Object.entries(definition.translations ?? {}).map(
			([tag, texts]) =>
				[
					tag,
					withMember(withMember(texts, "thanks", turned(texts.thanks, to)), "thanks_button", turned(texts.thanks_button, to)),
				] as const,
		);
		change({
			...withMember(withMember(definition, "thanks", turned(thanks, to)), "thanks_button", turned(buttons, to)),
			...(definition.translations && { translations: Object.fromEntries(translations) }),
		});
	};
	return (
		<Stack gap="md">
			<Switch label={t("thanks_one")} checked={one} onChange={(event) => turn(event.currentTarget.checked)} />
			<GatingNotice onConfirmed={onConfirmed} />
			{(one ? (["all"] as const) : groups).map((group) => (
				<Paper key={group} withBorder p="sm" component="section" aria-label={t(`group_${group}`)}>
					<Stack gap="sm">
						<Text
							label={t("thanks_for", { group: t(`group_${group}`) })}
							path={["thanks", group]}
							placeholder={builtIn(language, ["thanks", group])}
							lang={language}
						/>
						<ButtonFields group={group} />
					</Stack>
				</Paper>
			))}
		</Stack>
	);
}
