// web/dashboard/themes/name.ts - what a theme is called in the language of the page; a workspace's own name for it wins.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Theme } from "../api.ts";
import { useLanguage } from "../language.tsx";

export type Named = Pick<Theme, "name" | "names">;

export function useThemeName(): (theme: Named) => string {
	const { language } = useLanguage();
	return (theme) => theme.names[language] ?? theme.name;
}
