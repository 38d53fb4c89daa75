// web/dashboard/surveys/changed.ts - a survey was changed as a whole: whatever screen shows it by now looks again.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from "react";

const CHANGED = "heed:surveys";

/** Also of a deed that is taken back on another screen than the one on which it was done. */
export const surveysChanged = (): void => void dispatchEvent(new Event(CHANGED));

export function useSurveysChanged(look: () => unknown): void {
	useEffect(() => {
		const again = () => void look();
		addEventListener(CHANGED, again);
		return () => removeEventListener(CHANGED, again);
	}, [look]);
}
