// web/dashboard/import/history.tsx - the imports there were, each with its way back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Import } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { isUnderWay, useCounts } from "./one_import.tsx";

export function History({ imports }: { imports: Import[] }): ReactElement {
	const t = useWords("import");
	const f = useFormat();
	const counts = useCounts();
	return (
		<section>
			<Title order={2} size="h4" mb="xs">
				{t("history")}
			</Title>
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
						<Button component={Link} href={`/import?id=${one.id}`} variant="default" size="compact-md">
							{isUnderWay(one) ? t("look") : one.state === "done" || one.may_again ? t("undo_or_look") : t("look")}
						</Button>
					</li>
				))}
			</ul>
		</section>
	);
}
