// web/dashboard/learnt/learn_now.tsx - has it learnt at once, and shows how far that is.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Progress } from "@mantine/core";
import type { ReactElement } from "react";
import { type Learnt, learnNow } from "../api.ts";
import { useMe } from "../me.ts";
import { useSave } from "../settings/save.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";

/** Each step's part of the whole, by how long it takes. */
const begins = { chooses: 0, reads: 5, sentiment: 50, themes: 80 };
const ends = { chooses: 5, reads: 50, sentiment: 80, themes: 100 };

function percentOf(value: Learnt): number {
	const { step } = value;
	if (!step) return 0;
	const part = value.total > 0 ? value.done / value.total : 0;
	return begins[step] + part * (ends[step] - begins[step]);
}

export function LearnNow({ value, onWanted }: { value: Learnt; onWanted: () => Promise<void> }): ReactElement {
	const t = useWords("learnt");
	const { role } = useMe();
	const save = useSave();
	const works = value.state !== "rests";
	const may = role === "owner" || role === "admin";
	const wanted = async () => {
		await learnNow({});
		await onWanted();
	};
	return (
		<>
			{value.failed && (
				<Alert color="red" title={t("failed")}>
					{value.failed}
				</Alert>
			)}
			{works ? (
				<div className="learnt-works" role="status">
					<span>{t(value.step ? `step_${value.step}` : "step_waits", { done: value.done, total: value.total })}</span>
					<Progress value={percentOf(value)} animated aria-label={t("works")} />
				</div>
			) : (
				<p className="quiet">{t("nightly")}</p>
			)}
			{may && !works && (
				<div>
					<Button loading={save.busy} onClick={() => void save.run(wanted)}>
						{t("learn_now")}
					</Button>
				</div>
			)}
			{save.error !== undefined && <Failure error={save.error} />}
		</>
	);
}
