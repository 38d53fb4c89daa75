// tests/tools/notices.test.mjs - what goes into Heed of others' work is named with its notice, and nothing goes in that may not.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { build } from "esbuild";
import { notices, packagesIn } from "../../tools/notices.mjs";

const root = mkdtempSync(join(tmpdir(), "heed notices "));
after(() => rmSync(root, { recursive: true }));

function put(files) {
	const folder = mkdtempSync(join(root, "tree-"));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

const said = (name, license) => JSON.stringify({ name, version: "1.2.3", license, author: "Ann Example", main: "index.js" });
const pack = (name, license, code, more = {}) => {
	const at = `node_modules/${name}`;
	const named = Object.entries(more).map(([file, text]) => [`${at}/${file}`, text]);
	return { [`${at}/package.json`]: said(name, license), [`${at}/index.js`]: code, ...Object.fromEntries(named) };
};
const foldersOf = (folder, names) => names.map((name) => join(folder, "node_modules", name));

test("packages are those of which a bundle holds a byte, also through others and below them", async () => {
	const folder = put({
		"main.js": 'import { b } from "@an/a"; import { unused } from "c"; console.log(b);',
		...pack("@an/a", "MIT", 'export { b } from "b";'),
		...pack("b", "MIT", 'import d from "d"; export const b = d + 1;'),
		...pack("c", "MIT", "export const unused = 1;"),
		...pack("b/node_modules/d", "MIT", "export default Math.random();"),
	});
	const { metafile } = await build({ absWorkingDir: folder, entryPoints: ["main.js"], bundle: true, write: false, metafile: true, outfile: "o.js", format: "esm" });
	assert.deepEqual(packagesIn([metafile]), ["node_modules/b", "node_modules/b/node_modules/d"]);
});

test("each licence and notice is there, equal ones once, in any order the same", () => {
	const folder = put({
		...pack("a", "MIT", "", { LICENSE: "Copyright of both\r\nand its words\r\n" }),
		...pack("b", "MIT", "", { "license.md": "Copyright of both  \nand its words" }),
		...pack("c", "Apache-2.0", "", { "LICENSE.txt": "The words of Apache", NOTICE: "Noted by c" }),
	});
	const folders = foldersOf(folder, ["a", "b", "c"]);
	const text = notices(folders);
	assert.equal(text.split("Copyright of both").length, 2);
	assert.match(text, /\na 1\.2\.3\nb 1\.2\.3\n\nCopyright of both\nand its words\n/);
	assert.match(text, /\nc 1\.2\.3\n\nThe words of Apache\n/);
	assert.match(text, /\nc 1\.2\.3\n\nNoted by c\n/);
	assert.equal(notices(folders.toReversed()), text);
});

test("a package without a text is told by what it says of itself", () => {
	const folder = put({ ...pack("a", "MIT", ""), ...pack("b", "Unlicense", "") });
	const text = notices(foldersOf(folder, ["a", "b"]));
	assert.match(text, /It says: MIT, by Ann Example\n\nCopyright \(c\) Ann Example\n\nPermission is hereby granted/);
	assert.match(text, /It says: Unlicense, by Ann Example\n\n=/);
});

test("a licence that is not allowed, or none, stops the build with the package's name", () => {
	for (const license of ["GPL-2.0-only", "UNLICENSED", undefined]) {
		const folder = put(pack("a", license, "", { LICENSE: "Words" }));
		assert.throws(() => notices(foldersOf(folder, ["a"])), new RegExp(`^Error: a goes into Heed, and its licence \\(${license ?? "none"}\\)`));
	}
});

// What was built

const built = readFileSync("build/web/third-party.txt", "utf8");
const listed = [...built.matchAll(/^\t(\S+) \S+, \S+$/gm)].map((found) => found[1]);

test("all that the dashboard imports, and all that the Makefile takes data from, is listed and has its notice", () => {
	const sources = readdirSync("web", { recursive: true }).filter((file) => /\.tsx?$/.test(file) && !/generated/.test(file));
	const imported = sources
		.flatMap((file) => [...readFileSync(join("web", file), "utf8").matchAll(/^import (?!type )[^;]* from "([^."][^"]*)";/gm)])
		.map(([, from]) => /^(?:@[^/]+\/)?[^/]+/.exec(from)[0]);
	const compiled = [...readFileSync("Makefile", "utf8").matchAll(/:= node_modules\/([\w-]+)\//g)].map((found) => found[1]);
	assert.ok(new Set(imported).size > 5 && compiled.length === 2, "the imports were not found");
	for (const name of new Set([...imported, ...compiled])) {
		const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
		assert.ok(listed.includes(name), `${name} is not listed`);
		assert.ok(built.includes(`\n${name} ${version}\n`), `${name} has no notice`);
	}
});

test("what others brought into the dashboard's files is listed", () => {
	const scripts = readdirSync("build/web/dashboard").filter((file) => file.endsWith(".js"));
	const code = scripts.map((file) => readFileSync(join("build/web/dashboard", file), "utf8")).join("\n");
	const signs = { scheduler: "unstable_scheduleCallback", "@floating-ui/core": "rootBoundary", "react-number-format": "allowNegative" };
	for (const [name, sign] of Object.entries(signs)) {
		assert.ok(code.includes(sign), `${sign} was not found`);
		assert.ok(listed.includes(name), `${name} is not listed`);
	}
});

test("the page on dependencies names every package that is passed on", () => {
	const page = readFileSync("docs/dependencies.md", "utf8");
	const named = new Set([...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell]) => cell.split(", ")));
	assert.ok(listed.length > 15, "the packages were not found");
	assert.deepEqual(listed.filter((name) => !named.has(name)), []);
});

test("what models rest on stands there whole, and the widget's licence", () => {
	for (const file of ["models/sources.txt", "models/lid.176.txt", "web/widget/LICENSE"])
		assert.ok(built.includes(readFileSync(file, "utf8")), file);
});

test("make install puts it beside the licence", () => {
	const { stdout } = spawnSync("make", ["-n", "install", "DESTDIR=/there", "PREFIX=/usr"], { encoding: "utf8" });
	assert.match(stdout, /LICENSE build\/web\/third-party\.txt '\/there\/usr\/share\/doc\/heed\/'/);
});
