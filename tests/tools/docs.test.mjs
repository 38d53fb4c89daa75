// tests/tools/docs.test.mjs - what the documentation says to type, to open and to install is there.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const program = process.env.HEED_BIN ?? "build/heed";
const pages = [...readdirSync("."), ...readdirSync("docs").map((name) => `docs/${name}`)]
	.filter((name) => name.endsWith(".md"))
	.map((path) => ({ path, text: readFileSync(path, "utf8") }));
const help = (...words) => spawnSync(program, [...words, "--help"], { encoding: "utf8" });

/** A heading as its link names it. */
const anchor = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").trim().replaceAll(" ", "-");

test("every link of a page leads to a file that is there, and to a heading of it", () => {
	let links = 0;
	for (const { path, text } of pages)
		for (const [, to] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
			if (/^[a-z]+:/.test(to)) continue;
			links++;
			const [file, heading] = to.split("#");
			const target = file ? join(dirname(path), file) : path;
			assert.ok(existsSync(target), `${path}: ${to}`);
			if (!heading) continue;
			const headings = [...readFileSync(target, "utf8").matchAll(/^#+ (.*)$/gm)].map((found) => anchor(found[1]));
			assert.ok(headings.includes(heading), `${path}: ${to}`);
		}
	assert.ok(links > 20, "the links were not found");
});

/** Command lines of a page: `heed NAME ...` between backticks, and lines of code that begin so. */
function commandLines(text) {
	const code = [...text.matchAll(/^ {4,}(?:sudo (?:-u \w+ )?)?((?:build\/)?heed .*(?:\\\n.*)*)/gm)].map((found) => found[1]);
	const inline = [...text.matchAll(/`((?:build\/)?heed [^`]*)`/g)].map((found) => found[1]);
	const inside = [...text.matchAll(/\$\(((?:build\/)?heed [^)]*)\)/g)].map((found) => found[1]);
	return [...code, ...inline, ...inside].map((line) => line.replace(/\\\n/g, " ").replace(/^(build\/)?heed /, ""));
}

test("every command that a page names is there, with its options", () => {
	let lines = 0;
	for (const { path, text } of pages)
		for (const line of commandLines(text)) {
			const name = /^[a-z]+/.exec(line)?.[0];
			if (!name) continue;
			lines++;
			const { status, stdout } = help(name);
			assert.equal(status, 0, `${path}: heed ${line}`);
			for (const [option] of line.matchAll(/--[a-z][a-z-]*/g))
				assert.ok(stdout.includes(`  ${option} `) || option === "--help", `${path}: heed ${line}: no ${option}`);
		}
	assert.ok(lines > 25, "the commands were not found");
});

/** Sections of a page by the anchors of their headings. */
function sections(text) {
	const parts = text.split(/^## /m).slice(1);
	return new Map(parts.map((part) => [anchor(part.slice(0, part.indexOf("\n"))), part]));
}

test("the page of commands has every command, with every option of its help and no other", () => {
	const all = sections(pages.find(({ path }) => path === "docs/commands.md").text);
	const commands = [...spawnSync(program, ["--help"], { encoding: "utf8" }).stdout.matchAll(/^ {2}([a-z]+) /gm)].map((found) => found[1]);
	assert.ok(commands.length > 10, "the commands were not found");
	const told = (part) => [...part.matchAll(/^\| `(--[a-z-]+)[ `]/gm)].map((found) => found[1]);
	for (const name of commands) {
		const own = all.get(`heed-${name}`);
		assert.ok(own, `docs/commands.md: heed ${name}`);
		const linked = [...own.matchAll(/\]\(#([^)]+)\)/g)].map((found) => all.get(found[1]));
		const { stdout } = help(name);
		const options = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map((found) => found[1]).filter((option) => option !== "--help");
		assert.deepEqual([own, ...linked].flatMap(told).sort(), options.sort(), `docs/commands.md: heed ${name}`);
		for (const [, form] of stdout.split("\n\n")[0].matchAll(/(heed [a-z]+(?: [a-z]+)?)/g)) assert.ok(own.includes(`    ${form}`), `docs/commands.md: ${form}`);
	}
});

test("the table of settings is the program's", () => {
	const { text } = pages.find(({ path }) => path === "docs/operations.md");
	const told = [...text.matchAll(/^\| `(HEED_[A-Z_]+)` \|/gm)].map((found) => found[1]);
	const { stdout } = spawnSync(program, ["config", "--explain"], { encoding: "utf8" });
	assert.deepEqual(told, [...stdout.matchAll(/HEED_[A-Z_]+/g)].map((found) => found[0]));
});

test("every operation that a page names is one of the API", () => {
	const folder = "web/api";
	const known = new Map();
	const plain = (path) => path.replaceAll(/\{[^}]*\}/g, "{}");
	for (const file of readdirSync(folder))
		for (const [path, methods] of Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")).paths ?? {}))
			known.set(plain(path), Object.keys(methods));
	let named = 0;
	for (const { path, text } of pages)
		for (const [, method, asked] of text.matchAll(/(?:`(GET|POST|PUT|PATCH|DELETE) )?`?(\/api\/v1\/[a-z0-9/{}_.-]*[a-z0-9}])/g)) {
			const methods = known.get(plain(asked.replace("/acme/", "/{survey}/")));
			named++;
			assert.ok(methods, `${path}: ${asked}`);
			if (method) assert.ok(methods.includes(method.toLowerCase()), `${path}: ${method} ${asked}`);
		}
	assert.ok(named > 30, "the operations were not found");
});

test("the packages of a machine that only runs Heed hold every library of the program", (t) => {
	if (spawnSync("dpkg", ["--version"]).error) return t.skip("this is not Debian");
	const { text } = pages.find(({ path }) => path === "docs/operations.md");
	const told = new Set(/apt-get install (lib(?:\\\n|.)*)/.exec(text)[1].split(/[\s\\]+/).filter(Boolean));
	const { stdout } = spawnSync("ldd", [program], { encoding: "utf8" });
	const needed = spawnSync("objdump", ["-p", program], { encoding: "utf8" }).stdout.matchAll(/NEEDED +(\S+)/g);
	const missing = [];
	for (const [, library] of needed) {
		const path = new RegExp(`${library.replaceAll(".", "\\.")} => (\\S+)`).exec(stdout)?.[1];
		const found = [path, path?.replace(/^\/usr/, ""), `/usr${path}`].map((at) => spawnSync("dpkg", ["-S", at], { encoding: "utf8" }).stdout);
		const packages = found.join("").split("\n").filter(Boolean).map((line) => line.split(":")[0]);
		if (!packages.some((name) => told.has(name) || /^(libc6|libasan\d|libubsan\d|libgcc-s1|libstdc\+\+6)$/.test(name))) missing.push(`${library} of ${packages}`);
	}
	assert.deepEqual(missing, []);
});
