// One conversation, two engines: random API calls, the same for SQLite and for PostgreSQL, must get the same replies
// byte for byte, ids and times apart.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	CALLS=5000 SEED=7 HEED_TEST_POSTGRES=CONNINFO node --test tests/http/conformance.test.mjs
//
// A failure names the seed, the number of the call, the call and both replies.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Conversation } from "./conversation.mjs";
import { onPostgres, start } from "./harness.mjs";

const CALLS = Number(process.env.CALLS ?? 600);
const SEED = Number(process.env.SEED ?? 1);
const DIFFERENCES_SHOWN = 5;
const PATIENCE = 500; // tenths of a second
const began = Date.now();

/** One engine's ids, cursors and secrets, each known by the number of its first appearance. */
class Side {
	constructor(heed) {
		this.heed = heed;
		this.known = new Map();
		this.raw = [];
	}

	rename(kind, raw) {
		const key = `${kind} ${raw}`;
		if (!this.known.has(key)) {
			this.known.set(key, `~${kind}${this.raw.length}~`);
			this.raw.push(raw);
		}
		return this.known.get(key);
	}

	/** Times of now differ; times that were sent do not. */
	time(text) {
		const at = Date.parse(text.replace(/(\.\d{3})\d+/, "$1"));
		return at > began - 60_000 && at < Date.now() + 60_000 ? "~now~" : text;
	}

	cursor(raw) {
		const [us, id] = raw.split(".");
		const place = Number(us) / 1000 > began - 60_000 ? "now" : us;
		return `${this.rename("cursor", raw)}${place}/${this.rename("id", id)}`;
	}

	normal(text) {
		return text
			.replaceAll(this.heed.url, "~url~")
			.replace(/"request_id":"[^"]*"/g, '"request_id":"~"')
			.replace(/hk_[\w-]{38}/g, (key) => this.rename("key", key))
			.replace(/("token":"|\/r\/)([\w-]{51})(?=")/g, (_, before, token) => before + this.rename("token", token))
			.replace(/"next_cursor":"([^"]+)"/g, (_, raw) => `"next_cursor":"${this.cursor(raw)}"`)
			.replace(/"query_us":\d+/g, '"query_us":0')
			/* What is shown is learnt from the scores there were when it was learnt. */
			.replace(/"sentiment":\{[^}]*\}/g, '"sentiment":"~learnt~"')
			.replace(/"expires_at":"[^"]*"/g, '"expires_at":"~later~"')
			.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z/g, (time) => this.time(time))
			.replace(/\?v=\d{16}\b/g, "?v=~now~")
			.replace(/(?<![\d.])\d{17,19}(?![\d.])/g, (id) => this.rename("id", id));
	}

	/** The call with this engine's own ids in it. */
	own(text) {
		return text.replace(
			/~(?:id|cursor|key|token)(\d+)~(?:now\/~id\d+~|\d+\/~id\d+~)?/g,
			(_, n) => this.raw[Number(n)] ?? "1",
		);
	}

	async ask({ method, path, body, headers, withKey }) {
		const sent = body === undefined ? undefined : Buffer.isBuffer(body) ? body : this.own(body);
		const options = { headers: { ...headers } };
		if (typeof sent === "string") options.headers["Content-Type"] = "application/json";
		if (withKey) options.key = this.own(withKey);
		const r = await this.heed.ask(method, this.own(path), sent, options);
		const head = [r.status, r.headers["content-type"], r.headers["retry-after"], r.headers.allow].join(" ");
		return { status: r.status, told: `${head}\n${this.normal(r.text)}`, text: this.normal(r.text) };
	}
}

/** The command line's part, beside the servers. */
function run(sides, ...args) {
	const ends = sides.map((side) => side.heed.command("import", ...args.map((arg) => arg(side))));
	assert.deepEqual(
		ends.map((end) => end.status),
		[0, 0],
		ends.map((end) => end.stderr).join("\n"),
	);
	return ends.map((end) => /\b\d{17,19}\b/.exec(end.stdout)?.[0]);
}

function bring(sides, file) {
	for (const { heed } of sides) writeFileSync(join(heed.dir, "answers.csv"), file);
	return run(
		sides,
		({ heed }) => join(heed.dir, "answers.csv"),
		() => "--survey",
		() => "nps",
	);
}

async function talk(sides, conversation, differences) {
	const call = conversation.next();
	const both = () => Promise.all(sides.map((side) => side.ask(call)));
	let [a, b] = await both();
	/* Comments are read behind the answers, on each engine in its own time. */
	for (let again = 0; call.method === "GET" && a.told !== b.told && again < PATIENCE; again++) {
		await setTimeout(100);
		[a, b] = await both();
	}
	conversation.hear(call, a);
	if (a.told !== b.told) differences.push({ call: conversation.count, ...call, sqlite: a.told, postgres: b.told });
	return a.status;
}

test("both engines say the same", { skip: !onPostgres && "HEED_TEST_POSTGRES is not set" }, async (t) => {
	const sides = [];
	for (const engine of ["sqlite", "postgres"]) sides.push(new Side(await start(t, { engine })));
	const conversation = new Conversation(SEED);
	const differences = [];
	const statuses = {};
	await talk(sides, conversation, differences);
	bring(sides, conversation.file(200));
	const taken = bring(sides, conversation.file(100));
	for (let i = 1; i < CALLS && differences.length < DIFFERENCES_SHOWN; i++) {
		const status = await talk(sides, conversation, differences);
		statuses[status] = (statuses[status] ?? 0) + 1;
	}
	run(
		sides,
		() => "--undo",
		(side) => taken[sides.indexOf(side)],
	);
	conversation.end();
	while (!conversation.isOver() && differences.length < DIFFERENCES_SHOWN) await talk(sides, conversation, differences);
	t.diagnostic(`seed ${SEED}, ${conversation.count} calls, by status ${JSON.stringify(statuses)}`);
	assert.deepEqual(differences, [], `seed ${SEED}`);
	assert.equal(statuses[500], undefined);
	assert.ok(
		statuses[200] > CALLS / 10 && statuses[201] > CALLS / 10 && statuses[422] > CALLS / 50,
		"the calls are too tame or too wild",
	);
});
