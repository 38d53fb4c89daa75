// web/dashboard/learnt/shipped.tsx - the models and lists that come with Heed: whose, how large, learnt from what.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { Learnt } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part } from "../settings/layout.tsx";
import { useWords } from "../words.ts";

export function Shipped({ value }: { value: Learnt }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	return (
		<Part title={t("shipped")} text={t("shipped_more")}>
			<ul className="learnt-shipped">
				{value.shipped.map((one) => (
					<li key={one.name}>
						<strong>{t(`model_${one.name}`)}</strong>
						<span>{t(`about_${one.name}`)}</span>
						<span className="quiet">{one.bytes > 0 ? `${one.licence} · ${f.bytes(one.bytes)}` : t("not_there")}</span>
					</li>
				))}
			</ul>
			<p>
				<a href="/licences">{t("licences")}</a>
			</p>
		</Part>
	);
}
