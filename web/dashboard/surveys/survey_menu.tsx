// web/dashboard/surveys/survey_menu.tsx - what one can do with a survey as a whole, each with its undo; and how it stands.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { useLocation } from "wouter";
import {
	archiveSurvey,
	closeSurvey,
	deleteSurvey,
	duplicateSurvey,
	pauseSurvey,
	publishSurvey,
	restoreSurvey,
	type Survey,
	unarchiveSurvey,
} from "../api.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { type Deed, More } from "./more.tsx";

export function DoorBadge({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("surveys");
	return (
		<span className="door" data-door={survey.door}>
			{t(`door_${survey.door}`)}
		</span>
	);
}

export const builds = (role: string): boolean => ["owner", "admin", "analyst"].includes(role);

export function SurveyMenu(props: { survey: Survey; onChanged: () => unknown; inEditor?: boolean }): ReactElement {
	const t = useWords("surveys");
	const { role } = useMe();
	const [, go] = useLocation();
	const { survey, onChanged } = props;
	const id = { survey: survey.id };
	const name = { name: survey.name };
	const run = async (deed: () => Promise<unknown>, said?: string, undo?: () => Promise<unknown>) => {
		try {
			await deed();
			await onChanged();
			if (said && undo)
				undoable(said, async () => {
					await undo();
					await onChanged();
				});
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	const reopen = () => publishSurvey(id);
	const kept = !survey.deleted_at;
	const active = kept && !survey.archived_at;
	const mayBuild = builds(role);
	const deed = (when: boolean, words: string, run: () => unknown, grave?: boolean): Deed[] => (when ? [{ words, run, grave }] : []);
	const duplicate = async () => {
		const made = await duplicateSurvey({ ...id, body: { name: t("copy_of", name).slice(0, 100) } });
		go(`/surveys/${made.id}`);
	};
	const toBin = async () => {
		await deleteSurvey(id);
		if (props.inEditor) go("/surveys");
	};
	const is = (state: RegExp) => mayBuild && active && state.test(survey.state);
	const deeds = [
		...deed(mayBuild && kept, t("duplicate"), () => run(duplicate)),
		...deed(is(/live/), t("pause"), () => run(() => pauseSurvey(id), t("done_pause", name), reopen)),
		...deed(is(/paused/), t("resume"), () => run(reopen, t("done_resume", name), () => pauseSurvey(id))),
		...deed(is(/live|paused/), t("close"), () => run(() => closeSurvey(id), t("done_close", name), reopen)),
		...deed(is(/closed/), t("reopen"), () => run(reopen, t("done_resume", name), () => closeSurvey(id))),
		...deed(is(/./), t("archive"), () => run(() => archiveSurvey(id), t("done_archive", name), () => unarchiveSurvey(id))),
		...deed(mayBuild && kept && !active, t("unarchive"), () =>
			run(() => unarchiveSurvey(id), t("done_unarchive", name), () => archiveSurvey(id)),
		),
		...deed(mayBuild && kept, t("delete"), () => run(toBin, t("done_delete", name), () => restoreSurvey(id)), true),
		...deed(mayBuild && !kept, t("restore"), () => run(() => restoreSurvey(id), t("done_restore", name), () => deleteSurvey(id))),
	];
	return <More label={t("more", name)} deeds={deeds} framed={props.inEditor} />;
}
