// SPDX-License-Identifier: AGPL-3.0-or-later
// The documentation of the API as one page, from its description: every operation with who may, parameters, body, replies
// and an example for curl. web/docs/examples.json holds what an example says where the schema alone would say little:
// by operationId, a query and a body.
//
//	import { docs, exampleOf } from "./docs.mjs";
import { readFileSync } from "node:fs";

const METHODS = ["get", "put", "post", "patch", "delete"];
const examples = JSON.parse(readFileSync(new URL("../web/docs/examples.json", import.meta.url), "utf8"));

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
/** A description: `code`, and paragraphs. */
const prose = (text) =>
	String(text ?? "")
		.split("\n\n")
		.filter(Boolean)
		.map((part) => `<p>${escape(part).replace(/`([^`]+)`/g, "<code>$1</code>")}</p>`)
		.join("");

function resolve(document, part) {
	return part.$ref
		? part.$ref
				.slice(2)
				.split("/")
				.reduce((at, name) => at[name], document)
		: part;
}

export function operationsOf(document) {
	return Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.filter((method) => item[method]).map((method) => ({ method, path, item, operation: item[method] })),
	);
}

function parametersOf(document, { item, operation }) {
	return [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((part) => resolve(document, part));
}

// Examples

const samples = {
	email: "ann@example.com",
	name: "Ann Example",
	text: "Text",
	comment: "Quick and friendly.",
	score: 9,
	language: "en",
	time_zone: "Europe/Berlin",
	colour: "#1f5fbf",
};

/** Something that the schema takes. */
export function sampleOf(document, schema, name = "", depth = 0) {
	const at = resolve(document, schema);
	if ("example" in at) return at.example;
	if ("default" in at) return at.default;
	if ("const" in at) return at.const;
	if (at.enum) return at.enum[0];
	const choice = (at.oneOf ?? at.anyOf)?.find((one) => one.type !== "null");
	if (choice) return sampleOf(document, choice, name, depth);
	const [type] = [at.type].flat();
	if (type === "object") {
		const members = Object.entries(at.properties ?? {}).filter(([key]) => (at.required ?? []).includes(key));
		return Object.fromEntries(members.map(([key, part]) => [key, sampleOf(document, part, key, depth + 1)]));
	}
	if (type === "array") return depth > 4 || !at.minItems ? [] : [sampleOf(document, at.items ?? {}, name, depth + 1)];
	if (type === "integer" || type === "number") return samples[name] ?? at.minimum ?? 1;
	if (type === "boolean") return true;
	if (type === "string") {
		if (schema.$ref?.endsWith("/Id")) return "2251799813685248";
		if (at.format === "date-time") return "2026-11-26T09:30:00.000Z";
		if (/(\[0-9\]|\\d)\{4\}-/.test(at.pattern ?? "")) return "2026-11-26";
		return samples[name] ?? "text";
	}
	return null;
}

/** What the example of an operation sends: { query, body, type }, or null where no key may do it. */
export function exampleOf(document, op) {
	const { operation } = op;
	const scopes = operation["x-heed-scopes"] ?? [];
	const open = operation.security?.length === 0;
	if (!open && scopes.length === 0) return null;
	const given = examples[operation.operationId] ?? {};
	const content = operation.requestBody ? resolve(document, operation.requestBody).content : null;
	const type = content ? Object.keys(content)[0] : null;
	const needed = parametersOf(document, op).filter((one) => one.in === "query" && one.required);
	const query =
		given.query ??
		new URLSearchParams(needed.map((one) => [one.name, sampleOf(document, one.schema, one.name)])).toString();
	const json = type === "application/json";
	const body = json ? (given.body ?? sampleOf(document, content[type].schema)) : null;
	return { query, body, type, open };
}

/** The example as lines for a shell that knows HEED_URL and HEED_KEY. */
export function curlOf(document, op) {
	const example = exampleOf(document, op);
	if (!example) return null;
	const path = op.path.replace(/\{(\w+)\}/g, (_, name) => `$${name.toUpperCase()}`);
	const lines = [`curl -s "$HEED_URL${path}${example.query ? `?${example.query}` : ""}"`];
	if (op.method !== "get") lines[0] = lines[0].replace("curl -s", `curl -s -X ${op.method.toUpperCase()}`);
	if (!example.open) lines.push(`-H "Authorization: Bearer $HEED_KEY"`);
	if (example.type) lines.push(`-H "Content-Type: ${example.type}"`);
	if (example.body !== null) lines.push(`-d '${JSON.stringify(example.body).replaceAll("'", "'\\''")}'`);
	else if (example.type) lines.push(`--data-binary @${example.type === "text/csv" ? "people.csv" : "file"}`);
	return lines.join(" \\\n  ");
}

// Schemas

const refName = (schema) => schema.$ref?.split("/").at(-1);

function typeText(document, schema) {
	if (schema.$ref) return `<a href="#schema-${refName(schema)}">${refName(schema)}</a>`;
	if ("const" in schema) return `<code>${escape(JSON.stringify(schema.const))}</code>`;
	if (schema.enum) return schema.enum.map((one) => `<code>${escape(JSON.stringify(one))}</code>`).join(" · ");
	const choices = schema.oneOf ?? schema.anyOf;
	if (choices) return choices.map((one) => typeText(document, one)).join(" or ");
	if (schema.allOf) return schema.allOf.map((one) => typeText(document, one)).join(" and ");
	const types = [schema.type].flat().filter(Boolean);
	return types
		.map((type) => (type === "array" && schema.items ? `list of ${typeText(document, schema.items)}` : type))
		.join(" or ");
}

function limits(schema) {
	const parts = [];
	if (schema.minLength !== undefined) parts.push(`at least ${schema.minLength} characters`);
	if (schema.maxLength !== undefined) parts.push(`at most ${schema.maxLength} characters`);
	if (schema.minimum !== undefined) parts.push(`from ${schema.minimum}`);
	if (schema.maximum !== undefined) parts.push(`up to ${schema.maximum}`);
	if (schema.maxItems !== undefined) parts.push(`at most ${schema.maxItems} of them`);
	if (schema.default !== undefined) parts.push(`otherwise ${JSON.stringify(schema.default)}`);
	return parts.length > 0 ? `<span class="limits">${escape(parts.join(", "))}</span>` : "";
}

function members(document, schema) {
	if (schema.$ref) return "";
	const inner = schema.items && !schema.items.$ref ? schema.items : schema;
	if (inner !== schema) return members(document, inner);
	const parts = [...(schema.oneOf ?? schema.anyOf ?? []), ...(schema.allOf ?? [])].filter((one) => one.properties);
	if (parts.length > 0) return parts.map((one) => prose(one.description) + members(document, one)).join("");
	const rows = Object.entries(schema.properties ?? {}).map(([name, part]) => {
		const must = (schema.required ?? []).includes(name) ? "" : ' <span class="may">optional</span>';
		return `<dt><code>${escape(name)}</code> <span class="type">${typeText(document, part)}</span>${must}</dt><dd>${prose(part.description)}${limits(part)}${members(document, part)}</dd>`;
	});
	return rows.length > 0 ? `<dl class="members">${rows.join("")}</dl>` : "";
}

// The page

function who(operation) {
	if (operation.security?.length === 0) return "Everybody, without a key.";
	const roles = operation["x-heed-roles"] ?? [];
	const scopes = operation["x-heed-scopes"] ?? [];
	const parts = [];
	if (scopes.length > 0) parts.push(`keys with the scope ${scopes.join(", ")}`);
	if (roles.length > 0) parts.push(`signed-in ${roles.join(", ")}`);
	return `For ${parts.join("; and for ")}.`;
}

function parameterRows(document, op) {
	const rows = parametersOf(document, op).map(
		(one) =>
			`<dt><code>${escape(one.name)}</code> <span class="type">${typeText(document, one.schema)}</span> <span class="may">${one.in}${one.required ? "" : ", optional"}</span></dt><dd>${prose(one.description)}${limits(one.schema)}</dd>`,
	);
	return rows.length > 0 ? `<h4>Parameters</h4><dl class="members">${rows.join("")}</dl>` : "";
}

function bodyPart(document, operation) {
	if (!operation.requestBody) return "";
	const content = Object.entries(resolve(document, operation.requestBody).content);
	return `<h4>Body</h4>${content
		.map(
			([type, { schema = {} }]) =>
				`<p><code>${escape(type)}</code> ${typeText(document, schema)}</p>${members(document, schema)}`,
		)
		.join("")}`;
}

function replies(document, operation) {
	const rows = Object.entries(operation.responses)
		.filter(([status]) => status !== "default")
		.map(([status, part]) => {
			const reply = resolve(document, part);
			const types = Object.entries(reply.content ?? {})
				.map(([type, { schema = {} }]) =>
					type === "application/problem+json"
						? ""
						: ` <span class="type">${type === "application/json" ? "" : `<code>${escape(type)}</code> `}${typeText(document, schema)}</span>${members(document, schema)}`,
				)
				.join("");
			return `<dt><code>${status}</code> ${escape(reply.description ?? "")}</dt><dd>${types}</dd>`;
		});
	return `<h4>Replies</h4><dl class="members replies">${rows.join("")}</dl>`;
}

function section(document, op) {
	const { operation, method, path } = op;
	const curl = curlOf(document, op);
	const variables = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1].toUpperCase());
	const note = variables.length > 0 ? `<p class="limits">${variables.map((v) => `<code>$${v}</code>`).join(", ")}: an id from a list.</p>` : "";
	return `<article id="${operation.operationId}" data-words="${escape(`${operation.operationId} ${operation.summary} ${path}`.toLowerCase())}">
<h3><a href="#${operation.operationId}">${escape(operation.summary ?? operation.operationId)}</a></h3>
<p class="route"><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code> <span class="may">${operation.operationId}</span></p>
${prose(operation.description)}<p class="who">${escape(who(operation))}</p>
${curl ? `<div class="example"><pre tabindex="0">${escape(curl)}</pre></div>${note}` : ""}
${parameterRows(document, op)}${bodyPart(document, operation)}${replies(document, operation)}
</article>`;
}

const titles = { server: "Server", account: "Accounts", survey: "Surveys", people: "People", feedback: "Answers", insight: "Figures", share: "Sharing" };
const titleOf = (tag) => titles[tag] ?? tag[0].toUpperCase() + tag.slice(1);

/** The page; `css` and `script` are where its files are. */
export function docs(document, { css, script }) {
	const all = operationsOf(document);
	const tags = [...new Set(all.map((op) => op.operation.tags?.[0] ?? "server"))];
	const ofTag = (tag) => all.filter((op) => (op.operation.tags?.[0] ?? "server") === tag);
	const nav = tags.map(
		(tag) =>
			`<h2>${escape(titleOf(tag))}</h2><ul>${ofTag(tag)
				.map(
					({ operation, method }) =>
						`<li><a href="#${operation.operationId}"><b class="${method}">${method.toUpperCase()}</b> ${escape(operation.summary)}</a></li>`,
				)
				.join("")}</ul>`,
	);
	const main = tags.map(
		(tag) =>
			`<section aria-labelledby="tag-${tag}"><h2 id="tag-${tag}">${escape(titleOf(tag))}</h2>${ofTag(tag)
				.map((op) => section(document, op))
				.join("\n")}</section>`,
	);
	const schemas = Object.entries(document.components.schemas).map(
		([name, schema]) =>
			`<article id="schema-${name}" data-words="${name.toLowerCase()}"><h3><a href="#schema-${name}">${name}</a></h3>${prose(schema.description)}<p class="type">${typeText(document, schema)}</p>${limits(schema)}${members(document, schema)}</article>`,
	);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API – Heed</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${css}">
<script src="${script}" defer></script>
</head>
<body>
<header><a href="/">Heed</a> <span>API ${escape(document.info.version)}</span></header>
<nav aria-label="Operations">
<label for="find">Find</label>
<input id="find" type="search" autocomplete="off" spellcheck="false" placeholder="answers, links, nps …" aria-describedby="find-help">
<p id="find-help"><kbd>/</kbd> to search, <kbd>j</kbd> and <kbd>k</kbd> for next and previous</p>
<p id="found" role="status"></p>
${nav.join("\n")}
<h2>Schemas</h2>
<p><a href="#schemas">${schemas.length} schemas</a></p>
</nav>
<main>
<h1>The API of Heed</h1>
<section class="intro">
${prose(document.info.summary)}${prose(document.info.description)}
<p>The examples run in a shell that knows the address of this server and a key. Make a key in the settings, or on the server with <code>heed key create --scope write</code>.</p>
<div class="example"><pre tabindex="0" id="begin">export HEED_URL=https://heed.example.com
export HEED_KEY=hk_…</pre></div>
<p>A refusal is a problem of RFC 9457: <code>detail</code> says what is wrong, <code>errors</code> where. <a href="/api/v1/openapi.json">openapi.json</a> is this document for programs. <a href="/licences">Licences</a> of Heed and of what it holds.</p>
</section>
${main.join("\n")}
<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>
${schemas.join("\n")}
</section>
</main>
</body>
</html>
`;
}
