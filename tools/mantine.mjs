// SPDX-License-Identifier: AGPL-3.0-or-later
// Mantine by component: the file of each, and the styles of those that a bundle holds, so that no screen imports any.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../node_modules/@mantine/core/", import.meta.url);
const always = ["baseline.css", "default-css-variables.css", "global.css"];
const read = (path) => readFileSync(new URL(path, folder), "utf8");

/** The names of classes, in which file each is styled, and where that file stands in the whole. */
function sheets() {
	const whole = read("styles.css");
	return readdirSync(new URL("styles/", folder))
		.filter((file) => file.endsWith(".css") && !file.endsWith(".layer.css"))
		.map((file) => {
			const text = read(`styles/${file}`);
			return { file, text, classes: new Set(text.match(/m_[0-9a-f]+/g)), at: whole.indexOf(text.trim().slice(0, 60)) };
		})
		.sort((a, b) => a.at - b.at);
}

/** Mantine's styles in its own order: { file, text, isUsed(outputs) } of each sheet, by the names of outputs of a metafile. */
export function mantineSheets(metafile) {
	const classesOf = (name) => {
		const used = [];
		for (const [input, { bytesInOutput }] of Object.entries(metafile.outputs[name].inputs))
			if (bytesInOutput > 0 && /@mantine\/core\/.*\.module\.mjs$/.test(input))
				used.push(...(readFileSync(input, "utf8").match(/m_[0-9a-f]+/g) ?? []));
		return used;
	};
	return sheets().map(({ file, text, classes }) => ({
		file,
		text,
		isUsed: (outputs) => always.includes(file) || outputs.flatMap(classesOf).some((name) => classes.has(name)),
	}));
}

/** The file that each exported name comes from. */
export function mantineFiles() {
	const found = new Map();
	for (const [, names, path] of read("esm/index.mjs").matchAll(/import \{([^}]*)\} from "([^"]+)";/g))
		for (const name of names.split(",")) found.set(name.trim(), new URL(`esm/${path}`, folder).pathname);
	return found;
}
