// web/dashboard/frame/paper.ts - paper is white: who looks at a dark screen prints a light one.
// SPDX-License-Identifier: AGPL-3.0-or-later

const root = document.documentElement;
const name = "data-mantine-color-scheme";

export function lightenPaper(): void {
	let screen: string | null = null;
	addEventListener("beforeprint", () => {
		screen = root.getAttribute(name);
		root.setAttribute(name, "light");
	});
	addEventListener("afterprint", () => screen && root.setAttribute(name, screen));
}
