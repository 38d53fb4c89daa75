// web/dashboard/overview/part.ts - a part of the figures: one kind, brand and touchpoint, which is never pooled with another.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Nps } from "../api.ts";
import type { Words } from "../words.ts";

export type Part = Nps["parts"][number];
/** What tells parts apart, whatever figures are in them. */
export type PartId = Pick<Part, "kind" | "brand" | "touchpoint">;

/** As it stands in the address. */
export const partKey = (part: PartId): string => `${part.kind}/${part.brand.id}/${part.touchpoint?.code ?? ""}`;

export function partName(t: Words<"overview">, part: PartId, manyBrands: boolean): string {
	const name = part.kind === "relationship" ? t("relationship") : (part.touchpoint?.name ?? t("transactional"));
	return manyBrands ? `${part.brand.name} · ${name}` : name;
}

/** What the list of answers is filtered by to show those of the part. */
export function partFilter(part: PartId): Record<string, string> {
	const touchpoint: Record<string, string> = part.touchpoint ? { touchpoint: part.touchpoint.code } : {};
	return { kind: part.kind, brand: part.brand.id, ...touchpoint };
}
