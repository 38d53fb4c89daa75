// bench/cube.bench.mjs - figures of very many answers: Heed's cube beside DuckDB, PostgreSQL and SQLite, on the same rows in
// one run. What each query says is compared with what DuckDB says.
//
//	HEED_BENCH_ROWS=1000000 HEED_BENCH_TIMES=5 node bench/cube.bench.mjs
//
// Heed and DuckDB use one thread, and their processor time is told, so that a machine that does other things too gives the
// same ratios; PostgreSQL's parallel workers and SQLite are told by the clock. DuckDB is installed from npm into build/.
// HEED_BENCH_DIR keeps the rows for another run; HEED_BENCH_RIVALS names those wanted: "duckdb postgres sqlite".
// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const rows = Number(process.env.HEED_BENCH_ROWS ?? 200000);
const times = Number(process.env.HEED_BENCH_TIMES ?? 5);
const rivals = (process.env.HEED_BENCH_RIVALS ?? "duckdb postgres sqlite").split(" ");
const program = process.env.HEED_BIN
	? join(dirname(resolve(process.env.HEED_BIN)), "bench/bench_cube")
	: join(root, "build/gcc-release/bench/bench_cube");
const kept = process.env.HEED_BENCH_DIR;
const dir = kept ?? join(mkdtempSync(join(tmpdir(), "heed-cube.")), "rows");

const counted = "state IN (1, 2) AND score IS NOT NULL";
const counts = "SUM((score >= 9)::INT) AS p, SUM((score <= 6)::INT) AS d, COUNT(*) AS n";
const queries = [
	["overall", `SELECT '' AS v, ${counts} FROM answers WHERE ${counted}`],
	["by month", `SELECT date_trunc('month', scored_at) AS v, ${counts} FROM answers WHERE ${counted} GROUP BY 1`],
	["by 200 values", `SELECT a200 AS v, ${counts} FROM answers WHERE ${counted} GROUP BY 1`],
	["by 5000 values", `SELECT a5000 AS v, ${counts} FROM answers WHERE ${counted} GROUP BY 1`],
	[
		"by month, two filters",
		`SELECT date_trunc('month', scored_at) AS v, ${counts} FROM answers WHERE ${counted} AND a8 = 3 AND a20 IN (1, 2, 7) GROUP BY 1`,
	],
	[
		"values among detractors",
		`SELECT a200 AS v, ${counts} FROM answers WHERE ${counted} AND score <= 6 AND a5 = 1 GROUP BY 1`,
	],
];

const lines = (text) =>
	text
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));

const heed = (...args) =>
	execFileSync(program, args, {
		encoding: "utf8",
		maxBuffer: 1 << 28,
		env: { ...process.env, HEED_BIN: process.env.HEED_BIN ?? join(root, "build/heed") },
	});

/* What a value is called by Heed. */
function name(query, value) {
	if (query === "overall") return "";
	if (query.startsWith("by month")) return new Date(value).toISOString().slice(0, 10);
	return `v${value}`;
}

async function duckdb() {
	const at = join(root, "build/duckdb");
	if (!existsSync(join(at, "node_modules/@duckdb/node-api")))
		execFileSync("npm", ["install", "--no-save", "--loglevel=error", "--prefix", at, "@duckdb/node-api"], {
			stdio: "inherit",
		});
	const { DuckDBInstance } = createRequire(join(at, "node_modules/x.js"))("@duckdb/node-api");
	const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
	const db = await instance.connect();
	await db.run(`CREATE TABLE answers AS SELECT make_timestamp(scored_at) AS scored_at, score::UTINYINT AS score, state::UTINYINT AS state,
		person::UINTEGER AS person, a3::UTINYINT AS a3, a5::UTINYINT AS a5, a8::UTINYINT AS a8, a20::UTINYINT AS a20,
		a200::UTINYINT AS a200, a5000::USMALLINT AS a5000
		FROM read_csv('${join(dir, "answers.csv")}', header = false, columns = {scored_at: 'BIGINT', score: 'INTEGER', state: 'INTEGER',
		person: 'BIGINT', a3: 'INTEGER', a5: 'INTEGER', a8: 'INTEGER', a20: 'INTEGER', a200: 'INTEGER', a5000: 'INTEGER'})`);
	const result = new Map();
	for (const [query, sql] of queries) {
		let best = Infinity;
		let found;
		for (let i = 0; i < times; i++) {
			const began = process.cpuUsage();
			const reader = await db.runAndReadAll(sql.replace("date_trunc('month', scored_at)", "epoch_ms(date_trunc('month', scored_at))"));
			const took = process.cpuUsage(began);
			best = Math.min(best, (took.user + took.system) / 1000);
			found = reader.getRows();
		}
		result.set(query, {
			ms: best,
			rows: new Map(found.map(([v, ...n]) => [name(query, typeof v === "bigint" ? Number(v) : v), n.map(Number)])),
		});
	}
	return result;
}

