// web/dashboard/learnt/checked_sentiment.tsx - how far people and the machine agree on how comments sound, of random comments alone.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Learnt } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part } from "../settings/layout.tsx";
import { useWords } from "../words.ts";
import { Beyond } from "./agreement.tsx";
import { Enough, hundredths } from "./share.tsx";

export function CheckedSentiment({ value }: { value: Learnt }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	const { items, least, people, unread, beyond_chance: beyond } = value.checked_sentiment;
	const two = hundredths(f.locale);
	return (
		<Part title={t("with_people")} text={t("with_people_more")}>
			{beyond ? (
				<div className="learnt-shares">
					<Beyond
						label={t("people_sentiment")}
						beyond={beyond}
						said={t("with_people_said", {
							same: f.percent(beyond.same),
							n: items,
							people,
							value: two(beyond.value),
							low: two(beyond.lo),
							high: two(beyond.hi),
						})}
					/>
				</div>
			) : items < least ? (
				<>
					<Enough label={t("with_people_few")} there={items} least={least} />
					<p>
						<Link href="/insight/themes">{t("with_people_do")}</Link>
					</p>
				</>
			) : (
				<p>{t("with_people_same", { n: items })}</p>
			)}
			{unread > 0 && <p className="quiet">{t("with_people_unread", { n: unread })}</p>}
		</Part>
	);
}
