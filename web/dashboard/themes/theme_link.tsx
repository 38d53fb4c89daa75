// web/dashboard/themes/theme_link.tsx - a theme's name as the way to its own page.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Themes } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useMe } from "../me.ts";
import { type Named, useThemeName } from "./name.ts";

interface Props {
	theme: Named & { id: string };
	value: Themes;
	filter: Filter;
	says?: "praised" | "criticised";
	className?: string;
}

/** Who sees figures only has no way to answers. A filter by another theme is put aside there, and the page says so. */
export function ThemeLink({ theme, value, filter, says, className }: Props): ReactElement {
	const name = useThemeName()(theme);
	const { role } = useMe();
	if (role === "viewer" || !value.themes.some((one) => one.id === theme.id)) return <span className={className}>{name}</span>;
	return (
		<Link className={className} href={filter.on(`/insight/themes/${theme.id}`, { ...(value.part && { part: value.part }), ...(says && { says }) })}>
			{name}
		</Link>
	);
}
