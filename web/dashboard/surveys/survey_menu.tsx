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
	restoreSurvey,
	resumeSurvey,
	type Survey,
	unarchiveSurvey,
} from "../api.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { surveysChanged } from "./changed.ts";
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

export function SurveyMenu(props: { survey: Survey; inEditor?: boolean }): ReactElement {
	const t = useWords("surveys");
	const { role } = useMe();
	const [, go] = useLocation();
	const { survey } = props;
	const id = { survey: survey.id };
	const name = { name: survey.name };
	const run = async (deed: () => Promise<unknown>, said?: string, undo?: () => Promise<unknown>) => {
		try {
			await deed();
			surveysChanged();
			if (said && undo)
				undoable(said, async () => {
					await undo();
					surveysChanged();
				});
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	const pause = () => pauseSurvey(id);
	const resume = () => resumeSurvey(id);
	const close = () => closeSurvey(id);
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
		...deed(is(/live/), t("pause"), () => run(pause, t("done_pause", name), resume)),
		...deed(is(/paused/), t("resume"), () => run(resume, t("done_resume", name), pause)),
		...deed(is(/live/), t("close"), () => run(close, t("done_close", name), resume)),
		...deed(is(/paused/), t("close"), () => run(close, t("done_close", name), pause)),
		...deed(is(/closed/), t("reopen"), () => run(resume, t("done_resume", name), close)),
		...deed(is(/./), t("archive"), () => run(() => archiveSurvey(id), t("done_archive", name), () => unarchiveSurvey(id))),
		...deed(mayBuild && kept && !active, t("unarchive"), () =>
			run(() => unarchiveSurvey(id), t("done_unarchive", name), () => archiveSurvey(id)),
		),
		...deed(mayBuild && kept, t("delete"), () => run(toBin, t("done_delete", name), () => restoreSurvey(id)), true),
		...deed(mayBuild && !kept, t("restore"), () => run(() => restoreSurvey(id), t("done_restore", name), () => deleteSurvey(id))),
	];
	return <More label={t("more", name)} deeds={deeds} framed={props.inEditor} />;
}
