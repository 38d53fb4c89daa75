// web/dashboard/checks/card.tsx - how sure the shares of each group are, and the way to have them checked: drawn, gone on with, done.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link, useLocation } from "wouter";
import { type Check, drawCheck, type CheckOfGroup } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { type Group, groups } from "../themes/share.tsx";
import { sentenceOf } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { useChecks } from "./shares.tsx";

/** Below it nothing is gained by a sample: one reads them all. */
const least = 20;
/** Read at first. */
const wanted = 100;

function About({ check }: { check: Check }): ReactElement {
	const t = useWords("checks");
	const f = useFormat();
	const values = {
		read: check.read,
		wanted: check.wanted,
		comments: check.comments,
		from: f.day(f.dayOf(check.first_at)),
		to: f.day(f.dayOf(check.ends_at)),
		day: f.day(f.dayOf(check.drawn_at)),
	};
	return (
		<>
			<span>{t(check.read < check.wanted ? "so_far" : "all_read", values)}</span>
			<span className="quiet">
				{t("of_when", values)}
				{check.agreement && check.agreement.beyond_chance !== null && ` ${t("agreement", { people: check.people, kappa: f.number(Math.round(100 * check.agreement.beyond_chance) / 100) })}`}
			</span>
		</>
	);
}

function Row({ group, value, filter, part }: { group: Group; value: CheckOfGroup; filter: Filter; part: string | null }): ReactElement {
	const t = useWords("checks");
	const themes = useWords("themes");
	const { role } = useMe();
	const [, go] = useLocation();
	const [drawing, setDrawing] = useState(false);
	const { comments, check } = value;
	const builds = role === "owner" || role === "admin" || role === "analyst";
	const to = (id: string) => filter.on(`/insight/checks/${id}`, part ? { part } : {});
	const draw = async () => {
		setDrawing(true);
		try {
			const drawn = await drawCheck({ ...filter.figures, part: part ?? undefined, body: { group } } as Parameters<typeof drawCheck>[0]);
			go(to(drawn.id));
		} catch (error) {
			sayBad(sentenceOf(error));
			setDrawing(false);
		}
	};
	return (
		<li>
			<strong>{themes(group)}</strong>
			<div className="checks-about">
				{check ? <About check={check} /> : <span>{t(comments < least ? "too_few" : "estimated", { comments })}</span>}
			</div>
			{role !== "viewer" && (
				<div className="checks-do no-print">
					{check && (
						<Button component={Link} href={to(check.id)} variant={check.read < check.wanted ? "filled" : "default"}>
							{t(check.read === 0 ? "begin" : check.read < check.wanted ? "go_on" : check.read_by_me < check.wanted ? "read_too" : "look")}
						</Button>
					)}
					{builds && comments >= least && (
						<Button variant={check ? "subtle" : "default"} loading={drawing} onClick={() => void draw()}>
							{t(check ? "draw_again" : "draw", { n: Math.min(wanted, comments), minutes: minutesOf(Math.min(wanted, comments)) })}
						</Button>
					)}
				</div>
			)}
		</li>
	);
}

/** A hundred take fifteen minutes. */
export const minutesOf = (comments: number): number => Math.max(1, Math.round(comments * 0.15));

export function ChecksCard({ filter, part }: { filter: Filter; part: string | null }): ReactElement | null {
	const t = useWords("checks");
	const { value } = useChecks();
	if (!value || groups.every((group) => value.groups[group].comments === 0)) return null;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="checks-title">
			<Title order={2} size="h4" id="checks-title">
				{t("title")}
			</Title>
			<Text mt="xs">{t("why")}</Text>
			<ul className="checks-groups">
				{groups.map((group) => (
					<Row key={group} group={group} value={value.groups[group]} filter={filter} part={part} />
				))}
			</ul>
			<HowWeKnow>
				<p>{t("how")}</p>
			</HowWeKnow>
		</Paper>
	);
}
