// web/dashboard/import/history.tsx - the imports there were, each with its way back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link, useLocation } from "wouter";
import { type Import, repeatImport, undoImport } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { useCounts } from "./one_import.tsx";

/** The one thing to do about it: the rest is behind its name. */
function Next({ one, onFailed }: { one: Import; onFailed: (error: unknown) => void }): ReactElement {
	const t = useWords("import");
	const [, navigate] = useLocation();
	const [busy, setBusy] = useState(false);
	const run = async (what: () => Promise<unknown>) => {
		setBusy(true);
		try {
			await what();
			navigate(`/import?id=${one.id}`);
		} catch (error) {
			onFailed(error);
			setBusy(false);
		}
	};
	const button = (words: string, what: () => Promise<unknown>) => (
		<Button variant="default" size="compact-sm" loading={busy} onClick={() => void run(what)}>
			{words}
		</Button>
	);
	if (one.may_again) return button(t("again_short"), () => repeatImport({ import: one.id }));
	if (one.state === "done" || one.state === "failed") return button(t("undo_short"), () => undoImport({ import: one.id }));
	return (
		<Button component={Link} href={`/import?id=${one.id}`} variant="default" size="compact-sm">
			{t("look")}
		</Button>
	);
}

export function History({ imports }: { imports: Import[] }): ReactElement {
	const t = useWords("import");
	const f = useFormat();
	const counts = useCounts();
	const [failed, setFailed] = useState<unknown>();
	return (
		<section>
			<Title order={2} size="h4" mb="xs">
				{t("history")}
			</Title>
			{failed !== undefined && <Failure error={failed} />}
			<ul className="imports">
				{imports.map((one) => (
					<li key={one.id}>
						<div className="import-what">
							<Text fw={600}>
								<Link href={`/import?id=${one.id}`}>{one.file_name}</Link>
							</Text>
							<Text size="sm" className="quiet">
								{t("to_survey", { survey: one.survey_name })} · {f.time(one.created_at)}
								{one.created_by ? ` · ${one.created_by}` : ""}
							</Text>
							{(one.state === "done" || one.state === "undone") && (
								<Text size="sm">
									{one.state === "undone" ? t("undone") : `${counts(one)} · ${t("n_new", { n: one.rows_added })}`}
								</Text>
							)}
							{one.state === "failed" && <Text size="sm">{one.why}</Text>}
						</div>
						<span className={`state ${one.state}`}>{t(`state_${one.state}`)}</span>
						<Next one={one} onFailed={setFailed} />
					</li>
				))}
			</ul>
		</section>
	);
}
