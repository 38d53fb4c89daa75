// web/dashboard/themes/about.tsx - what belongs to a theme, as people wrote it, and the way to its words.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { getThemeWords } from "../api.ts";
import { useMe } from "../me.ts";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

export function AboutTheme({ id }: { id: string }): ReactElement | null {
	const t = useWords("taxonomy");
	const { role } = useMe();
	const { value } = useLoad((signal) => getThemeWords({ theme: id }, { signal }), [id]);
	if (!value) return null;
	const may = role === "owner" || role === "admin" || role === "analyst";
	return (
		<div className="theme-about">
			{value.theme.description && <Text dir="auto">{value.theme.description}</Text>}
			{may && (
				<Link className="theme-edit no-print" href={`/insight/themes/edit?theme=${id}`}>
					<IconPencil size={16} aria-hidden="true" />
					{t("edit_one")}
				</Link>
			)}
		</div>
	);
}
