// bench/overview.bench.mjs - what the overview costs while answers come in: `heed serve` over many answers, 50 requests a second
// for the overview's figures, 1,000 new answers a second, and how long the requests took. The period is one that new answers
// fall into. Before that answers come in alone, for what the processor does for them.
//
//	HEED_BENCH_ROWS=10000000 HEED_BENCH_SECONDS=20 node bench/overview.bench.mjs
//
// HEED_BENCH_KNOWN is how many of a hundred answers are of people who answered before (0).
// HEED_BENCH_DIR is one that bench/cube.bench.mjs has kept.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const program = resolve(process.env.HEED_BIN ?? join(root, "build/heed"));
const bench = process.env.HEED_BIN ? join(dirname(program), "bench/bench_cube") : join(root, "build/gcc-release/bench/bench_cube");
const rows = Number(process.env.HEED_BENCH_ROWS ?? 200000);
const seconds = Number(process.env.HEED_BENCH_SECONDS ?? 10);
const [asks, answers] = [50, 1000];
const known = Number(process.env.HEED_BENCH_KNOWN ?? 0);
const kept = process.env.HEED_BENCH_DIR;
const dir = kept ?? join(mkdtempSync(join(tmpdir(), "heed-overview.")), "rows");
if (!existsSync(join(dir, "key")))
	execFileSync(bench, ["fill", dir, String(rows)], { env: { ...process.env, HEED_BIN: program } });
const key = readFileSync(join(dir, "key"), "utf8").trim();
const port = 20000 + (process.pid % 20000);
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

const call = (method, path, body) =>
	new Promise((done, fail) => {
		const began = performance.now();
		const rq = request(
			{
				agent,
				port,
				method,
				path,
				headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
			},
			(reply) => {
				reply.resume();
				reply.on("end", () => done({ status: reply.statusCode, ms: performance.now() - began }));
			},
		);
		rq.on("error", fail);
		rq.end(body && JSON.stringify(body));
	});

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const overview = "/api/v1/insights/nps?series=month&from=2025-01-01&compare=previous";
const server = spawn(program, ["serve", "--data", join(dir, "data"), "--listen", `127.0.0.1:${port}`, "--log-level", "error"], {
	stdio: "inherit",
});
/* Seconds of processor time that the server has had; 100 ticks are one on every Linux that Node runs on. */
const processor = () => {
	const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
	return (Number(fields[11]) + Number(fields[12])) / 100;
};
const memory = () => Math.round(Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024);
const took = [];
const statuses = {};
let stored = 0;
try {
	for (let tries = 0; tries < 600; tries++) {
		if ((await call("GET", "/healthz").catch(() => ({}))).status === 200) break;
		await pause(500);
	}
	let first;
	for (let tries = 0; tries < 300; tries++) {
		first = await call("GET", overview);
		if (first.status === 200) break;
		await pause(1000);
	}
	console.log(`ready: ${first.status}`);
	const pending = [];
	const answer = (number) => {
		const person = known > 0 && number % 100 < known && { person: { external_id: `bench-${number % 5000}` } };
		return call("POST", "/api/v1/responses", { survey: "bench", score: number % 11, ...person }).then((r) => {
			stored += r.status === 201;
		});
	};
	const run = async (length, each) => {
		const [end, before, already] = [performance.now() + length * 1000, processor(), stored];
		for (let tick = 0; performance.now() < end; tick++) {
			const next = performance.now() + 1000 / asks;
			each();
			for (let i = 0; i < answers / asks; i++) pending.push(answer(tick * 20 + i));
			await pause(Math.max(0, next - performance.now()));
		}
		await Promise.all(pending.splice(0));
		return { seconds: processor() - before, answers: stored - already };
	};
	const alone = await run(seconds / 2, () => {});
	const both = await run(seconds, () =>
		pending.push(
			call("GET", overview).then((r) => {
				took.push(r.ms);
				statuses[r.status] = (statuses[r.status] ?? 0) + 1;
			}),
		),
	);
	console.log(
		`the server's processor time: ${((alone.seconds / alone.answers) * 1000).toFixed(3)} ms an answer when they come alone; ` +
			`with overviews ${((both.seconds / both.answers) * 1000).toFixed(3)} ms an answer and what an overview takes with it; ` +
			`at most ${memory()} MiB`,
	);
} finally {
	server.kill("SIGTERM");
	await new Promise((done) => server.once("exit", done));
	agent.destroy();
	if (!kept) rmSync(dirname(dir), { recursive: true });
}
took.sort((a, b) => a - b);
const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1);
console.log(
	`${took.length} overviews in ${seconds} s (${JSON.stringify(statuses)}), ${stored} answers stored: median ${at(0.5)} ms, 95th ${at(0.95)} ms, 99th ${at(0.99)} ms`,
);
