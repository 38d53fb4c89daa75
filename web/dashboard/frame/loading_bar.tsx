// web/dashboard/frame/loading_bar.tsx - while the server reads the answers into memory: how far it is. What waits for it comes by itself.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, useSyncExternalStore } from "react";
import { loadingProgress, whenLoading } from "../ask.ts";
import { useWords } from "../words.ts";

export function LoadingBar(): ReactElement {
	const t = useWords("frame");
	const progress = useSyncExternalStore(whenLoading, loadingProgress);
	return (
		<div role="status">
			{progress !== null && (
				<div className="frame-notice frame-loading no-print">
					<label>
						{t("reading_in", { progress })} <progress max={100} value={progress} />
					</label>
				</div>
			)}
		</div>
	);
}
