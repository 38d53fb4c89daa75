// tests/http/conversation.mjs - random calls of the API that depend on their seed and on the replies alone.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
// Ids in calls and replies are the names that the listener gave them ("~id7~"), so that one conversation can be had
// with several servers at once. What is drawn is chosen to tell engines apart: case and accents, Turkish i, NULL and
// absent, numbers and booleans, % and _, days on which clocks change, names that clash, values of the wrong type.

/** mulberry32: small, and the same everywhere. */
function randomOf(seed) {
	let a = seed >>> 0;
	return () => {
		a = (a + 0x6d2b79f5) >>> 0;
		let t = a;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const WORDS = [
	"Acme", "acme", "ACME", "Ünal", "ünal", "ÜNAL", "U\u0308nal", "İzmir", "izmir", "IZMIR", "ızmır", "Straße",
	"STRASSE", "Škoda", "skoda", "naïve", "日本", "日本 ", "مرحبا", "😀", "100%", "100_", "a_b", "a%b", "a\\b",
	"O'Brien", 'say "hi"', "--", ";DROP", "null", "NULL", "0", "-1", "true", "ﬁne", "fine", "Å", "A\u030a",
	"\u00a0x\u00a0", " ", "e\u0301", "é", "Z", "a", "zz", "\ud7ff", "\u{10ffff}", "tab\there", "line\nbreak",
	"$1", "%s", "?",
];
const EMAILS = [
	"ann@example.com", "Ann@Example.COM", " ann@example.com ", "bob+tag@example.com", "bob@example.com",
	"info@example.com", "İstanbul@example.com", "istanbul@example.com", "ıstanbul@example.com",
	"müller@bücher.example", "MÜLLER@BÜCHER.example", "mu\u0308ller@xn--bcher-kva.example", "a_b@example.com",
	"axb@example.com", "a%b@example.com", "no at sign", "@", "x@", "o'brien@example.com", "",
];
const EXTERNAL = ["1", "01", "A", "a", "İ", "i", "%", "_", "x y", "é", "e\u0301", "", "9007199254740993"];
const PHONES = ["+49 30 1234567", "+4930 1234567", "0049301234567", "030 1234567", "+1 (212) 555-0100", "x", ""];
const CHANNELS = ["web", "Web", "WEB", "kiosk", "e_mail", "e%mail", "", "İ", "mail"];
const LANGUAGES = ["en", "EN", "en-GB", "de", "tr", "TR", "pt-BR", "", "zz-İ", "en_US"];
const PROPERTY_NAMES = [
	"plan", "Plan", "PLAN", "größe", "seats", "active", "a.b", "a%b", "a_b", 'q"uote', "back\\slash", "İ", "i",
	"ı", "日",
];
const NUMBERS = [
	0, -0.0, 1, 1.0, -1, 0.1, 0.30000000000000004, 1e-7, 1e21, 1.5, 100, 123456789012, 9007199254740991,
	5e-324, 1.7976931348623157e308,
];
const DAYS = [
	"2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26", "2026-03-08",
	"2026-11-01", "2024-02-29", "2025-02-29", "2025-12-31", "2026-01-01", "2026-04-05", "1970-01-01",
	"9999-12-31", "2026-1-1", "today", "",
];
const HOURS = [
	"00:00:00Z", "00:30:00Z", "01:00:00Z", "01:30:00+01:00", "02:30:00+02:00", "02:30:00", "02:30:00+01:00",
	"23:59:59.999Z", "23:59:59.999999Z", "22:00:00Z", "12:00:00+05:30", "12:00:00-11:00",
];
const ZONES = [
	"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC", "Africa/Casablanca",
	"Europe/berlin", "Nowhere", "Australia/Lord_Howe",
];
const SLUGS = ["nps", "NPS", "after-support", "a", "a-b", "-a", "a_b", "", "x".repeat(64), "x".repeat(65), "izmir"];
const CODES = ["first_contact", "purchase", "onboarding", "support", "Support", "renewal", "step", "", "a_b"];
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000100", "hex");

const definitions = [
	undefined,
	undefined,
	null,
	{},
	{ question: "Would you recommend {brand}?" },
	{ language: "tr", question: "İyi mi?", follow_up: { all: "Neden?" } },
	{ follow_up: { promoters: "Why?", detractors: "Why not?" }, thanks: { all: "Merci %_" } },
	{
		questions: [
			{ key: "ease", kind: "rating", text: "How easy?" },
			{
				key: "why",
				kind: "choice",
				text: "Why?",
				choices: [
					{ key: "a", text: "A" },
					{ key: "b", text: "É" },
				],
			},
		],
	},
	{
		questions: [{ key: "ease", kind: "rating", text: "How easy?", groups: ["promoters"], required: true }],
		properties: ["plan", "İ"],
	},
	{ translations: { "pt-BR": { question: "Recomendaria?" }, de: { question: "Würden Sie?" } } },
	{ translations: { en: { question: "x" } } },
	{ question: "" },
	{ thanks_button: { all: { text: "É", url: "https://example.com/?a=%20&b" } }, translations: { de: { thanks_button: { all: "Ü" } } } },
	{ thanks_button: { promoters: { text: "x", url: "https://g.page/x" } } },
	{ thanks_button: { passives: { text: "x", url: "javascript:x" } } },
	{ questions: "none" },
	{ follow_up: { all: "x", promoters: "y" } },
	[],
	7,
];

export class Conversation {
	constructor(seed) {
		this.random = randomOf(seed);
		this.count = 0;
		this.surveys = [];
		this.slugs = ["nps"];
		this.brands = [];
		this.links = [];
		this.people = [];
		this.responses = [];
		this.keys = [];
		this.cursors = [];
		this.seen = [];
		this.sent = [];
		this.rest = null;
	}

	/* ---- drawing */

	upTo(n) {
		return Math.floor(this.random() * n);
	}
	pick(list) {
		return list[this.upTo(list.length)];
	}
	chance(p) {
		return this.random() < p;
	}
	word() {
		return this.chance(0.7) ? this.pick(WORDS) : `${this.pick(WORDS)} ${this.pick(WORDS)}`;
	}
	/** One of those heard of, now and then something that is none. */
	known(list) {
		if (list.length && this.chance(0.94)) return this.pick(list);
		return this.pick([
			"1",
			"0",
			"-1",
			"abc",
			"99999999999999999999",
			"1.0",
			"%20",
			"~id0~",
			this.pick(this.seen) ?? "7",
		]);
	}
	anything() {
		return this.pick([null, true, false, 0, 1, 11, -1, 9.5, "9", "", [], {}, ["x"], { a: 1 }, this.word(), 1e300]);
	}
	value() {
		return this.pick([() => this.word(), () => this.pick(NUMBERS), () => this.chance(0.5), () => null])();
	}
	properties() {
		const all = {};
		for (let i = this.upTo(5); i > 0; i--) all[this.pick(PROPERTY_NAMES)] = this.value();
		return all;
	}
	person() {
		const p = {};
		if (this.chance(0.45)) p.email = this.pick(EMAILS);
		if (this.chance(0.45)) p.external_id = this.pick(EXTERNAL);
		if (this.chance(0.1)) p.phone = this.pick(PHONES);
		if (this.chance(0.4)) p.name = this.chance(0.1) ? null : this.word();
		if (this.chance(0.3)) p.account = this.pick(EXTERNAL);
		if (this.chance(0.2)) p.traits = this.properties();
		return p;
	}
	instant() {
		return this.chance(0.95)
			? `${this.pick(DAYS.slice(0, this.chance(0.9) ? 9 : DAYS.length))}T${this.pick(HOURS)}`
			: this.pick(["2026-05-05 10:00", "9999-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "soon", "", "2026-05-05"]);
	}
	/** Members that are there, absent, null, of a wrong type or too many. */
	members(all, given = 0.5) {
		const body = {};
		for (const [name, draw] of Object.entries(all)) {
			const must = name.endsWith("!");
			if (!must && !this.chance(given)) continue;
			const value = this.chance(0.015) ? this.anything() : this.chance(0.04) ? null : draw();
			if (value !== undefined) body[must ? name.slice(0, -1) : name] = value;
		}
		if (this.chance(0.02)) body[this.pick(["Score", "id", "workspace_id", "x"])] = this.anything();
		return body;
	}
	text(body) {
		if (this.chance(0.01))
			return this.pick([
				"",
				"{",
				"[]",
				"null",
				"7",
				'{"a":1,"a":2}',
				'{"name":"\\u0000"}',
				'{"name":"\\ud800"}',
				'"x"',
			]);
		const text = JSON.stringify(body);
		return this.chance(0.05) ? text.replace(/("[^"]*":-?\d+)(?=[,}])/g, "$1.0").replaceAll(":0.0", ":-0.0") : text;
	}
	query(all, given = 0.25) {
		const query = new URLSearchParams();
		for (const [name, draw] of Object.entries(all)) if (this.chance(given)) query.append(name, draw());
		for (let i = this.chance(0.25) ? 1 + this.upTo(2) : 0; i > 0; i--)
			query.append(
				`property.${this.pick(PROPERTY_NAMES)}`,
				this.pick([this.word(), String(this.pick(NUMBERS)), "true", "false", ""]),
			);
		if (this.chance(0.02)) query.append(this.pick(["Kind", "offset", "q", "workspace_id"]), this.word());
		const text = query.toString().replaceAll("%7E", "~");
		return text ? `?${text}` : "";
	}
	filters() {
		return {
			kind: () => this.pick(["relationship", "transactional", "Relationship"]),
			survey: () => this.pick(this.slugs),
			brand: () => (this.chance(0.5) ? this.known(this.brands) : this.word()),
			touchpoint: () => this.pick(CODES),
			channel: () => this.pick(CHANNELS),
			language: () => this.pick(LANGUAGES),
			from: () => this.pick(DAYS),
			to: () => this.pick(DAYS),
		};
	}

	/* ---- calls */

	get(path) {
		return { method: "GET", path: `/api/v1/${path}` };
	}
	send(method, path, body, more) {
		return { method, path: `/api/v1/${path}`, body: body === undefined ? undefined : this.text(body), ...more };
	}
	survey() {
		return (
			encodeURIComponent(this.chance(0.5) ? this.known(this.surveys) : this.pick([...this.slugs, ...SLUGS])).replaceAll(
				"%7E",
				"~",
			) || "x"
		);
	}
	surveyMembers() {
		return {
			brand: () => (this.chance(0.3) ? undefined : this.word()),
			brand_id: () => (this.chance(0.4) ? this.known(this.brands) : undefined),
			kind: () => this.pick(["relationship", "transactional", "transactional", "Transactional"]),
			touchpoint: () => this.pick(CODES),
			definition: () => this.pick(definitions),
		};
	}
	again() {
		return this.chance(0.15)
			? { headers: { "Idempotency-Key": this.pick(["k1", "K1", "a b", ...Array(30).fill(`n${this.upTo(1000)}`)]) } }
			: {};
	}
	saveDraft() {
		const body = this.members({
			"revision!": () => this.upTo(3),
			"definition!": () => this.pick(definitions) ?? {},
			opens_at: () => this.instant(),
			closes_at: () => this.pick([...Array(9).fill("2099-01-01T00:00:00Z"), "2020-01-01T00:00:00Z"]),
			max_answers: () => this.pick([1000, 10_000, 100_000, 5, 0, 1e9]),
		}, 0.2);
		return this.send("PUT", `surveys/${this.survey()}/draft`, body);
	}
	shelve() {
		const survey = this.surveys.length > 1 && this.chance(0.9) ? this.pick(this.surveys.slice(1)) : this.survey();
		if (this.chance(0.3)) return this.send("DELETE", `surveys/${survey}`);
		return this.send("POST", `surveys/${survey}/${this.pick(["archive", "unarchive", "restore"])}`);
	}
	preview() {
		const body = this.members({
			"definition!": () => this.pick(definitions) ?? {},
			"step!": () => this.pick(["ask", "follow_up", "thanks", "end"]),
			"nonce!": () => "nonce",
			language: () => this.pick(LANGUAGES),
			group: () => this.pick(["promoters", "passives", "detractors", "all"]),
		});
		return this.send("POST", `surveys/${this.survey()}/preview`, body);
	}
	trendNote() {
		const query = { survey: () => this.pick(this.slugs), since: () => this.instant(), until: () => this.instant() };
		const list = new URLSearchParams(Object.entries(query).flatMap(([name, draw]) => (this.chance(0.3) ? [[name, draw()]] : [])));
		if (this.chance(0.4)) return this.get(`trend-notes?${list}`);
		const body = this.members({ "text!": () => this.word(), at: () => this.instant(), survey_id: () => this.known(this.surveys) });
		return this.send("POST", "trend-notes", body);
	}
	answer() {
		const body = this.members(
			{
				"survey!": () => (this.chance(0.6) ? "nps" : this.chance(0.97) ? this.pick(this.slugs) : this.word()),
				score: () => (this.chance(0.97) ? this.upTo(11) : this.pick([11, -1, 9.5, 9.0, "9"])),
				comment: () => this.word(),
				"person!": () => (this.chance(0.7) ? this.person() : undefined),
				properties: () => this.properties(),
				answers: () =>
					this.pick([{}, { ease: 3 }, { why: "a" }, { ease: 6 }, { nobody: 1 }, { ease: 5, why: "b" }, { ease: null }]),
				channel: () => this.pick(CHANNELS),
				language: () => this.pick(LANGUAGES),
				submitted_at: () => this.instant(),
				test: () => this.chance(0.3),
			},
			0.45,
		);
		if (this.chance(0.8)) body.score ??= this.upTo(11);
		if (this.chance(0.85)) delete body.answers;
		if (this.chance(0.7)) delete body.test;
		return this.send("POST", "responses", body, this.again());
	}
	makeSurvey() {
		const body = this.members(
			{
				"name!": () => this.word(),
				slug: () => this.pick(SLUGS),
				state: () => this.pick(["live", "live", "live", "draft", "closed"]),
				...this.surveyMembers(),
			},
			0.3,
		);
		if (body.kind !== "transactional" && this.chance(0.8)) delete body.touchpoint;
		if (body.kind === "transactional" && this.chance(0.8)) body.touchpoint ??= "support";
		return this.send("POST", "surveys", body);
	}
	list() {
		const more = {
			limit: () => this.pick(["1", "2", "3", "7", "200", "0", "201", "x"]),
			cursor: () => (this.cursors.length ? this.pick(this.cursors) : "1.1"),
			state: () => this.pick(["partial", "complete", "dismissed", "excluded", "test", "deleted", "Partial"]),
			group: () => this.pick(["promoters", "passives", "detractors", "all"]),
			has_comment: () => this.pick(["true", "false", "1"]),
			counted: () => this.pick(["true", "false"]),
			score: () => this.pick(["9", "0-6", "10", "11"]),
			q: () => this.pick(["a", "ist", "straße", "%", ""]),
			source: () => this.pick(["api", "page", "nobody"]),
			starred: () => this.pick(["true", "false"]),
		};
		return this.get(`responses${this.query({ ...this.filters(), ...more }, 0.17)}`);
	}
	nps() {
		const more = {
			compare: () => this.pick(["previous", "year", "month"]),
			has_comment: () => this.pick(["true", "false"]),
			q: () => this.pick(["a", "e"]),
			series: () => this.pick(["day", "week", "month", "quarter", "year"]),
			by: () =>
				this.pick(["survey", "channel", "language", ...PROPERTY_NAMES.map((name) => `property.${name}`), "brand"]),
		};
		return this.get(`insights/nps${this.query({ ...this.filters(), ...more }, 0.2)}`);
	}
	correct() {
		const body = this.chance(0.5)
			? this.members(
					{ "state!": () => this.pick(["excluded", "included", "test", "deleted", "restored", "complete"]), reason: () => this.word() },
					0.8,
				)
			: this.members(
					{ score: () => this.upTo(11), comment: () => this.word(), answers: () => ({ ease: 1 + this.upTo(5) }) },
					0.4,
				);
		return this.send("PATCH", `responses/${this.known(this.responses)}`, body);
	}
	act() {
		const ids = () => Array.from({ length: 1 + this.upTo(3) }, () => this.known(this.responses));
		const filter = () => this.query({ ...this.filters(), starred: () => "true" }, 0.2).slice(1);
		return this.send("POST", "responses/actions", {
			...this.members(
				{
					"action!": () =>
						this.pick(["exclude", "include", "test", "delete", "restore", "purge", "tag", "untag", "star", "unstar", "x"]),
					reason: () => this.word(),
					tag: () => this.word(),
					from: () => this.pick(["excluded", "deleted"]),
					limit: () => 1 + this.upTo(20),
				},
				0.3,
			),
			...(this.chance(0.7) ? { ids: ids() } : { filter: filter() }),
		});
	}
	journey() {
		const steps = [...new Set(CODES.filter((code) => this.chance(0.9)))].map((code) => ({ code, name: this.word() }));
		return this.send("PUT", "touchpoints", {
			touchpoints: this.chance(0.9) ? steps.filter((s) => /^[a-z_]+$/.test(s.code)) : steps,
		});
	}
	workspace() {
		return this.send(
			"PATCH",
			"workspace",
			this.members({
				name: () => this.word(),
				time_zone: () => this.pick(ZONES),
				week_start: () => this.upTo(8),
				settings: () =>
					this.members({
						edit_days: () => this.upTo(60),
						count_only_after_tap: () => this.chance(0.5),
						frame_ancestors: () => this.pick([[], ["https://a.example"], ["x"]]),
					}),
			}),
		);
	}
	draw() {
		const calls = [
			[50, () => this.answer()],
			[4, () => this.makeSurvey()],
			[
				4,
				() =>
					this.send(
						"PATCH",
						`surveys/${this.survey()}`,
						this.members({ name: () => this.word(), ...this.surveyMembers() }, 0.25),
					),
			],
			[4, () => this.get(`surveys/${this.survey()}`)],
			[2, () => this.get(`surveys/${this.survey()}/versions/${this.pick([1, 2, 3, 0, "x", -1])}`)],
			[
				4,
				() =>
					this.send("POST", `surveys/${this.survey()}/${this.pick([...Array(8).fill("publish"), "pause", "resume", "close"])}`),
			],
			[1, () => this.send("POST", "surveys/nps/publish")],
			[5, () => (this.sent.length ? this.pick(this.sent) : this.get("me"))],
			[1, () => this.get(`surveys${this.pick(["", "?view=active", "?view=archive", "?view=bin", "?view=x"])}`)],
			[5, () => this.saveDraft()],
			[2, () => this.get(`surveys/${this.survey()}/${this.pick(["draft", "draft", "drafts", "test-answers"])}`)],
			[1, () => this.shelve()],
			[3, () => this.send("POST", `surveys/nps/${this.pick(["restore", "unarchive"])}`)],
			[1, () => this.send("POST", `surveys/${this.survey()}/duplicate`, this.members({ name: () => this.word() }))],
			[1, () => this.send("DELETE", `surveys/${this.survey()}/test-answers`)],
			[2, () => this.preview()],
			[2, () => this.trendNote()],
			[
				3,
				() =>
					this.send(
						"POST",
						"brands",
						this.members({ "name!": () => this.word(), colour: () => this.pick(["#abc", "#A1B2C3", "red", ""]) }),
					),
			],
			[
				3,
				() =>
					this.send(
						"PATCH",
						`brands/${this.known(this.brands)}`,
						this.members({ name: () => this.word(), colour: () => this.pick(["#abc", "#000000", "x"]) }),
					),
			],
			[2, () => this.get(`brands/${this.known(this.brands)}`)],
			[1, () => this.get("brands")],
			[
				1,
				() => ({
					method: "PUT",
					path: `/api/v1/brands/${this.known(this.brands)}/logo`,
					body: this.chance(0.8) ? PNG : Buffer.from("<svg/>"),
				}),
			],
			[1, () => this.send("DELETE", `brands/${this.known(this.brands)}/logo`)],
			[1, () => this.get("touchpoints")],
			[1, () => this.journey()],
			[
				4,
				() =>
					this.send(
						"POST",
						"links",
						this.members({
							"survey!": () => this.pick(this.slugs),
							person: () => this.person(),
							properties: () => this.properties(),
							channel: () => this.pick(CHANNELS),
							expires_in_days: () => this.pick([1, 90, 0, 3651]),
						}),
						this.again(),
					),
			],
			[2, () => this.get(`links/${this.known(this.links)}`)],
			[1, () => this.send("DELETE", `links/${this.known(this.links)}`)],
			[5, () => this.get(`people/${this.known(this.people)}`)],
			[12, () => this.list()],
			[5, () => this.get(`responses/${this.known(this.responses)}`)],
			[6, () => this.correct()],
			[6, () => this.act()],
			[2, () => this.send("POST", `responses/${this.known(this.responses)}/notes`, { text: this.word() })],
			[1, () => this.get("tags")],
			[10, () => this.nps()],
			[
				1,
				() =>
					this.get(
						`responses/export${this.query({ format: () => this.pick(["csv", "jsonl", "xml"]), survey: () => this.pick(this.slugs), for_spreadsheet: () => this.pick(["0", "1", "yes"]) }, 0.5).replace(/&?property[^&]*/g, "")}`,
					),
			],
			[2, () => this.workspace()],
			[1, () => this.get(this.pick(["workspace", "members", "me", "keys", "audit"]))],
			[
				1,
				() =>
					this.send(
						"POST",
						"keys",
						this.members({
							"name!": () => this.word(),
							"scope!": () => this.pick(["read", "write", "track", "Admin"]),
						}),
					),
			],
			[1, () => this.send("DELETE", `keys/${this.known(this.keys)}`)],
			[
				1,
				() => ({
					method: this.pick(["GET", "POST", "PUT", "DELETE", "PATCH"]),
					path: `/api/v1/${this.pick(["surveys", "responses", "nothing", "brands/1/2", "insights", "people", "links", "touchpoints/"])}`,
				}),
			],
		];
		let at = this.upTo(calls.reduce((sum, [weight]) => sum + weight, 0));
		return calls.find(([weight]) => (at -= weight) < 0)[1]();
	}

	next() {
		this.count++;
		if (this.rest) return this.rest.shift();
		if (this.count === 1) return this.send("POST", "surveys", { name: "NPS", slug: "nps", state: "live" });
		const call = this.draw();
		if (call.headers || (call.method === "POST" && this.chance(0.02))) this.sent.push(call);
		return call;
	}

	/** A file of answers: quoted cells, names that differ in case alone, rows that are there twice. */
	file(rows) {
		const cell = (text) => `"${String(text).replaceAll('"', '""')}"`;
		const lines = ["score,comment,email,name,date,plan,größe"];
		for (let i = 0; i < rows; i++) {
			if (i > 0 && this.chance(0.1)) {
				lines.push(lines.at(-1));
				continue;
			}
			const score = this.chance(0.9) ? this.upTo(11) : this.pick(["", "11", "9/10", "9.0", "n/a"]);
			lines.push(
				[
					score,
					this.word(),
					this.pick(EMAILS),
					this.word(),
					this.pick(DAYS.slice(0, 9)),
					this.word(),
					this.pick(NUMBERS),
				]
					.map(cell)
					.join(),
			);
		}
		return `${lines.join("\n")}\n`;
	}

	/** From now on no more drawing: what is there is read in full. */
	end() {
		this.rest = [
			"surveys",
			"brands",
			"touchpoints",
			"keys",
			"audit",
			"workspace",
			"responses/export?format=csv",
			"responses/export?format=jsonl",
			"responses?limit=200",
			"insights/nps?series=day&from=2026-03-20&to=2026-04-10",
			"insights/nps?series=month&by=survey",
			"insights/nps?from=2026-03-20&to=2026-04-10&compare=previous",
			"insights/nps?from=2026-03-01&to=2026-03-31&compare=year&has_comment=true",
			"responses/facets",
			"responses?q=e&score=0-6&state=complete&state=partial&limit=200",
			"teams",
		].map((path) => this.get(path));
		for (const name of PROPERTY_NAMES) this.rest.push(this.get(`insights/nps?by=property.${encodeURIComponent(name)}`));
		for (const [list, path] of [
			[this.people, "people"],
			[this.responses, "responses"],
			[this.links, "links"],
		])
			for (const id of list.slice(-100)) this.rest.push(this.get(`${path}/${id}`));
	}
	isOver() {
		return this.rest?.length === 0;
	}

	/* ---- hearing */

	learn(list, value) {
		if (value && !list.includes(value)) list.push(value);
	}
	hear({ method, path }, { status, text }) {
		if (status >= 300 || !text.startsWith("{")) return;
		let json;
		try {
			json = JSON.parse(text);
		} catch {
			return; // lines, not one value
		}
		const kind = path.split("/")[3]?.split("?")[0];
		const lists = {
			surveys: this.surveys,
			brands: this.brands,
			links: this.links,
			responses: this.responses,
			people: this.people,
			keys: this.keys,
		};
		if (method === "POST" && lists[kind]) this.learn(lists[kind], json.id);
		if (kind === "surveys" && json.slug) this.learn(this.slugs, json.slug);
		this.learn(this.people, json.person_id);
		if (json.next_cursor) this.learn(this.cursors, json.next_cursor);
		if (json.id) this.learn(this.seen, json.id);
	}
}
