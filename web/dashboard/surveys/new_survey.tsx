// web/dashboard/surveys/new_survey.tsx - a new survey: nothing is made before it has a name, of which its address is made.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useLocation } from "wouter";
import { createSurvey } from "../api.ts";
import { useSave } from "../settings/save.ts";
import { DialogForm } from "../ui/dialog_form.tsx";
import { useWords } from "../words.ts";
import { inFirstLanguage } from "./first_language.ts";

export function NewSurvey({ onClose }: { onClose: () => void }): ReactElement {
	const t = useWords("surveys");
	const [, go] = useLocation();
	const save = useSave();
	const [name, setName] = useState("");
	const [nameless, setNameless] = useState(false);
	const submit = () => {
		setNameless(name.trim() === "");
		if (name.trim() === "") return;
		void save.run(async () => {
			const survey = await createSurvey({ body: { name: name.trim(), ...(await inFirstLanguage()) } });
			go(`/surveys/${survey.id}`);
		});
	};
	return (
		<DialogForm title={t("new")} save={save} cancel={t("cancel")} submit={t("make")} onClose={onClose} onSubmit={submit}>
			<TextInput
				label={t("new_name")}
				description={t("new_name_more")}
				maxLength={100}
				autoFocus
				value={name}
				onChange={(event) => setName(event.currentTarget.value)}
				error={nameless && t("new_name_needed")}
			/>
		</DialogForm>
	);
}
