// web/dashboard/board/goal.tsx - what the score is meant to reach, and by when: shown, set, taken away.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NumberInput, TextInput } from "@mantine/core";
import { IconTarget } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { type Goal, setGoal } from "../api.ts";
import { digitsOf, useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import type { Part } from "../overview/part.ts";
import { useSave } from "../settings/save.ts";
import { DialogForm } from "../ui/dialog_form.tsx";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { toGo } from "./to_go.ts";

const bodyOf = (part: Part, goal: { score: number; by_day: string } | null) => ({
	kind: part.kind,
	brand_id: part.brand.id,
	touchpoint: part.touchpoint?.code ?? null,
	score: goal?.score ?? null,
	by_day: goal?.by_day ?? null,
});

interface Props {
	part: Part;
	goal: Goal | undefined;
	onChanged: () => Promise<void>;
}

function GoalForm({ part, goal, onChanged, onClose }: Props & { onClose: () => void }): ReactElement {
	const t = useWords("board");
	const save = useSave(["/score", "/by_day"]);
	const [score, setScore] = useState<string | number>(goal?.score ?? "");
	const [day, setDay] = useState(goal?.by_day ?? "");
	const submit = () =>
		void save.run(async () => {
			await setGoal({ body: bodyOf(part, { score: Number(score), by_day: day }) });
			await onChanged();
			onClose();
		});
	const remove = async () => {
		try {
			await setGoal({ body: bodyOf(part, null) });
			await onChanged();
			onClose();
			undoable(t("goal_removed"), async () => {
				await setGoal({ body: bodyOf(part, goal ?? null) });
				await onChanged();
			});
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	return (
		<DialogForm
			title={t("goal_title")}
			save={save}
			cancel={t("cancel")}
			submit={t("goal_save")}
			more={
				goal && (
					<Button variant="subtle" color="gray" onClick={() => void remove()}>
						{t("goal_remove")}
					</Button>
				)
			}
			onClose={onClose}
			onSubmit={submit}
		>
			<NumberInput label={t("goal_score")} min={-100} max={100} allowDecimal={false} required value={score} onChange={setScore} error={save.at("/score")} />
			<TextInput type="date" label={t("goal_by")} required value={day} onChange={(event) => setDay(event.currentTarget.value)} error={save.at("/by_day")} />
		</DialogForm>
	);
}

export function GoalLine(props: Props): ReactElement {
	const t = useWords("board");
	const f = useFormat();
	const { role, team } = useMe();
	const [open, setOpen] = useState(false);
	const { part, goal } = props;
	const may = ["owner", "admin", "analyst"].includes(role) && !team?.limits;
	const { nps, interval } = part.figure;
	const [low, high] = interval ?? [-100, 100];
	const left = goal && nps !== null ? toGo(goal.score, nps, digitsOf(high - low)) : null;
	const points = left && f.score(left.points, left.digits);
	return (
		<p className="board-goal">
			{goal && (
				<>
					<strong>{t("goal_is", { score: f.score(goal.score), day: f.day(goal.by_day) })}</strong>{" "}
					{nps !== null && <span className="quiet">{t("goal_left", { points, one: points === f.score(1) ? "yes" : "no", reached: left ? "no" : "yes" })}</span>}
				</>
			)}
			{may && (
				<Button className="no-print" size="compact-sm" variant={goal ? "subtle" : "default"} leftSection={<IconTarget size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
					{t(goal ? "goal_change" : "goal_set")}
				</Button>
			)}
			{open && <GoalForm {...props} onClose={() => setOpen(false)} />}
		</p>
	);
}
