// web/dashboard/editor/meanwhile.tsx - somebody else changed the survey at the same time: what, and whose words stay.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";
import { Changes } from "./names.tsx";
import { Notice } from "./notice.tsx";

export function MeanwhileNotice(): ReactElement | null {
	const t = useWords("editor");
	const f = useFormat();
	const { work } = useDesk();
	const { meanwhile } = work;
	if (!meanwhile) return null;
	const who = meanwhile.by || t("somebody");
	return (
		<Notice id="meanwhile" tone={meanwhile.merged ? "calm" : "warn"} title={t("meanwhile", { who, when: f.ago(meanwhile.at) })} alert>
			<Stack gap="sm">
				<Changes
					changes={meanwhile.theirs}
					mine={(change) => meanwhile.both.find((one) => one.theirs === change)?.mine}
				/>
				<Text size="sm">{t(meanwhile.merged ? "meanwhile_merged" : "meanwhile_both")}</Text>
				<Group gap="xs">
					{meanwhile.merged ? (
						<Button size="compact-sm" variant="default" onClick={work.seen}>
							{t("meanwhile_ok")}
						</Button>
					) : (
						<>
							<Button size="compact-sm" onClick={() => work.decide(true)}>
								{t("keep_mine")}
							</Button>
							<Button size="compact-sm" variant="default" onClick={() => work.decide(false)}>
								{t("take_theirs")}
							</Button>
						</>
					)}
				</Group>
			</Stack>
		</Notice>
	);
}
