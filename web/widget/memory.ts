// SPDX-License-Identifier: MIT
// What the visitor did before is kept on their device alone; where that is forbidden, for this page.
const memory: Record<string, string | undefined> = {};
export function recall(key: string): string | undefined {
	try {
		return localStorage.getItem(key) ?? memory[key];
	} catch {
		return memory[key];
	}
}
export function keep(key: string, value?: string) {
	memory[key] = value;
	try {
		if (value === undefined) localStorage.removeItem(key);
		else localStorage.setItem(key, value);
	} catch {
		// As said above.
	}
}
export const visited = (slug: string) => `heed:${slug}`;
