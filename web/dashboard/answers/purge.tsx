// web/dashboard/answers/purge.tsx - the one deed without an undo asks first.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group } from "@mantine/core";
import type { ReactElement } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

export function PurgeDialog(props: { count: number; onTake: () => void; onClose: () => void }): ReactElement {
	const t = useWords("answers");
	return (
		<Dialog title={t("purge_title", { n: props.count })} onClose={props.onClose}>
			<p className="aw-dialog-text">{t("purge_more")}</p>
			<Group justify="flex-end" mt="lg">
				<Button variant="default" onClick={props.onClose} autoFocus>
					{t("cancel")}
				</Button>
				<Button color="red" onClick={props.onTake}>
					{t("purge")}
				</Button>
			</Group>
		</Dialog>
	);
}
