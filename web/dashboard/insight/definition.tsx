// web/dashboard/insight/definition.tsx - the way to what a figure is, behind every figure.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import type { Filter } from "../filter/use_filter.ts";
import { useWords } from "../words.ts";
import DefinitionDialog, { type Defined } from "./definition_dialog.tsx";

export type { Defined } from "./definition_dialog.tsx";

interface Props {
	/** Of what: "Relationship". */
	title: string;
	defined: Defined;
	filter: Pick<Filter, "span">;
	/** There are several in a place: each says of what it is. */
	named?: boolean;
}

/** A button that opens it. */
export function Definition(props: Props): ReactElement {
	const t = useWords("insight");
	const [open, setOpen] = useState(false);
	return (
		<>
			<Button
				className="no-print"
				size="compact-sm"
				variant="subtle"
				color="gray"
				leftSection={<IconInfoCircle size={16} aria-hidden="true" />}
				onClick={() => setOpen(true)}
			>
				{props.named ? t("definition_named", { what: props.title }) : t("definition")}
			</Button>
			{open && <DefinitionDialog title={props.title} defined={props.defined} filter={props.filter} onClose={() => setOpen(false)} />}
		</>
	);
}
