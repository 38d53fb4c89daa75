// web/dashboard/chart/framed.tsx - a chart with its title, what it says in words, and its numbers as a table and as CSV.
//
//	<Framed title={…} says="Email is 12 above the rest." head={["Channel", "Score", "n"]} rows={[["Email", 42, 312], …]} name="segments">
//		<Picture … />
//	</Framed>
//
// The table is there for everyone: keyboard, screen reader, and who wants to check. Cells are texts or numbers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, Table, Text, Title } from "@mantine/core";
import { IconChartBar, IconDownload, IconTable } from "@tabler/icons-react";
import { type ReactElement, type ReactNode, useId, useState } from "react";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

export type Cell = string | number | null;

/** As a spreadsheet takes it: what begins like a formula is text. */
function csvOf(head: string[], rows: Cell[][]): string {
	const field = (cell: Cell) => {
		const text = cell === null ? "" : typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
		return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return `${[head, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}

function download(name: string, csv: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" }));
	link.download = `${name}.csv`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Numbers({ head, rows }: { head: string[]; rows: Cell[][] }): ReactElement {
	const f = useFormat();
	const text = (cell: Cell) => (cell === null ? "–" : typeof cell === "number" ? f.number(Math.round(cell * 10) / 10) : cell);
	return (
		<div className="framed-table" tabIndex={0} role="region">
			<Table>
				<Table.Thead>
					<Table.Tr>
						{head.map((name) => (
							<Table.Th key={name} scope="col">
								{name}
							</Table.Th>
						))}
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{rows.map((row, i) => (
						<Table.Tr key={i}>
							{row.map((cell, j) => (
								<Table.Td key={j} className={typeof cell === "number" ? "framed-number" : undefined}>
									{text(cell)}
								</Table.Td>
							))}
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</div>
	);
}

interface Props {
	title: string;
	/** What the chart says, in a sentence or two. */
	says?: ReactNode;
	head: string[];
	rows: Cell[][];
	/** Of the file. */
	name: string;
	/** Beside the buttons, such as the definition. */
	actions?: ReactNode;
	children: ReactNode;
}

export function Framed(props: Props): ReactElement {
	const t = useWords("insight");
	const [table, setTable] = useState(false);
	const title = useId();
	return (
		<Paper withBorder radius="md" p="lg" component="section" className="framed" aria-labelledby={title}>
			<div className="section-head">
				<Title order={2} size="h4" id={title}>
					{props.title}
				</Title>
				<div className="section-actions no-print">
					{props.actions}
					<Button
						size="compact-sm"
						variant="subtle"
						color="gray"
						leftSection={table ? <IconChartBar size={16} aria-hidden="true" /> : <IconTable size={16} aria-hidden="true" />}
						onClick={() => setTable(!table)}
					>
						{t(table ? "as_picture" : "as_table")}
					</Button>
					<Button
						size="compact-sm"
						variant="subtle"
						color="gray"
						leftSection={<IconDownload size={16} aria-hidden="true" />}
						onClick={() => download(props.name, csvOf(props.head, props.rows))}
					>
						{t("csv")}
					</Button>
				</div>
			</div>
			{props.says && <Text className="framed-says">{props.says}</Text>}
			{table ? <Numbers head={props.head} rows={props.rows} /> : props.children}
		</Paper>
	);
}
