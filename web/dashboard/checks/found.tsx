// web/dashboard/checks/found.tsx - what a check has found when all is read: each theme as the machine counted it and as people say.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { type Check, changeCheck, getCheck } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useThemeName } from "../themes/name.ts";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { minutesOf } from "./card.tsx";

const step = 50;

function Table({ check }: { check: Check }): ReactElement {
	const t = useWords("checks");
	const f = useFormat();
	const name = useThemeName();
	const rows = [...check.themes].sort((a, b) => (b.checked ?? 0) - (a.checked ?? 0) || b.estimated - a.estimated);
	return (
		<div className="checks-scroll" tabIndex={0} role="region" aria-label={t("found_title")}>
			<table className="checks-table">
				<thead>
					<tr>
						<th scope="col">{t("col_theme")}</th>
						<th scope="col">{t("col_estimated")}</th>
						<th scope="col">{t("col_checked")}</th>
						<th scope="col">{t("col_range")}</th>
						<th scope="col">{t("col_more")}</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((one) => (
						<tr key={one.id}>
							<th scope="row">{name(one)}</th>
							<td>{t("about", { share: f.percent(one.estimated) })}</td>
							<td>{one.checked === null ? "–" : f.percent(one.checked)}</td>
							<td>{one.interval ? t("range", { low: f.percent(one.interval[0] ?? 0), high: f.percent(one.interval[1] ?? 0) }) : "–"}</td>
							<td>{f.number(one.more)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

export function Found({ id, back, left, onMore, onRead }: { id: string; back: string; left: number; onMore: () => void; onRead: () => void }): ReactElement {
	const t = useWords("checks");
	const f = useFormat();
	const { role } = useMe();
	const { value, error, reload } = useLoad((signal) => getCheck({ check: id }, { signal }), [id]);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value) return <Loading rows={8} />;
	const further = Math.min(step, value.drawn - value.wanted);
	const more = async () => {
		try {
			await changeCheck({ check: id, body: { wanted: value.wanted + further } });
			onMore();
		} catch (failure) {
			sayBad(sentenceOf(failure));
		}
	};
	const builds = role !== "agent";
	return (
		<div className="checks-found">
			<Title order={2} size="h3">
				{t("found_title")}
			</Title>
			<Text mt="xs">
				{t("found_of", { read: value.read, comments: value.comments, from: f.day(f.dayOf(value.first_at)), to: f.day(f.dayOf(value.ends_at)) })}
				{left > 0 && ` ${t("left_out", { n: left })}`}
			</Text>
			<Table check={value} />
			<Text size="sm" c="dimmed" mt="sm">
				{t("found_later", { day: f.day(f.dayOf(value.drawn_at)) })}
			</Text>
			<div className="checks-do">
				<Button component={Link} href={back}>
					{t("to_themes")}
				</Button>
				{left > 0 && (
					<Button variant="default" onClick={onRead}>
						{t("read_left", { n: left })}
					</Button>
				)}
				{builds && further > 0 && (
					<Button variant="default" onClick={() => void more()}>
						{t("read_more", { n: further, minutes: minutesOf(further) })}
					</Button>
				)}
			</div>
		</div>
	);
}
