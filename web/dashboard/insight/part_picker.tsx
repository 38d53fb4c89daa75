// web/dashboard/insight/part_picker.tsx - which score is looked at: kinds, brands and touchpoints are never put together.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect } from "@mantine/core";
import type { ReactElement } from "react";
import { type PartId, partKey, partName } from "../overview/part.ts";
import { useWords } from "../words.ts";
import { useParameter } from "./parameter.ts";

export { useParameter } from "./parameter.ts";

/** The one in the address, else the first; and how to choose another. */
export function usePart<P extends PartId>(parts: P[]): [P | undefined, (key: string) => void] {
	const [key, set] = useParameter("part");
	return [parts.find((part) => partKey(part) === key) ?? parts[0], set];
}

export function PartPicker({ parts, part, onPart }: { parts: PartId[]; part: PartId; onPart: (key: string) => void }): ReactElement | null {
	const t = useWords("insight");
	const overview = useWords("overview");
	const manyBrands = new Set(parts.map((p) => p.brand.id)).size > 1;
	if (parts.length < 2) return null;
	return (
		<NativeSelect
			label={t("score_of_what")}
			value={partKey(part)}
			onChange={(event) => onPart(event.currentTarget.value)}
			data={parts.map((p) => ({ value: partKey(p), label: partName(overview, p, manyBrands) }))}
		/>
	);
}
