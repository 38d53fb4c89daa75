// bench/first.bench.mjs - what a buyer feels first: a server with 2,000 answers on one core, with 1 GiB, beside the same server
// with all that the machine has. From the start of the program to the page and the first figures, the same figures again, and
// the most memory that it took.
//
//	HEED_BENCH_ROWS=2000 node bench/first.bench.mjs
//
// The limits are taskset's and prlimit's (private memory).
// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const program = resolve(process.env.HEED_BIN ?? join(root, "build/heed"));
const bench = process.env.HEED_BIN ? join(dirname(program), "bench/bench_cube") : join(root, "build/gcc-release/bench/bench_cube");
const rows = Number(process.env.HEED_BENCH_ROWS ?? 2000);
const dir = join(mkdtempSync(join(tmpdir(), "heed-first.")), "rows");
const limits = ["taskset", "-c", "0", "prlimit", `--data=${2 ** 30}`];
const overview = "/api/v1/insights/nps?series=month&from=2025-01-01&compare=previous";

const start = async (words, port) => {
	const began = performance.now();
	const all = [...words, program, "serve", "--data", join(dir, "data"), "--listen", `127.0.0.1:${port}`, "--log-level", "error"];
	const server = spawn(all[0], all.slice(1), { stdio: ["ignore", "ignore", "inherit"] });
	const key = readFileSync(join(dir, "key"), "utf8").trim();
	const ask = async (path) => {
		const asked = performance.now();
		const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${key}` } });
		const bytes = (await reply.arrayBuffer()).byteLength;
		if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
		return { ms: performance.now() - asked, bytes };
	};
	try {
		for (;;) {
			try {
				await ask("/readyz");
				break;
			} catch {
				if (server.exitCode !== null || performance.now() - began > 60000) throw new Error("the server does not start");
				await new Promise((done) => setTimeout(done, 2));
			}
		}
		const ready = performance.now() - began;
		const page = await ask("/");
		const first = await ask(overview);
		const again = [];
		for (let i = 0; i < 20; i++) again.push((await ask(overview)).ms);
		const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
		const memory = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;
		return { ready, page: page.ms, first: first.ms, again: again.sort((a, b) => a - b)[10], memory: memory("VmHWM") };
	} finally {
		server.kill("SIGTERM");
		await new Promise((done) => server.once("exit", done));
	}
};

try {
	execFileSync(bench, ["fill", dir, String(rows)], { env: { ...process.env, HEED_BIN: program } });
	const port = 20000 + (process.pid % 20000);
	const whole = await start([], port);
	const small = await start(limits, port + 1);
	const line = (name, r) =>
		console.log(
			`${name}: ready after ${r.ready.toFixed(0)} ms, the page ${r.page.toFixed(1)} ms, first figures ${r.first.toFixed(1)} ms, ` +
				`again ${r.again.toFixed(1)} ms, at most ${r.memory.toFixed(0)} MiB`,
		);
	console.log(`${rows} answers`);
	line("all of the machine", whole);
	line("one core, 1 GiB   ", small);
	const ratio = (name) => (small[name] / whole[name]).toFixed(2);
	console.log(`times as long: ready ${ratio("ready")}, first figures ${ratio("first")}, again ${ratio("again")}`);
} finally {
	rmSync(dirname(dir), { recursive: true });
}
