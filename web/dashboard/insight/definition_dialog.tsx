// web/dashboard/insight/definition_dialog.tsx - what a figure is, to the last detail: period, zone, what counts, whose answers,
// when and how it was made. Here methods have names.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import type { Figure, LeftOut } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

export interface Defined {
	figure: Pick<Figure, "responses" | "people" | "clusters" | "effective_n" | "deff">;
	left_out?: LeftOut;
	/** Of whom: "Relationship · Acme". */
	parts: string[];
	/** Of the reply: when the answers were looked at, and how long that took. */
	as_of: string;
	query_us: number;
	/** Whose vote an answer is; each counts when it is not said. */
	vote?: "answer" | "person" | "account";
	/** What else is counted, and how the figure is made, where it is no score. */
	counts?: string;
	method?: string;
	/** What else the figure is made of, a sentence each. */
	more?: string[];
}

function Rows({ defined, filter }: { defined: Defined; filter: Pick<Filter, "span"> }): ReactElement {
	const t = useWords("insight");
	const f = useFormat();
	const { workspace } = useMe();
	const { figure, left_out: out } = defined;
	const { from, to } = filter.span;
	const left = out
		? (["excluded", "unconfirmed", "test", "dismissed", "deleted", "without_score"] as const)
				.filter((why) => out[why] > 0)
				.map((why) => t(`out_${why}`, { n: out[why] }))
		: [];
	const period = from || to ? t("span", { open: !from ? "start" : !to ? "end" : "none", from: from ? f.day(from) : "", to: to ? f.day(to) : "" }) : t("all_time");
	const rows: [string, string][] = [
		[t("def_what"), f.list(defined.parts)],
		[t("def_period"), period],
		[t("def_zone"), t("def_zone_is", { zone: workspace.time_zone })],
		[t("def_counts"), defined.counts ?? t(`def_vote_${defined.vote ?? "answer"}`)],
		[t("def_answers"), t("def_answers_are", { n: figure.responses, people: figure.people })],
		[t("def_accounts"), t("def_accounts_are", { n: figure.clusters })],
		[t("def_worth"), t("def_worth_is", { n: f.number(Math.round(figure.effective_n)), deff: f.number(Math.round(figure.deff * 100) / 100) })],
		[t("def_left_out"), left.length ? f.list(left) : t("def_nothing")],
		[t("def_method"), defined.method ?? t("def_method_is")],
		[t("def_as_of"), t("def_as_of_is", { when: f.time(defined.as_of), ms: f.number(Math.max(0.1, Math.round(defined.query_us / 100) / 10)) })],
	];
	return (
		<>
			<dl className="definition">
				{rows.map(([name, text]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{text}</dd>
					</div>
				))}
			</dl>
			{defined.more?.map((text) => <p key={text}>{text}</p>)}
		</>
	);
}

/** `title` says of what: "Relationship". */
export default function DefinitionDialog(props: { title: string; defined: Defined; filter: Pick<Filter, "span">; onClose: () => void }): ReactElement {
	const t = useWords("insight");
	return (
		<Dialog title={t("definition_of", { what: props.title })} onClose={props.onClose}>
			<Rows defined={props.defined} filter={props.filter} />
			<Button onClick={props.onClose}>{t("close")}</Button>
		</Dialog>
	);
}
