// SPDX-License-Identifier: AGPL-3.0-or-later
// Each lint is shown a small tree with one mistake, which it must name, and the same tree without it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

const root = mkdtempSync(join(tmpdir(), "heed lints "));
after(() => rmSync(root, { recursive: true }));
const licence = "/* SPDX-License-Identifier: AGPL-3.0-or-later */\n";

// A tree with these files beside the tools themselves.
function tree(files) {
	const folder = mkdtempSync(join(root, "tree-"));
	cpSync("tools", join(folder, "tools"), { recursive: true });
	cpSync("src/LAYERS", join(folder, "src/LAYERS"));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

function lint(name, files, env = {}) {
	const cwd = tree(files);
	const { status, stdout, stderr } = spawnSync(`tools/lint-${name}`, { cwd, env: { ...process.env, ...env } });
	return { status, said: `${stdout}${stderr}` };
}

function refuses(name, sentence, files) {
	const { status, said } = lint(name, files);
	assert.notEqual(status, 0, `lint-${name} passed`);
	assert.match(said, sentence);
}

function accepts(name, files) {
	const { status, said } = lint(name, files);
	assert.equal(status, 0, said);
}

test("layers: a room may not include one that stands below it", () => {
	refuses("layers", /base\/ may not include db\/db\.h/, { "src/base/a.c": '#include "db/db.h"\n' });
	accepts("layers", { "src/db/a.c": '#include "base/str.h"\n#include "db/db.h"\n#include <stdio.h>\n' });
});

test("layers: a folder that is not listed, and an include without its folder", () => {
	refuses("layers", /not in src\/LAYERS/, { "src/extra/a.c": '#include "base/str.h"\n' });
	refuses("layers", /must spell its folder/, { "src/base/a.c": '#include "str.h"\n' });
});

test("layers: ratings that are blind to the score have makers of their own", () => {
	refuses("layers", /blind to the score/, { "src/insight/a.c": '#include "stats/blind_make.h"\n' });
	accepts("layers", { "src/insight/a.c": '#include "stats/blind.h"\n' });
	accepts("layers", { "src/stats/blind.c": '#include "stats/blind_make.h"\n' });
});

test("names: no util, a first line that says what a header is, a licence", () => {
	refuses("names", /name the thing/, { "src/base/util.c": licence });
	refuses("names", /begins with/, { "src/base/a.h": licence });
	refuses("names", /no SPDX line/, { "src/base/a.c": "int a;\n" });
	accepts("names", { "src/base/a.h": `/* base/a.h - an a. */\n${licence}` });
});

test("banned: SQL, markup and unchecked memory in C", () => {
	refuses("banned", /\.sql file/, { "src/survey/a.c": 'char *s = "SELECT id FROM survey";\n' });
	refuses("banned", /template\.h/, { "src/survey/a.c": 'buf_printf(b, "<p>%s</p>", s);\n' });
	refuses("banned", /json\.h/, { "src/survey/a.c": 'buf_printf(b, "{\\"a\\":%d}", n);\n' });
	refuses("banned", /mem_alloc/, { "src/survey/a.c": "char *s = malloc(3);\n" });
	accepts("banned", { "src/survey/a.c": '/* SELECT id FROM survey */\nint a; // not malloc()\nf("%s", s);\n' });
});

test("what a workspace's scores taught can neither make a blind sentiment nor find themes: it does not compile", () => {
	const compile = (line) =>
		spawnSync("gcc", ["-std=gnu17", "-Werror", "-Isrc", "-fsyntax-only", "-x", "c", "-"], {
			input: `#include "text/analysis.h"
#include "text/blind_mentions.h"
#include "text/theme_model.h"
${line}
`,
		});
	const fine = (line) => assert.equal(compile(line).status, 0, `${compile(line).stderr}`);
	const refused = (line) => {
		const { status, stderr } = compile(line);
		assert.notEqual(status, 0, line);
		assert.match(`${stderr}`, /incompatible pointer type/);
	};
	const find = (type) => `const void *f(struct arena *a, const struct theme_reader *r, ${type} *m) { return theme_reader_with(a, r, m); }`;
	fine(find("const struct theme_model"));
	refused(find("const struct own_model"));
	refused(find("const struct own_scores"));
	refused(find("const struct linear"));
	const read = (type) => `const void *f(struct arena *a, const struct analyst *n, ${type} *m) { return analyst_with_themes(a, n, m); }`;
	fine(read("const struct theme_model"));
	refused(read("const struct own_model"));
	const judge = (type) => `const void *f(struct arena *a, ${type} *m) { return sentiment_blind(a, m, QUESTION_OPEN); }`;
	fine(judge("const struct sentiment_reading"));
	refused(judge("const struct own_model"));
	refused(judge("const struct sentiment"));
	const words = (type) => `void f(${type} *m, struct arena *a, const struct words *w, struct sentiment_reading *x) { sentiment_read(m, a, w, x); }`;
	fine(words("const struct sentiment_model"));
	refused(words("const struct own_model"));
	const mention = (type) => `void f(struct blind_mentions *b, ${type} *m) { blind_mentions_add(b, m); }`;
	fine(mention("const struct theme_mentions"));
	refused(mention("const struct own_model"));
	refused(mention("const struct sentiment"));
});

test("banned.h: a poisoned function does not compile", () => {
	const compile = (line) =>
		spawnSync("gcc", ["-include", "src/base/banned.h", "-fsyntax-only", "-x", "c", "-"], { input: line }).status;
	assert.notEqual(compile("int f(const char *s) { return atoi(s); }\n"), 0);
	assert.equal(compile("int f(int s) { return s; }\n"), 0);
});

test("globals: mutable state outside app/ and the log", () => {
	const globals = (path, text) => {
		const cwd = tree({ [path]: text });
		execFileSync("gcc", ["-fPIE", "-c", path, "-o", path.replace(".c", ".o")], { cwd });
		return spawnSync("tools/lint-globals", { cwd, env: { ...process.env, O: "." } });
	};
	const counter = "int next(void) { static int n; return ++n; }\n";
	const found = globals("src/net/a.c", counter);
	assert.notEqual(found.status, 0);
	assert.match(String(found.stdout), /n.* is mutable/);
	assert.notEqual(globals("src/net/b.c", "__thread int t = 3; int *f(void) { return &t; }\n").status, 0);
	assert.equal(globals("src/net/c.c", "const char *const names[] = { \"a\" };\n").status, 0);
	assert.equal(globals("src/app/a.c", counter).status, 0);
	assert.equal(globals("src/base/log.c", counter).status, 0);
});

const sql = (text) => ({ "src/survey/a.sql": `-- name: a\n${text}\n` });
for (const [text, sentence] of [
	["UPDATE survey SET workspace_id = $2 WHERE workspace_id = $1", /never changes/],
	["SELECT random() FROM survey s WHERE s.workspace_id = $1", /bound from C/],
	["SELECT s.id FROM survey s WHERE s.created_at < now()", /bound from C/],
	["SELECT * FROM survey s WHERE s.workspace_id = $1", /name the columns/],
	["SELECT s.id FROM survey s WHERE s.workspace_id = $1 FOR UPDATE", /no locks/],
	["SELECT s.definition->>'a' FROM survey s WHERE s.workspace_id = $1", /differently/],
	["SELECT s.id FROM survey s WHERE s.name LIKE $2\nAND 1 = 1\nAND 2 = 2", /ESCAPE/],
	["SELECT s.id FROM survey s WHERE ($2 IS NULL OR s.id = $2)", /CAST/],
]) {
	test(`sql: refuses ${text.split("\n")[0]}`, () => refuses("sql", sentence, sql(text)));
}

test("sql: accepts what reads the same everywhere", () => {
	accepts("sql", sql("-- random() in a comment\nSELECT s.id, 'now()' FROM survey s\nWHERE s.workspace_id = $1"));
	accepts("sql", { "src/account/a.sql": "-- name: a [global]\nUPDATE session SET workspace_id = $2 WHERE token_hash = $1\n" });
});

function sqlgen(text, ...flags) {
	const cwd = tree({ "src/survey/a.sql": text, "src/app/migrations/0001-first.sql": text });
	const file = flags.length > 0 ? "src/app/migrations/0001-first.sql" : "src/survey/a.sql";
	const { status, stdout, stderr } = spawnSync("awk", [...flags, "-f", "tools/sqlgen.awk", file], { cwd });
	return { status, made: String(stdout), said: String(stderr) };
}

test("sqlgen: one row a statement, split by engine, comments dropped", () => {
	const { status, made } = sqlgen(
		"-- name: b [global]\n-- a comment\nSELECT 'it''s -- not one' -- this is\nFROM x;\n\n" +
			"-- name: c [sqlite]\nSELECT 1\n-- name: c [postgres]\nSELECT 2\n",
	);
	assert.equal(status, 0);
	assert.match(made, /"SELECT 'it''s -- not one' "\s+"FROM x";/);
	assert.match(made, /sql_b .*= \{ "b", sql_b_any, sql_b_any, true \};/);
	assert.match(made, /sql_c .*= \{ "c", sql_c_sqlite, sql_c_postgres, false \};/);
});

test("sqlgen: a table of migrations", () => {
	const { status, made } = sqlgen("-- name: a\nCREATE TABLE a (id BIGINT)\n", "-v", "migrations=1");
	assert.equal(status, 0);
	assert.match(made, /\{ 1, "first", migration_0001, /);
});

for (const [why, text] of [
	["two commands", "-- name: a\nSELECT 1; SELECT 2\n"],
	["two commands on two lines", "-- name: a\nSELECT 1;\nSELECT 2\n"],
	["a name twice", "-- name: a\nSELECT 1\n-- name: a\nSELECT 2\n"],
	["no name", "SELECT 1\n"],
	["no text", "-- name: a\n-- name: b\nSELECT 1\n"],
	["an unknown mark", "-- name: a [mysql]\nSELECT 1\n"],
]) {
	test(`sqlgen: refuses ${why}`, () => {
		const { status, said } = sqlgen(text);
		assert.notEqual(status, 0);
		assert.notEqual(said, "");
	});
}
