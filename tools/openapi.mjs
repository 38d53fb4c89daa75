// SPDX-License-Identifier: AGPL-3.0-or-later
// The API's description, joined from web/api: base.json says what it is, each other file describes one room's paths
// and the components that are its own. A name in two files is an error.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../web/api/", import.meta.url);

function join(into, more, file) {
	for (const [name, value] of Object.entries(more)) {
		if (name in into) throw new Error(`web/api/${file}: ${name} is described twice`);
		into[name] = value;
	}
}

export function openapi() {
	const read = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
	const document = read("base.json");
	for (const file of readdirSync(folder).sort()) {
		if (file === "base.json" || !file.endsWith(".json")) continue;
		const { paths = {}, components = {}, ...rest } = read(file);
		const unknown = Object.keys(rest);
		if (unknown.length > 0) throw new Error(`web/api/${file}: "${unknown[0]}" belongs into base.json`);
		join(document.paths, paths, file);
		for (const [kind, named] of Object.entries(components)) join((document.components[kind] ??= {}), named, file);
	}
	return document;
}
