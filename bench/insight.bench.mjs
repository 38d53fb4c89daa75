// bench/insight.bench.mjs - what the questions cost that look at answers one by one: trends, why, quality, comparison, drivers,
// journey, themes. Each is asked of the columns in memory, as the server does, and of the tables with SQL, which tests hold it
// against; what the two say is compared.
//
//	HEED_BENCH_ROWS=2000000 node bench/insight.bench.mjs
//
// Each HEED_BENCH_EACHth answer (10) has a comment that was read and speaks of themes. Processor time is told, of one thread.
// HEED_BENCH_DIR keeps the rows for another run (they are not those of bench/cube.bench.mjs); HEED_BENCH_TABLES=0 leaves the
// tables out, which take minutes at millions of answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const rows = Number(process.env.HEED_BENCH_ROWS ?? 200000);
const heed = resolve(process.env.HEED_BIN ?? join(root, "build/heed"));
const programs = process.env.HEED_BIN ? join(dirname(heed), "bench") : join(root, "build/gcc-release/bench");
const kept = process.env.HEED_BENCH_DIR;
const dir = kept ?? join(mkdtempSync(join(tmpdir(), "heed-insight.")), "rows");

const run = (program, ...args) =>
	execFileSync(join(programs, program), args, { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, HEED_BIN: heed } })
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));

if (!existsSync(join(dir, "key"))) {
	run("bench_cube", "fill", dir, String(rows));
	run("bench_insight", "enrich", dir);
	run("bench_insight", "read", dir, process.env.HEED_BENCH_EACH ?? "10");
}
const columns = run("bench_insight", "ask", dir);
const tables = process.env.HEED_BENCH_TABLES === "0" ? [] : run("bench_insight", "tables", dir);
console.log(`${rows} answers; ms of processor time, of one thread`);
console.table(
	columns.map(({ question, ms, said }) => {
		const oracle = tables.find((line) => line.question === question);
		return {
			question,
			"columns, ms": ms,
			"tables, ms": oracle?.ms ?? "",
			times: oracle ? Math.round(oracle.ms / ms) : "",
			same: oracle ? oracle.said === said : "",
		};
	}),
);
if (!kept) rmSync(dirname(dir), { recursive: true });
if (columns.some(({ question, said }) => tables.some((line) => line.question === question && line.said !== said))) {
	console.error("not the same as the tables");
	process.exit(1);
}
