// web/dashboard/surveys/survey_ways.tsx - the same row on each screen of one survey: back to all of them, and to the others.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";
import { builds } from "./survey_menu.tsx";

const ways = ["edit", "share", "funnel"] as const;
type Way = (typeof ways)[number];

/** `children` say how the survey stands. */
export function SurveyWays({ id, at, children }: { id: string; at: Way; children?: ReactNode }): ReactElement {
	const t = useWords("surveys");
	const { role } = useMe();
	return (
		<div className="survey-head no-print">
			{role !== "viewer" && (
				<Link href="/surveys" className="back">
					<IconArrowLeft size={18} aria-hidden="true" /> {t("title")}
				</Link>
			)}
			<nav className="survey-ways" aria-label={t("ways")}>
				<ul>
					{ways
						.filter((way) => way !== "edit" || builds(role))
						.map((way) => (
							<li key={way}>
								<Link href={`/surveys/${id}${way === "edit" ? "" : `/${way}`}`} aria-current={way === at ? "page" : undefined}>
									{t(`way_${way}`)}
								</Link>
							</li>
						))}
				</ul>
			</nav>
			{children}
		</div>
	);
}
