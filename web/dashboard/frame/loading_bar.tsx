// web/dashboard/frame/loading_bar.tsx - while the server reads the answers into memory: how far it is; while it cannot be reached: that.
// What waits for it comes by itself.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, useSyncExternalStore } from "react";
import { loadingProgress, whenLoading } from "../ask.ts";
import { isWaiting, whenWaiting } from "../fetched.ts";
import { useWords } from "../words.ts";

export function LoadingBar(): ReactElement {
	const t = useWords("frame");
	const progress = useSyncExternalStore(whenLoading, loadingProgress);
	const waits = useSyncExternalStore(whenWaiting, isWaiting);
	return (
		<div role="status">
			{waits && <div className="frame-notice no-print">{t("failed_away_waits")}</div>}
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
