// bench/reading.bench.mjs - what it takes to read all comments again after a theme's words have changed, and what those who
// answer meanwhile feel of it: `heed serve` over many imported comments, 200 new answers a second, first alone (the alternative),
// then while comments are read again. Ratios are of one run.
//
//	HEED_BENCH_ROWS=1000000 HEED_BENCH_SECONDS=20 node bench/reading.bench.mjs
//
// Three changes are timed: words that hardly any comment has, words that one in twenty has, and those of the second taken away again.
// HEED_BENCH_DIR is a folder that is kept and used again; HEED_BENCH_RATE answers a second.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const program = resolve(process.env.HEED_BIN ?? join(root, "build/heed"));
const rows = Number(process.env.HEED_BENCH_ROWS ?? 100000);
const seconds = Number(process.env.HEED_BENCH_SECONDS ?? 10);
const rate = Number(process.env.HEED_BENCH_RATE ?? 200);
const kept = process.env.HEED_BENCH_DIR;
const dir = kept ?? mkdtempSync(join(tmpdir(), "heed-reading."));
const data = join(dir, "data");

/* Comments of about a hundred characters: what is told, of what, and how. */
const things = ["the support", "the price", "your app", "the delivery", "the set-up", "the invoice", "the staff", "this report", "the garden", "the newsletter", "our contract", "the website"];
const sayings = ["was slow again and nobody could tell us why", "is lovely, thank you", "took three days, which is too long for us", "works as it should", "could be clearer for people who are new here", "is far better than it was last year", "was not what we had ordered", "made our week a little easier"];
const ends = ["We will see how it goes.", "Otherwise fine.", "Please have a look at it.", "My colleagues say the same.", "I would tell a friend about it.", "That is all from me."];
const comment = (n) => {
	const at = (list, k) => list[Math.floor(n / k) % list.length];
	const rare = n % 20 === 7 ? " The zebra crossing was closed." : "";
	return `On visit ${n} ${at(things, 1)} ${at(sayings, 12)}.${rare} ${at(ends, 96)}`;
};