function postgres() {
	const conninfo = execFileSync(join(root, "tools/postgres"), ["start"], { encoding: "utf8" }).trim();
	const psql = (sql, input) => {
		const run = spawnSync("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", conninfo, "-c", "\\timing on", "-c", sql], {
			encoding: "utf8",
			input,
			maxBuffer: 1 << 28,
			stdio: [typeof input === "number" ? input : "pipe", "pipe", "inherit"],
		});
		if (run.status !== 0) throw new Error("psql failed");
		return run.stdout;
	};
	try {
		psql(`CREATE UNLOGGED TABLE raw (scored_at BIGINT, score SMALLINT, state SMALLINT, person BIGINT, a3 SMALLINT, a5 SMALLINT,
			a8 SMALLINT, a20 SMALLINT, a200 SMALLINT, a5000 SMALLINT)`);
		execFileSync("sh", [
			"-c",
			`psql -Xq "$1" -c "COPY raw FROM STDIN WITH (FORMAT csv)" < "$2"`,
			"sh",
			conninfo,
			join(dir, "answers.csv"),
		]);
		psql(`CREATE UNLOGGED TABLE answers AS SELECT to_timestamp(scored_at / 1000000.0) AT TIME ZONE 'UTC' AS scored_at, score, state, person,
			a3, a5, a8, a20, a200, a5000 FROM raw`);
		psql("DROP TABLE raw");
		psql("VACUUM ANALYZE answers");
		return new Map(
			queries.map(([query, sql]) => {
				let best = Infinity;
				for (let i = 0; i < 3; i++) {
					const out = psql(`${sql}`);
					best = Math.min(best, Number(/Time: ([\d.]+) ms/.exec(out)[1]));
				}
				return [query, { ms: best }];
			}),
		);
	} finally {
		execFileSync(join(root, "tools/postgres"), ["stop", conninfo]);
	}
}

const sqlite = () => new Map(lines(heed("sqlite", dir, String(rows))).map((r) => [r.query, r]));

/* Values that Heed tells apart say what DuckDB says, and the rest is what is left. */
function compare(ours, theirs) {
	const left = [...theirs.values()].reduce((sum, n) => sum.map((s, i) => s + n[i]), [0, 0, 0]);
	for (const [value, ...n] of ours) {
		const expected = value === "rest" ? left : theirs.get(value);
		if (String(n) !== String(expected)) return false;
		n.forEach((one, i) => (left[i] -= one));
	}
	return left.every((n) => n === 0);
}

const ratio = (rival, ours) => (rival === undefined ? "" : `${rival.ms.toFixed(0)} (${(rival.ms / ours).toFixed(1)}x)`);

if (!existsSync(join(dir, "answers.csv"))) heed("fill", dir, String(rows));
const said = lines(heed("ask", dir));
const loads = said.filter((line) => line.load !== undefined);
const theirs = {
	duckdb: rivals.includes("duckdb") ? await duckdb() : undefined,
	postgres: rivals.includes("postgres") ? postgres() : undefined,
	sqlite: rivals.includes("sqlite") ? sqlite() : undefined,
};
/* The best of the loads of one kind, by the clock and by the processor. */
function load(kind) {
	const all = loads.filter((line) => line.load === kind);
	const by = (key) => Math.min(...all.map((line) => line[key]));
	const rate = (key) => (all[0].rows / by(key) / 1000).toFixed(2);
	return `${kind} in ${(by("ms") / 1000).toFixed(2)} s (${rate("ms")} million a second, ${rate("worked_ms")} of processor time)`;
}
const warm = loads.at(-1);
const bytes = said.find((line) => line.columns !== undefined);
const each = (n) => (n / warm.rows).toFixed(1);
console.log(`${warm.rows} answers, loaded from ${load("tables")}, from ${load("snapshot")}`);
console.log(`${each(bytes.bytes)} bytes each: ${each(bytes.columns)} in columns, ${each(bytes.ids)} of ids, the others for persons and for who \
writes; ${each(Math.max(...loads.map((line) => line.file)))} in the snapshot`);
console.log("ms; behind rivals how many times Heed's counts");
let worst = Infinity;
let slowest = 0;
let slowestWhole = 0;
const table = [];
for (const [query] of queries) {
	const ours = said.find((line) => line.query === query);
	const duck = theirs.duckdb?.get(query);
	table.push({
		query,
		"asked first": ours.first_ms.toFixed(2),
		counts: ours.ms.toFixed(2),
		"with intervals": ours.interval_ms.toFixed(2),
		DuckDB: ratio(duck, ours.ms),
		PostgreSQL: ratio(theirs.postgres?.get(query), ours.ms),
		SQLite: ratio(theirs.sqlite?.get(query), ours.ms),
		same: duck ? compare(ours.rows, duck.rows) : "",
	});
	if (duck) worst = Math.min(worst, duck.ms / ours.ms);
	slowest = Math.max(slowest, ours.ms);
	slowestWhole = Math.max(slowestWhole, ours.interval_ms);
}
console.table(table);
console.log(`slowest: ${slowest.toFixed(2)} ms of counts, ${slowestWhole.toFixed(2)} ms with intervals; DuckDB at least ${worst.toFixed(1)} \
times as slow; the overview's question ${said.find((line) => line.query === "insight_ask with months").interval_ms.toFixed(2)} ms`);
for (const { facets, answers, ms, tables_ms: tables } of said.filter((line) => line.facets !== undefined))
	console.log(
		`values to filter by "${facets}" of ${answers} answers: ${ms.toFixed(2)} ms, of the tables ${tables.toFixed(0)} ms \
(${(tables / ms).toFixed(0)}x)`,
	);
if (!kept) rmSync(dirname(dir), { recursive: true });
if (table.some((row) => row.same === false)) {
	console.error("not the same as DuckDB");
	process.exit(1);
}
