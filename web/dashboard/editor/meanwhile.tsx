// web/dashboard/editor/meanwhile.tsx - somebody else changed the survey at the same time: what, and whose words stay.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";
import { Changes } from "./names.tsx";
import { Notice } from "./notice.tsx";

export function MeanwhileNotice(): ReactElement | null {
	const t = useWords("editor");
	const f = useFormat();
	const { user } = useMe();
	const { work } = useDesk();
	const { meanwhile } = work;
	if (!meanwhile) return null;
	const own = meanwhile.by === user.email;
	const when = f.ago(meanwhile.at);
	const title = own ? t("meanwhile_own", { when }) : t("meanwhile", { who: meanwhile.name || t("somebody"), when });
	return (
		<Notice id="meanwhile" tone={meanwhile.merged ? "calm" : "warn"} title={title} alert>
			<Stack gap="sm">
				<Changes
					changes={meanwhile.theirs}
					mine={(change) => meanwhile.both.find((one) => one.theirs === change)?.mine}
				/>
				<Text size="sm">{t(meanwhile.merged ? (own ? "meanwhile_merged_own" : "meanwhile_merged") : own ? "meanwhile_both_own" : "meanwhile_both")}</Text>
				<Group gap="xs">
					{meanwhile.merged ? (
						<Button size="compact-sm" variant="default" onClick={work.seen}>
							{t("meanwhile_ok")}
						</Button>
					) : (
						<>
							<Button size="compact-sm" onClick={() => work.decide(true)}>
								{t(own ? "keep_these" : "keep_mine")}
							</Button>
							<Button size="compact-sm" variant="default" onClick={() => work.decide(false)}>
								{t(own ? "take_those" : "take_theirs")}
							</Button>
						</>
					)}
				</Group>
			</Stack>
		</Notice>
	);
}
