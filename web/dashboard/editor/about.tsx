// web/dashboard/editor/about.tsx - what a survey is: name, brand, kind, touchpoint. These hold at once; respondents never see
// the name.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { changeSurvey, listBrands, listTouchpoints, Refusal, type SurveyChange } from "../api.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";

export function AboutPart({ onChanged }: { onChanged: () => Promise<void> }): ReactElement {
	const t = useWords("editor");
	const { work } = useDesk();
	const { survey, answered } = work.server;
	const [name, setName] = useState(survey.name);
	const [error, setError] = useState<Record<string, string>>({});
	const around = useLoad(
		async (signal) => ({
			brands: (await listBrands({}, { signal })).brands,
			steps: (await listTouchpoints({}, { signal })).touchpoints,
		}),
		[],
	);
	useEffect(() => setName(survey.name), [survey.name]);
	const change = async (body: SurveyChange) => {
		setError({});
		try {
			await changeSurvey({ survey: survey.id, body });
			await onChanged();
		} catch (refusal) {
			const errors = refusal instanceof Refusal ? refusal.errors : [];
			setError(Object.fromEntries(errors.map((one) => [one.path, t("refused", { why: one.message })])));
			if (errors.length === 0) sayBad(sentenceOf(refusal));
		}
	};
	const saveName = () => {
		const trimmed = name.trim();
		if (!trimmed) setName(survey.name);
		else if (trimmed !== survey.name) void change({ name: trimmed });
	};
	const { brands = [], steps = [] } = around.value ?? {};
	return (
		<Stack gap="md">
			<TextInput
				label={t("survey_name")}
				description={t("survey_name_more")}
				maxLength={120}
				value={name}
				error={error["/name"]}
				onChange={(event) => setName(event.currentTarget.value)}
				onBlur={saveName}
				onKeyDown={(event) => event.key === "Enter" && saveName()}
			/>
			<SimpleGrid cols={{ base: 1, xs: 2 }}>
				<NativeSelect
					label={t("brand")}
					value={survey.brand_id}
					disabled={answered}
					data={brands.length ? brands.map((b) => ({ value: b.id, label: b.name })) : [{ value: survey.brand_id, label: survey.brand }]}
					onChange={(event) => void change({ brand_id: event.currentTarget.value })}
				/>
				<NativeSelect
					label={t("kind")}
					value={survey.touchpoint ?? ""}
					disabled={answered}
					error={error["/touchpoint"] ?? error["/kind"]}
					onChange={(event) => {
						const touchpoint = event.currentTarget.value;
						void change(touchpoint ? { kind: "transactional", touchpoint } : { kind: "relationship" });
					}}
				>
					<option value="">{t("relationship")}</option>
					<optgroup label={t("transactional")}>
						{(steps.length ? steps : survey.touchpoint ? [{ code: survey.touchpoint, name: survey.touchpoint }] : []).map((step) => (
							<option key={step.code} value={step.code}>
								{step.name}
							</option>
						))}
					</optgroup>
				</NativeSelect>
			</SimpleGrid>
			{answered && (
				<Text size="sm" c="dimmed">
					{t("fixed")}
				</Text>
			)}
		</Stack>
	);
}
