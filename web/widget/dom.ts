// SPDX-License-Identifier: MIT
// Elements, and the names of their data.
export type Part = Node | string;

export function make(name: string, attributes: Record<string, string>, ...parts: Part[]): HTMLElement {
	const node = document.createElement(name);
	for (const key in attributes) node.setAttribute(key, attributes[key]!);
	node.append(...parts);
	return node;
}

/** How HTML writes a name of a dataset: pOrderId is p-order-id. */
export const attribute = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
