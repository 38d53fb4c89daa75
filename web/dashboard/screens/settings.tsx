// web/dashboard/screens/settings.tsx - what can be set, and who sets it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import { usePages } from "../settings/layout.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

export default function SettingsScreen(): ReactElement {
	const t = useWords("settings");
	return (
		<Page title={t("title")}>
			<ul className="settings-index">
				{usePages().map((one) => (
					<li key={one.path}>
						<Link href={one.path}>
							<strong>{t(`page_${one.name}`)}</strong>
							<span className="quiet">{t(`about_${one.name}`)}</span>
						</Link>
					</li>
				))}
			</ul>
		</Page>
	);
}
