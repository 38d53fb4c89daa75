// web/dashboard/checks/shares.tsx - shares that people have checked, beside those that the machine estimates: they are asked for once a
// page, and each row takes its own.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createContext, type ReactElement, type ReactNode, use } from "react";
import { type Checks, listChecks } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { askPart } from "../insight/ask_part.ts";
import type { Group } from "../themes/share.tsx";
import { type Load, useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

type Asked = Pick<Load<Checks>, "value" | "error" | "reload">;

const Context = createContext<Asked>({ value: undefined, error: undefined, reload: async () => undefined });

/** What is below finds the checks of this filter and part. */
export function WithChecks({ filter, part, children }: { filter: Filter; part: string | null; children: ReactNode }): ReactElement {
	const { value, error, reload } = useLoad(
		(signal) => askPart(part, (wanted) => listChecks({ ...filter.figures, part: wanted } as Parameters<typeof listChecks>[0], { signal })),
		[filter.key, part],
	);
	return <Context value={{ value, error, reload }}>{children}</Context>;
}

export const useChecks = (): Asked => use(Context);

/** What was found of a theme where somebody checked the group; null where nobody did. */
export function useCheckedIn(): (theme: string, group: Group) => { checked: number; interval: readonly (number | undefined)[] } | null {
	const { value } = useChecks();
	return (theme, group) => {
		const found = value?.groups[group].check?.themes.find((one) => one.id === theme);
		return !found || found.checked === null || !found.interval ? null : { checked: found.checked, interval: found.interval };
	};
}

/** "checked 31 % (26 to 36 %)", nothing where nobody has checked it. */
export function CheckedShare({ theme, group, whole }: { theme: string; group: Group; whole?: boolean }): ReactElement | null {
	const t = useWords("checks");
	const f = useFormat();
	const check = useChecks().value?.groups[group].check;
	const found = check?.themes.find((one) => one.id === theme);
	if (!check || !found || found.checked === null || !found.interval) return null;
	const values = {
		share: f.percent(found.checked),
		low: f.percent(found.interval[0] ?? 0),
		high: f.percent(found.interval[1] ?? 0),
		read: found.read,
		comments: check.comments,
		more: found.more,
		day: f.day(f.dayOf(check.drawn_at)),
	};
	return (
		<span className="checks-share" title={t("share_more", values)}>
			{t(whole ? "share_whole" : "share", values)}
		</span>
	);
}
