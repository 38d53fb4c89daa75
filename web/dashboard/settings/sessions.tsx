// web/dashboard/settings/sessions.tsx - where one is signed in, and the way out of it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Button, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { endOtherSessions, endSession, listSessions, type OwnSession } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { say, sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

export function Sessions(): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { value, error, reload } = useLoad((signal) => listSessions({}, { signal }), []);
	if (!value) return error ? <Failure error={error} retry={reload} /> : <Loading rows={2} />;
	const end = async (deed: () => Promise<unknown>, done: string) => {
		try {
			await deed();
			say(done);
		} catch (refused) {
			sayBad(sentenceOf(refused));
		}
		await reload();
	};
	const nameOf = (one: OwnSession) => {
		if (one.browser && one.system) return t("session_name", { browser: one.browser, system: one.system });
		return one.browser || one.system || t("session_unknown");
	};
	return (
		<>
			<ul className="rows">
				{value.sessions.map((one) => (
					<li key={one.id}>
						<div className="row-who">
							<strong>
								{nameOf(one)} {one.current && <Badge variant="light">{t("session_this")}</Badge>}
							</strong>
							<Text size="sm" c="dimmed" component="span">
								{one.address} · {t("session_since", { since: f.time(one.since) })} · {t("seen", { ago: f.ago(one.seen_at) })}
							</Text>
						</div>
						{!one.current && (
							<Button
								variant="default"
								onClick={() => void end(() => endSession({ session: one.id }), t("session_ended"))}
								aria-label={t("session_end_of", { name: nameOf(one) })}
							>
								{t("session_end")}
							</Button>
						)}
					</li>
				))}
			</ul>
			{value.sessions.length > 1 && (
				<div>
					<Button variant="default" onClick={() => void end(() => endOtherSessions({}), t("sessions_ended"))}>
						{t("sessions_end")}
					</Button>
				</div>
			)}
		</>
	);
}
