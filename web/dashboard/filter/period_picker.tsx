// web/dashboard/filter/period_picker.tsx - the period: a usual one by name, or first and last day.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Popover, Stack, TextInput } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { type Format, useFormat } from "../format.ts";
import { useWords, type Words } from "../words.ts";
import { periods } from "./period.ts";
import type { Filter } from "./use_filter.ts";

export function periodName(t: Words<"filter">, f: Format, filter: Filter): string {
	const { from, to } = filter.span;
	if (filter.period) return t(`period_${filter.period}`);
	if (from && to) return t("period_from_to", { from: f.day(from), to: f.day(to) });
	return from ? t("period_from", { from: f.day(from) }) : t("period_to", { to: f.day(to ?? "") });
}

function OwnDays({ filter, onDone }: { filter: Filter; onDone: () => void }): ReactElement {
	const t = useWords("filter");
	const [from, setFrom] = useState(filter.span.from ?? "");
	const [to, setTo] = useState(filter.span.to ?? "");
	const backwards = from !== "" && to !== "" && from > to;
	const take = (event: FormEvent) => {
		event.preventDefault();
		if (backwards || (from === "" && to === "")) return;
		filter.setPeriod({ from: from || undefined, to: to || undefined });
		onDone();
	};
	return (
		<form onSubmit={take}>
			<Stack gap="xs">
				<Group gap="xs" grow>
					<TextInput type="date" label={t("from")} value={from} onChange={(e) => setFrom(e.currentTarget.value)} />
					<TextInput
						type="date"
						label={t("to")}
						value={to}
						onChange={(e) => setTo(e.currentTarget.value)}
						error={backwards && t("backwards")}
					/>
				</Group>
				<Button type="submit" variant="light">
					{t("take_days")}
				</Button>
			</Stack>
		</form>
	);
}

export function PeriodPicker({ filter }: { filter: Filter }): ReactElement {
	const t = useWords("filter");
	const f = useFormat();
	const [open, setOpen] = useState(false);
	return (
		<Popover opened={open} onChange={setOpen} position="bottom-start" width={320} shadow="md" trapFocus returnFocus>
			<Popover.Target>
				<Button
					variant="default"
					leftSection={<IconCalendar size={16} aria-hidden="true" />}
					onClick={() => setOpen(!open)}
				>
					{periodName(t, f, filter)}
				</Button>
			</Popover.Target>
			<Popover.Dropdown aria-label={t("period")}>
				<Stack gap="md">
					<ul className="filter-fields">
						{periods.map((period) => (
							<li key={period}>
								<button
									type="button"
									aria-pressed={filter.period === period}
									onClick={() => {
										filter.setPeriod(period);
										setOpen(false);
									}}
								>
									{t(`period_${period}`)}
								</button>
							</li>
						))}
					</ul>
					<OwnDays filter={filter} onDone={() => setOpen(false)} />
				</Stack>
			</Popover.Dropdown>
		</Popover>
	);
}
