// web/dashboard/settings/languages.tsx - which languages customers speak, and in which of them new surveys are written.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Checkbox, Group, NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { languageName, surveyLanguages } from "./zones.ts";

export function LanguagesField(props: { value: string[]; onChange: (value: string[]) => void; error?: string }): ReactElement {
	const t = useWords("settings");
	const { locale } = useFormat();
	const all = [...new Set([...surveyLanguages, ...props.value])];
	const [first = ""] = props.value;
	return (
		<>
			<Checkbox.Group
				label={t("languages")}
				description={t("languages_more")}
				value={props.value}
				onChange={props.onChange}
				error={props.error}
			>
				<Group className="language-choices" gap="md" mt={6}>
					{all.map((code) => (
						<Checkbox key={code} value={code} label={languageName(locale, code)} />
					))}
				</Group>
			</Checkbox.Group>
			{props.value.length > 1 && (
				<NativeSelect
					label={t("languages_first")}
					data={props.value.map((value) => ({ value, label: languageName(locale, value) }))}
					value={first}
					onChange={(event) => {
						const chosen = event.currentTarget.value;
						props.onChange([chosen, ...props.value.filter((code) => code !== chosen)]);
					}}
				/>
			)}
		</>
	);
}
