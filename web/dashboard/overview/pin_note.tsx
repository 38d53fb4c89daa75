// web/dashboard/overview/pin_note.tsx - a note on the trend: what happened, and when.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Textarea, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { createTrendNote } from "../api.ts";
import { useFormat } from "../format.ts";
import { useSave } from "../settings/save.ts";
import { DialogForm } from "../ui/dialog_form.tsx";
import { useWords } from "../words.ts";

/** `day` is what it is pinned to unless somebody says otherwise. */
export default function PinNote(props: { day?: string; onClose: () => void; onPinned: () => void }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const today = f.dayOf(Date.now());
	const [day, setDay] = useState(props.day ?? today);
	const [text, setText] = useState("");
	const save = useSave();
	const pin = () =>
		void save.run(async () => {
			const noon = `${day}T12:00:00Z`; // which is the day after in the far east
			const at = f.dayOf(noon) === day ? noon : `${day}T00:00:00Z`;
			await createTrendNote({ body: { text: text.trim(), at: day === today ? null : at } });
			props.onPinned();
			props.onClose();
		});
	return (
		<DialogForm title={t("pin")} save={save} cancel={t("pin_not")} submit={t("pin_do")} onClose={props.onClose} onSubmit={pin}>
			<TextInput type="date" label={t("pin_when")} value={day} max={today} required onChange={(e) => setDay(e.currentTarget.value)} />
			<Textarea
				label={t("pin_what")}
				placeholder={t("pin_example")}
				value={text}
				maxLength={1000}
				autosize
				minRows={2}
				required
				onChange={(e) => setText(e.currentTarget.value)}
			/>
		</DialogForm>
	);
}
