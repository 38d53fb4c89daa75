// What stands out: the same list for the same answers, of each one's own scope, and nothing where nothing differs.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

const DAY = 86_400_000;
let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

const dayOf = (back) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);

const ask = (options) => made(heed.get("/api/v1/insights/findings", options));

function random(seed) {
	let state = seed;
	const draw = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
	for (let i = 0; i < 50; i++) draw();
	return { draw, pick: (all) => all[Math.floor(draw() * all.length)] };
}

/** 180 days of ten answers; `row` says score, channel, plan and city. */
async function load(slug, seed, row) {
	const dice = random(seed);
	const rows = [];
	for (let back = 179; back >= 0; back--)
		for (let i = 0; i < 10; i++) {
			const { score, channel, plan, city } = row(dice, back);
			rows.push([score, `${dayOf(back)}T00:00:01Z`, channel, plan, city, `${slug}${rows.length}@example.com`].join(","));
		}
	await made(heed.post("/api/v1/surveys", { slug, name: slug, state: "live" }));
	const file = join(heed.dir, `${slug}.csv`);
	writeFileSync(file, `score,date,channel,plan,city,contact_email\n${rows.join("\n")}\n`);
	heed.mustRun("import", file, "--survey", slug);
}

const plain = ({ draw, pick }) => ({
	score: draw() < 0.55 ? 10 : draw() < 0.5 ? 8 : 3,
	channel: pick(["email", "web"]),
	plan: pick(["free", "pro", "team"]),
	city: pick(["Berlin", "Porto", "Lyon", "Turin"]),
});

const byOf = (one) => one.by.map((by) => `${by.attribute}=${by.value}`).join(" & ");

test("answers that differ by chance alone make an empty list, which says how much was tried", async () => {
	await load("plain", 5, plain);
	const found = await ask();
	assert.deepEqual(found.findings, []);
	assert.ok(found.tried > 20, `${found.tried}`);
	assert.equal(found.responses, 900);
	const { brand_id } = await made(heed.get("/api/v1/surveys/plain"));
	const [part, ...others] = found.parts;
	assert.deepEqual([others, part.kind, part.brand.id, part.touchpoint], [[], "relationship", brand_id, null]);
	const { responses, people, clusters, effective_n, deff } = part.figure;
	assert.deepEqual([responses, people, clusters, effective_n, deff], [900, 900, 900, 900, 1], "everybody answered once");
	assert.deepEqual(Object.values(part.left_out), [0, 0, 0, 0, 0, 0]);
	assert.ok(found.query_us > 0 && found.as_of && found.time_zone);
	assert.equal((await made(heed.get(part.figure.answers_path.replace("/responses?", "/responses/count?")))).count, 900);
	assert.deepEqual([found.period, found.before], [{ from: dayOf(89), to: dayOf(0) }, { from: dayOf(179), to: dayOf(90) }]);
});

test("a segment unlike the rest, a share and a channel that moved are told, with ranges and the way to the answers", async () => {
	await load("moved", 6, (dice, back) => {
		const one = plain(dice);
		if (one.city === "Porto") one.score = dice.draw() < 0.2 ? 10 : dice.draw() < 0.3 ? 8 : 3;
		one.channel = dice.draw() < (back < 90 ? 0.75 : 0.3) ? "sms" : "web";
		if (back < 90 && dice.draw() < 0.5) one.plan = "team";
		return one;
	});
	// A survey of the same kind and brand is the same score: leave the first one out of it.
	await made(heed.post("/api/v1/surveys/plain/archive"));
	const owner = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	await made(heed.post("/api/v1/teams", { name: "Moved", scope: { surveys: ["moved"] } }));
	const moved = await heed.member("moved@example.com", "analyst", "Moved");
	const { findings, responses, tried } = await ask(moved);
	assert.equal(responses, 900);
	assert.ok(findings.length >= 3 && findings.length <= 10 && findings.length < tried / 5, `${findings.length}`);
	assert.deepEqual(findings.map((f) => f.by.some((by) => by.attribute === "property.contact_email")).filter(Boolean), []);

	const porto = findings.find((f) => f.kind === "segment");
	assert.equal(byOf(porto), "property.city=Porto");
	assert.equal(porto, findings[0], "what means most for the whole comes first");
	assert.ok(Math.abs(porto.figure.nps - porto.rest.nps - porto.change) < 1e-9);
	assert.ok(porto.interval[0] < porto.change && porto.change < porto.interval[1] && porto.interval[1] < 0);
	assert.equal(porto.figure.responses + porto.rest.responses, 900);
	const list = await made(heed.get(`${porto.figure.answers_path}&limit=200`, moved));
	assert.ok(list.responses.length > 30);
	for (const one of list.responses) assert.equal(one.properties.city, "Porto");

	const cities = findings.filter((f) => f.kind === "segment" && byOf(f).startsWith("property.city="));
	assert.deepEqual(cities.map(byOf), ["property.city=Porto"], "not the others, which are above it alone");
	assert.equal(findings.filter((f) => f.kind === "channels").length, 1, "one move is told once");

	const channel = findings.find((f) => f.kind === "channels");
	assert.ok(["channel=sms", "channel=web"].includes(byOf(channel)));
	assert.ok(Math.abs(Math.abs(channel.change) - 45) < 10, `${channel.change}`);
	assert.deepEqual([channel.shares.now.of, channel.shares.before.of, channel.rest], [900, 900, null]);
	assert.equal(byOf(findings.find((f) => f.kind === "share" && f.change > 0)), "property.plan=team");
});

