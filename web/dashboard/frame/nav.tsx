// web/dashboard/frame/nav.tsx - the ways to the screens: at the side of a desk's screen, at the foot of a phone's.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Screen } from "../screens.tsx";
import { useWords } from "../words.ts";

/** /answers/5 lies below /answers; everything would lie below the overview's /. */
function isCurrent(screen: Screen, path: string): boolean {
	const home = screen.nav?.to ?? screen.path;
	return path === home || (home !== "/" && path.startsWith(`${home}/`));
}

function Ways({ screens, path }: { screens: Screen[]; path: string }): ReactElement {
	const t = useWords("frame");
	return (
		<ul>
			{screens.map((screen) => {
				const Icon = screen.nav?.icon;
				const ahead = () => void screen.load().catch(() => undefined);
				return (
					<li key={screen.path}>
						<Link
							href={screen.nav?.to ?? screen.path}
							aria-current={isCurrent(screen, path) ? "page" : undefined}
							onPointerEnter={ahead}
							onFocus={ahead}
						>
							{Icon && <Icon size={20} stroke={1.7} aria-hidden="true" />}
							<span>{t(`nav_${screen.words}` as "nav_overview")}</span>
						</Link>
					</li>
				);
			})}
		</ul>
	);
}

export function Side(props: { screens: Screen[]; path: string }): ReactElement {
	const t = useWords("frame");
	return (
		<nav className="side no-print" aria-label={t("screens")}>
			<Ways {...props} />
		</nav>
	);
}

export function Bottom(props: { screens: Screen[]; path: string }): ReactElement {
	const t = useWords("frame");
	return (
		<nav className="bottom no-print" aria-label={t("screens")}>
			<Ways {...props} />
		</nav>
	);
}
