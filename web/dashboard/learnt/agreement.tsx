// web/dashboard/learnt/agreement.tsx - how far people agree with each other: more than that no machine can be asked for.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { BeyondChance, Learnt, PeopleAgree } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part } from "../settings/layout.tsx";
import { useWords } from "../words.ts";
import { Enough, hundredths } from "./share.tsx";

/** On an axis from never to always the same, with chance in the middle. */
export function Beyond({ label, beyond, said }: { label: string; beyond: BeyondChance; said: string }): ReactElement {
	const at = (v: number) => `${50 + 50 * Math.max(-1, Math.min(1, v))}%`;
	return (
		<div className="learnt-share">
			<span className="learnt-label">{label}</span>
			<span className="learnt-axis signed" role="img" aria-label={`${label}: ${said}`} title={said}>
				<span className="learnt-zero" />
				<span className="learnt-range" style={{ insetInlineStart: at(beyond.lo), insetInlineEnd: `calc(100% - ${at(beyond.hi)})` }} />
				<span className="learnt-dot" style={{ insetInlineStart: at(beyond.value) }} />
			</span>
			<span className="learnt-said quiet">{said}</span>
		</div>
	);
}

function Agree({ label, agree }: { label: string; agree: PeopleAgree }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	const { beyond_chance: beyond } = agree;
	if (!beyond) return <Enough label={label} there={agree.items} least={agree.least} judged />;
	const two = hundredths(f.locale);
	const said = t("beyond_said", { same: f.percent(beyond.same), n: agree.items, people: agree.people, value: two(beyond.value), low: two(beyond.lo), high: two(beyond.hi) });
	return <Beyond label={label} beyond={beyond} said={said} />;
}

export function Agreement({ value }: { value: Learnt }): ReactElement {
	const t = useWords("learnt");
	return (
		<Part title={t("people")} text={t("people_more")}>
			<div className="learnt-shares">
				<Agree label={t("people_sentiment")} agree={value.people.sentiment} />
				<Agree label={t("people_themes")} agree={value.people.themes} />
			</div>
		</Part>
	);
}