test("a pair that says no more than one of its values is not told beside it", async () => {
	const analyst = { cookie: await heed.signIn("moved@example.com"), headers: { "X-Heed": "1", Origin: heed.url } };
	const { findings } = await ask(analyst);
	assert.deepEqual(findings.filter((f) => f.by.length === 2 && byOf(f).includes("Porto")).map(byOf), []);
});

test("each team's list is of its own answers, though another team asked the moment before", async () => {
	await made(heed.post("/api/v1/teams", { name: "Plain", scope: { surveys: ["plain"] } }));
	const moved = { cookie: await heed.signIn("moved@example.com") };
	const other = await heed.member("plain@example.com", "analyst", "Plain");
	assert.ok((await ask(moved)).findings.length >= 3);
	assert.deepEqual((await ask(other)).findings, []);
	assert.ok((await ask(moved)).findings.length >= 3);
});

/** The list of a team that sees one survey. */
async function foundBy(survey) {
	const owner = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	await made(heed.ask("POST", "/api/v1/teams", { name: survey, scope: { surveys: [survey] } }, owner));
	return (await ask(await heed.member(`${survey}@example.com`, "analyst", survey))).findings;
}

test("a score that changed is told of the segment that changed alone, and not where all changed alike", async () => {
	const bad = ({ draw }) => (draw() < 0.15 ? 10 : draw() < 0.3 ? 8 : 3);
	await load("turned", 7, (dice, back) => {
		const one = plain(dice);
		return one.city === "Porto" && back < 90 ? { ...one, score: bad(dice) } : one;
	});
	await load("sank", 8, (dice, back) => (back < 90 ? { ...plain(dice), score: bad(dice) } : plain(dice)));
	const changes = (await foundBy("turned")).filter((f) => f.kind === "change");
	assert.deepEqual(changes.map(byOf), ["property.city=Porto"]);
	const [porto] = changes;
	assert.ok(Math.abs(porto.figure.nps - porto.before.nps - porto.change) < 1e-9, JSON.stringify(porto));
	assert.ok(porto.interval[0] < porto.change && porto.change < porto.interval[1] && porto.interval[1] < -30);
	assert.ok(Math.abs(porto.others_changed) < 12, `${porto.others_changed}`);
	assert.deepEqual([porto.rest, porto.shares], [null, null]);
	assert.deepEqual((await foundBy("sank")).filter((f) => f.kind === "change"), []);
});

test("a list that was made is kept for the day, and what is no question is refused", async () => {
	const first = await ask();
	assert.equal((await ask()).made_at, first.made_at);
	await made(heed.post("/api/v1/responses", { survey: "moved", score: 9 }));
	assert.equal((await ask()).made_at, first.made_at, "not anew with each answer");
	for (const query of ["channel=web", "from=2026-01-01", "by=channel"])
		assert.equal((await heed.get(`/api/v1/insights/findings?${query}`)).status, 422, query);
});

