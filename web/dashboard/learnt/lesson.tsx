// web/dashboard/learnt/lesson.tsx - what was learnt from, and when.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import type { Learnt } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part } from "../settings/layout.tsx";
import { useWords } from "../words.ts";

export function Lesson({ value, children }: { value: Learnt; children: ReactNode }): ReactElement {
	const t = useWords("learnt");
	const f = useFormat();
	const { version: v, looked_at: looked } = value;
	return (
		<Part title={t("lesson")}>
			{v ? (
				<dl className="learnt-facts">
					<dt>{t("learnt_at")}</dt>
					<dd>
						{f.time(v.learnt_at)} <span className="quiet">· {t("took", { n: Math.max(1, Math.round(v.seconds)) })}</span>
					</dd>
					<dt>{t("from_comments")}</dt>
					<dd>
						{v.sampled < v.comments ? t("sampled", { n: v.sampled, all: v.comments }) : t("n_comments", { n: v.comments })}{" "}
						<span className="quiet">· {t("sides", { detractors: v.detractors, promoters: v.promoters })}</span>
					</dd>
					<dt>{t("from_labels")}</dt>
					<dd>{t("n_labels", { n: v.labels })}</dd>
					<dt>{t("changed")}</dt>
					<dd>
						{v.changed > 0 && v.changed < 0.01 ? t("changed_little") : f.percent(Math.min(1, v.changed))}{" "}
						<span className="quiet">· {v.read_again ? t("read_again") : t("not_read_again")}</span>
					</dd>
				</dl>
			) : (
				<p>{t("nothing_learnt")}</p>
			)}
			{looked && (!v || looked !== v.learnt_at) && <p className="quiet">{t("looked_at", { when: f.ago(looked) })}</p>}
			{children}
		</Part>
	);
}
