// web/dashboard/frame/notices.tsx - what everybody who manages should know: who cannot answer, what is left to set up, that
// this is the demo.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, useEffect } from "react";
import { Link, useLocation } from "wouter";
import { getServer, getSetup } from "../api.ts";
import { useMe } from "../me.ts";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

export function Notices(): ReactElement | null {
	const t = useWords("frame");
	const { role, workspace } = useMe();
	const [path] = useLocation();
	const manages = role === "owner" || role === "admin";
	const builds = manages || role === "analyst";
	const { value, reload } = useLoad(
		async (signal) => {
			const [server, setup] = await Promise.all([
				builds ? getServer({}, { signal }) : null,
				manages ? getSetup({}, { signal }) : null,
			]);
			return { server, setup };
		},
		[role, workspace.id],
	);
	useEffect(() => {
		const again = () => void reload();
		for (const name of ["heed:server", "heed:setup"]) addEventListener(name, again);
		return () => {
			for (const name of ["heed:server", "heed:setup"]) removeEventListener(name, again);
		};
	}, [reload]);
	// Told at once: what comes later pushes the page down.
	if (workspace.demo && role === "owner")
		return (
			<div className="frame-notice no-print">
				<span>{t("demo_notice")}</span> <a href="/begin">{t("demo_begin")}</a>
			</div>
		);
	if (!value) return null;
	const { server, setup } = value;
	// A name of one's own network is a choice: its form says who can answer there.
	const away = server && !["everybody", "own_network"].includes(server.reach) && !workspace.demo ? server : null;
	if (away && path.endsWith("/share")) return null; // that screen says more of it
	if (!away && !setup?.open) return null;
	return (
		<div className="frame-notice no-print">
			<span>{away ? t(`reach_${away.reach as "not_https"}`) : t("setup_notice")}</span>
			{away?.may_change && path !== "/settings/workspace" && <Link href="/settings/workspace">{t("reach_change")}</Link>}
			{setup?.open && <Link href="/setup">{t("setup_go_on")}</Link>}
		</div>
	);
}
