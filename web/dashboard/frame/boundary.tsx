// web/dashboard/frame/boundary.tsx - a screen that breaks, or cannot be fetched, leaves the rest of the page alone.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Component, type ReactElement, type ReactNode } from "react";
import { Failure } from "../ui/failure.tsx";

export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
	override state: { error: unknown } = { error: null };

	static getDerivedStateFromError(error: unknown): { error: unknown } {
		return { error };
	}

	// A screen that cannot be fetched belongs to a version of Heed that is no longer served: loading the page anew helps.
	override render(): ReactNode | ReactElement {
		if (this.state.error === null) return this.props.children;
		return (
			<div className="page">
				<Failure error={this.state.error} retry={() => location.reload()} />
			</div>
		);
	}
}
