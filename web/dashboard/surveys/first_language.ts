// web/dashboard/surveys/first_language.ts - a new survey is written in the first of the workspace's languages.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { getWorkspace } from "../api.ts";

/** What createSurvey takes beside a name; nothing where the workspace names no language. */
export async function inFirstLanguage(): Promise<{ definition?: { language: string } }> {
	const [language] = (await getWorkspace({})).settings.languages;
	return language ? { definition: { language } } : {};
}
