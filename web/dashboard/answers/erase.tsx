// web/dashboard/answers/erase.tsx - somebody wants to be forgotten: their answers go with them, so it asks first.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { erasePerson } from "../api.ts";
import { Dialog } from "../ui/dialog.tsx";
import { say, sayBad } from "../ui/undo.tsx";
import { sentenceOf } from "../ui/failure.tsx";
import { useWords } from "../words.ts";

export function ErasePerson({ person, onErased }: { person: string; onErased: () => void }): ReactElement {
	const t = useWords("answers");
	const [asking, setAsking] = useState(false);
	const [busy, setBusy] = useState(false);
	const erase = async () => {
		setBusy(true);
		try {
			let answers = 0;
			for (let more = true; more; ) {
				const part = await erasePerson({ person });
				answers += part.answers;
				more = part.more;
			}
			setAsking(false);
			say(t("did_erase", { n: answers }));
			onErased();
		} catch (error) {
			sayBad(sentenceOf(error));
		}
		setBusy(false);
	};
	return (
		<>
			<Button variant="default" size="compact-sm" mt="xs" className="no-print" onClick={() => setAsking(true)}>
				{t("erase")}
			</Button>
			{asking && (
				<Dialog title={t("erase_title")} onClose={() => setAsking(false)}>
					<p className="aw-dialog-text">{t("erase_more")}</p>
					<Group justify="flex-end" mt="lg">
						<Button variant="default" onClick={() => setAsking(false)} disabled={busy} autoFocus>
							{t("cancel")}
						</Button>
						<Button color="red" onClick={() => void erase()} loading={busy}>
							{t("erase_do")}
						</Button>
					</Group>
				</Dialog>
			)}
		</>
	);
}
