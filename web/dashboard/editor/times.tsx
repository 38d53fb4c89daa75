// web/dashboard/editor/times.tsx - when a survey opens and closes, how many answers it takes, and what its link may bring along.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, Code, Group, SimpleGrid, Stack, Text as Plain, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { useDesk, useError } from "./fields.tsx";
import { withMember } from "./model.ts";
import { instantOf, wallTime } from "./zone.ts";

export function TimesPart(): ReactElement {
	const t = useWords("editor");
	const { zone } = useFormat();
	const { doc, work } = useDesk();
	const errorAt = useError();
	const time = (name: "opens_at" | "closes_at") => (
		<TextInput
			type="datetime-local"
			label={t(`name_${name}`)}
			description={t(`more_${name}`)}
			value={doc[name] ? wallTime(doc[name], zone) : ""}
			error={errorAt(`/${name}`)}
			data-path={`/${name}`}
			onChange={(event) => {
				const wall = event.currentTarget.value;
				work.edit({ ...doc, [name]: wall ? instantOf(wall, zone) : null }, name);
			}}
		/>
	);
	return (
		<Stack gap="md">
			<SimpleGrid cols={{ base: 1, xs: 2 }}>
				{time("opens_at")}
				{time("closes_at")}
			</SimpleGrid>
			<TextInput
				type="number"
				min={1}
				label={t("name_max_answers")}
				description={t("max_answers_more")}
				value={doc.max_answers === null || Number.isNaN(doc.max_answers) ? "" : String(doc.max_answers)}
				error={errorAt("/max_answers")}
				data-path="/max_answers"
				onChange={(event) => {
					const text = event.currentTarget.value;
					work.edit({ ...doc, max_answers: text === "" ? null : Math.trunc(Number(text)) }, "max_answers");
				}}
			/>
			<Plain size="sm" c="dimmed">
				{t("zone", { zone: zone.replaceAll("_", " ") })}
			</Plain>
		</Stack>
	);
}

export function PropertiesPart(): ReactElement {
	const t = useWords("editor");
	const { definition, change, work } = useDesk();
	const errorAt = useError();
	const [name, setName] = useState("");
	const all = definition.properties ?? [];
	const set = (next: string[]) => change(withMember(definition, "properties", next.length ? next : undefined));
	const add = (event: FormEvent) => {
		event.preventDefault();
		const trimmed = name.trim();
		if (trimmed && !all.includes(trimmed)) set([...all, trimmed]);
		setName("");
	};
	const example = `${work.server.survey.url}?${all.map((one) => `${encodeURIComponent(one)}=…`).join("&")}`;
	return (
		<Stack gap="sm">
			<Plain size="sm">{t("properties_more")}</Plain>
			{all.map((one, i) => (
				<Group key={one} gap="xs">
					<Code>{one}</Code>
					<ActionIcon
						variant="subtle"
						color="gray"
						aria-label={t("remove", { what: one })}
						onClick={() => set(all.filter((other) => other !== one))}
					>
						<IconX size={16} aria-hidden="true" />
					</ActionIcon>
					{errorAt(`/definition/properties/${i}`)}
				</Group>
			))}
			{all.length < 20 && (
				<form onSubmit={add}>
					<Group align="flex-end" gap="xs">
						<TextInput
							label={t("property_name")}
							placeholder="plan"
							maxLength={64}
							value={name}
							onChange={(event) => setName(event.currentTarget.value)}
						/>
						<Button type="submit" variant="default" disabled={!name.trim()}>
							{t("add")}
						</Button>
					</Group>
				</form>
			)}
			{all.length > 0 && <Code className="wrap">{example}</Code>}
		</Stack>
	);
}
