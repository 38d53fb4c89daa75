// tests/http/validate.mjs - holds every reply of the API, and every request it took, against the description in web/api.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	checkReply({ method, path, headers, body }, reply);     throws with operation and place when they disagree
//
// The document lets replies grow; here a member that it does not name is an error, so that it names them all. A path
// that is no part of the API (pages) is not looked at.
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { openapi } from "../../tools/openapi.mjs";

export const document = openapi();

const METHODS = ["get", "put", "post", "patch", "delete"];
const isApi = (path) => /^\/(api\/v|(healthz|readyz|metrics)$)/.test(path);

/** A copy in which dictionaries have the named members only. */
function closed(value) {
	if (Array.isArray(value)) return value.map(closed);
	if (value === null || typeof value !== "object") return value;
	const copy = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
	const isSchema =
		[copy.type].flat().includes("object") && copy.properties && !("type" in copy.properties && !copy.type);
	if (isSchema && !("additionalProperties" in copy)) copy.additionalProperties = false;
	return copy;
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
formats(ajv);
ajv.addVocabulary(Object.keys(document));
ajv.addSchema(closed(document), "heed.json");

/** The validator of the schema at a place in the document. */
export function validator(...place) {
	const pointer = place.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
	const found = ajv.getSchema(`heed.json#${encodeURI(pointer)}`);
	if (!found) throw new Error(`the document has no schema at ${pointer}`);
	return found;
}

/** What stands behind a $ref, and where. */
export function resolve(place) {
	let at = document;
	for (const part of place) at = at?.[part];
	if (!at?.$ref || Object.keys(at).length > 1) return { at, place };
	return resolve(
		at.$ref
			.slice(2)
			.split("/")
			.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")),
	);
}

/** Every operation: { method, path, operation }. */
export function operations() {
	return Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.filter((method) => item[method]).map((method) => ({ method, path, operation: item[method] })),
	);
}

const templates = Object.keys(document.paths)
	.map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`) }))
	.sort((a, b) => a.path.split("{").length - b.path.split("{").length);

function explain(errors) {
	return errors.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`).join("; ");
}

function checkBody(place, reply) {
	const { at, place: where } = resolve(place);
	for (const [name, header] of Object.entries(at.headers ?? {}))
		if (header.required && reply.headers[name.toLowerCase()] === undefined) throw new Error(`lacks the header ${name}`);
	const type = (reply.headers["content-type"] ?? "").split(";")[0];
	if (!at.content) {
		if (reply.text !== "") throw new Error(`has a body where none is described: ${reply.text}`);
		return;
	}
	if (!at.content[type]) throw new Error(`has the type "${type}", not ${Object.keys(at.content)}`);
	const valid = validator(...where, "content", type, "schema");
	if (!valid(/[/+]json$/.test(type) ? JSON.parse(reply.text) : reply.text))
		throw new Error(`${explain(valid.errors)}: ${reply.text.slice(0, 2000)}`);
}

/** What was taken must be what the document says may be sent. */
function checkTaken(operation, place, query, body) {
	const described = resolve([...place, "requestBody"]).at;
	if (described?.content?.["application/json"] && (described.required || body !== undefined)) {
		const valid = validator(...place, "requestBody", "content", "application/json", "schema");
		if (!valid(JSON.parse(body))) throw new Error(`took a body that it should not: ${explain(valid.errors)}: ${body}`);
	}
	const known = (operation.parameters ?? [])
		.map((_, i) => resolve([...place, "parameters", i]))
		.filter((p) => p.at.in === "query");
	for (const [name, text] of new URLSearchParams(query)) {
		const one = known.find((p) => p.at.name === name);
		const any = known.find((p) => p.at.explode);
		const value = ["integer", "number"].includes(one?.at.schema.type) ? Number(text) : text;
		const valid = one ? validator(...one.place, "schema") : any && validator(...any.place, "schema");
		if (!valid) throw new Error(`took a parameter "${name}" that is not described`);
		if (!valid(one ? value : { [name]: text })) throw new Error(`took ${name}=${text}: ${explain(valid.errors)}`);
	}
}

function check(rq, reply) {
	const [path, query] = rq.path.split("?");
	if (!isApi(path)) return;
	const problem = ["components", "responses", "Problem"];
	const template = templates.find((t) => t.pattern.test(path))?.path;
	const asked = rq.method.toLowerCase() === "head" ? "get" : rq.method.toLowerCase();
	const operation = template && document.paths[template][asked];
	if (!operation) {
		if (asked === "options" && reply.status === 204) return;
		if (reply.status < 400) throw new Error(`answers ${reply.status}, but is not described`);
		if (rq.method !== "HEAD") checkBody(problem, reply);
		return;
	}
	const place = ["paths", template, asked];
	const status = reply.status in operation.responses ? String(reply.status) : "default";
	if (status === "default" && reply.status < 400) throw new Error("has a status that is not described");
	if (rq.method !== "HEAD") checkBody([...place, "responses", status], reply);
	if (reply.status < 300) checkTaken(operation, place, query, rq.body);
}

export function checkReply(rq, reply) {
	try {
		check(rq, reply);
	} catch (error) {
		throw new Error(`${rq.method} ${rq.path} answers ${reply.status} against its description: ${error.message}`);
	}
}
