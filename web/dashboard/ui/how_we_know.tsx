// web/dashboard/ui/how_we_know.tsx - the method behind a figure: the one place where methods are named.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import { useWords } from "../words.ts";

export function HowWeKnow({ children }: { children: ReactNode }): ReactElement {
	const t = useWords("frame");
	return (
		<details className="how no-print">
			<summary>{t("how_we_know")}</summary>
			<div>{children}</div>
		</details>
	);
}