const heed = (...words) => execFileSync(program, [...words, "--data", data], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();

async function fill() {
	const file = join(dir, "answers.csv");
	const out = createWriteStream(file);
	out.write("id,score,comment,date\n");
	for (let n = 0; n < rows; n++) {
		const day = new Date(Date.UTC(2025, 0, 1) + Math.floor((n / rows) * 300) * 86400000).toISOString().slice(0, 10);
		if (!out.write(`${n},${n % 11},"${comment(n)}",${day}\n`)) await new Promise((done) => out.once("drain", done));
	}
	await new Promise((done) => out.end(done));
	heed("init", "--workspace", "bench", "--email", "bench@example.com");
	heed("import", file, "--survey", "bench", "--key", "id");
	writeFileSync(join(dir, "key"), heed("key", "create", "--scope", "admin"));
	rmSync(file);
}
if (!existsSync(join(dir, "key"))) await fill();

const key = readFileSync(join(dir, "key"), "utf8").trim();
const port = 20000 + (process.pid % 20000);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const call = (method, path, body) =>
	new Promise((done, fail) => {
		const began = performance.now();
		const rq = request({ agent, port, method, path, headers: { authorization: `Bearer ${key}`, "content-type": "application/json" } }, (reply) => {
			let text = "";
			reply.setEncoding("utf8").on("data", (part) => (text += part));
			reply.on("end", () => done({ status: reply.statusCode, ms: performance.now() - began, json: text.startsWith("{") ? JSON.parse(text) : null }));
		});
		rq.on("error", fail);
		rq.end(body && JSON.stringify(body));
	});
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const status = async () => (await call("GET", "/api/v1/reading/status")).json;

const server = spawn(program, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--log-level", "error"], { stdio: ["ignore", "ignore", "inherit"] });
/* 100 ticks a second on every Linux that Node runs on. */
const processor = () => {
	const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
	return (Number(fields[11]) + Number(fields[12])) / 100;
};
const memory = () => Math.round(Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024);

/** Answers at the given rate until `goes` says no; how long each took. */
async function ingest(goes) {
	const took = [], waiting = [];
	let failed = 0;
	const began = performance.now();
	for (let n = 0; await goes(performance.now() - began); n++) {
		const due = began + (n + 1) * 20;
		for (let i = 0; i < rate / 50; i++)
			waiting.push(call("POST", "/api/v1/responses", { survey: "bench", score: n % 11, comment: comment(n * 31 + i) }).then((r) => (r.status === 201 ? took.push(r.ms) : failed++)));
		await pause(Math.max(0, due - performance.now()));
	}
	await Promise.all(waiting);
	took.sort((a, b) => a - b);
	const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
	return { n: took.length, failed, seconds: (performance.now() - began) / 1000, median: at(0.5), p95: at(0.95), p99: at(0.99) };
}
const say = (what, r) => console.log(`  ${what}: ${r.n} answers at ${Math.round(r.n / r.seconds)} a second (${r.failed} refused), median ${r.median.toFixed(1)} ms, 95th ${r.p95.toFixed(1)} ms, 99th ${r.p99.toFixed(1)} ms`);

/** Until no pass is under way. */
async function rest(limit = 3600) {
	for (const end = performance.now() + limit * 1000; ; await pause(200)) {
		const now = await status();
		if (now && (now.state === "done" || now.state === "cancelled")) return now;
		if (performance.now() > end) throw new Error(`reading takes longer than ${limit} s`);
	}
}
/** Until it has learnt from the scores, too, and read by that: it is no change of words that is timed then. */
async function settle() {
	await call("POST", "/api/v1/reading/learn");
	while ((await call("GET", "/api/v1/reading/learnt")).json.state !== "rests") await pause(500);
	await pause(2000);
	await rest();
}
const wall = (pass) => (Date.parse(pass.ended_at) - Date.parse(pass.began_at)) / 1000;
const told = (what, pass, cpu) => console.log(`${what}: ${pass.done} answers in ${wall(pass).toFixed(1)} s, ${Math.round(pass.done / wall(pass))} a second, ${cpu.toFixed(1)} s of processor time`);

/** A change of words; the same with answers coming in where `busy`. */
async function change(what, act, busy) {
	const before = processor(), last = (await status()).began_at;
	const reply = await act();
	if (reply.status >= 300) throw new Error(`${what}: ${reply.status}`);
	while ((await status()).began_at === last) await pause(20);
	let meanwhile = null, looked = 0, on = true;
	if (busy)
		meanwhile = await ingest(async (ms) => {
			if (ms - looked > 500) {
				looked = ms;
				on = (await status()).state === "runs";
			}
			return on;
		});
	const pass = await rest();
	told(what, pass, processor() - before);
	return { reply, pass, meanwhile };
}

try {
	for (let tries = 0; tries < 1200; tries++) {
		if ((await call("GET", "/healthz").catch(() => ({}))).status === 200) break;
		await pause(100);
	}
	console.log(`${rows} comments, ${cpus().length} cores, load ${loadavg()[0].toFixed(2)} before`);
	const before = processor();
	told("first reading", await rest(), processor() - before);
	await settle();
	const alone = await ingest(async (ms) => ms < seconds * 1000);
	say("answers alone", alone);
	await change("words that hardly any comment has", () => call("POST", "/api/v1/themes", { name: `Rare ${Date.now()}`, seeds: "en: xylophone" }), false);
	const often = await change("words of one in twenty, answers coming in", () => call("POST", "/api/v1/themes", { name: `Often ${Date.now()}`, seeds: "en: zebra" }), true);
	say("answers meanwhile", often.meanwhile);
	console.log(`  beside answers alone: median ${(often.meanwhile.median / alone.median).toFixed(2)} times, 99th ${(often.meanwhile.p99 / alone.p99).toFixed(2)} times`);
	await change("the same words taken away", () => call("PATCH", `/api/v1/themes/${often.reply.json.id}`, { seeds: "en: xylophones" }), false);
	console.log(`at most ${memory()} MiB, load ${loadavg()[0].toFixed(2)} at the end`);
} finally {
	server.kill("SIGTERM");
	await new Promise((done) => server.once("exit", done));
	agent.destroy();
	if (!kept) rmSync(dir, { recursive: true });
}
