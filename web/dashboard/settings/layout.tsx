// web/dashboard/settings/layout.tsx - a page of the settings: the ways to the others beside it, or back to them on a phone.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { Role } from "../api.ts";
import { useMe } from "../me.ts";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const manage: Role[] = ["owner", "admin"];
const build: Role[] = ["owner", "admin", "analyst"];

/** `whole`: what all teams share, and who sees a part changes nothing of. */
const pages: { path: string; name: "profile" | "workspace" | "brands" | "journey" | "people" | "teams" | "keys" | "reading" | "languages" | "audit"; roles?: Role[]; whole?: boolean }[] = [
	{ path: "/settings/profile", name: "profile" },
	{ path: "/settings/workspace", name: "workspace", roles: manage },
	{ path: "/settings/brands", name: "brands", roles: build, whole: true },
	{ path: "/settings/journey", name: "journey", roles: build, whole: true },
	{ path: "/settings/reading", name: "reading", roles: build },
	{ path: "/settings/languages", name: "languages", roles: build },
	{ path: "/settings/people", name: "people", roles: manage },
	{ path: "/settings/teams", name: "teams", roles: manage },
	{ path: "/settings/keys", name: "keys", roles: manage },
	{ path: "/settings/audit", name: "audit", roles: manage },
];

export function usePages(): typeof pages {
	const { role, team } = useMe();
	return pages.filter((one) => (!one.roles || one.roles.includes(role)) && !(one.whole && team?.limits));
}

export function SettingsPage(props: { title: string; text?: ReactNode; actions?: ReactNode; children: ReactNode }): ReactElement {
	const t = useWords("settings");
	const [path] = useLocation();
	return (
		<Page title={props.title} actions={props.actions}>
			<div className="settings">
				<nav className="settings-ways no-print" aria-label={t("title")}>
					<Link href="/settings" className="back settings-back">
						<IconArrowLeft size={18} aria-hidden="true" /> {t("title")}
					</Link>
					<ul>
						{usePages().map((one) => (
							<li key={one.path}>
								<Link href={one.path} aria-current={one.path === path ? "page" : undefined}>
									{t(`page_${one.name}`)}
								</Link>
							</li>
						))}
					</ul>
				</nav>
				<div className="settings-body">
					{props.text && <p className="quiet settings-intro">{props.text}</p>}
					{props.children}
				</div>
			</div>
		</Page>
	);
}

/** A part of a page, with its own heading. */
export function Part(props: { title: string; text?: ReactNode; children: ReactNode }): ReactElement {
	return (
		<section className="part">
			<h2>{props.title}</h2>
			{props.text && <p className="quiet">{props.text}</p>}
			{props.children}
		</section>
	);
}
