// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the dashboard's typed client from the API's description: a type for each schema, a function for each operation.
//
//	import { client } from "./client.mjs";      client(openapi()) is the text of web/dashboard/generated/client.ts
//
// A function takes one object: the path's and the query's parameters by their names, and `body`. Absent query parameters
// are left out, lists are repeated, dictionaries (property.NAME) give their members.

const names = (schema) => [schema.type].flat().filter(Boolean);
const quoted = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const union = (parts) => [...new Set(parts)].join(" | ") || "never";
const lines = (text, indent) => (text ? `${indent}/** ${text.replaceAll("*/", "* /")} */\n` : "");

function dictionary(schema, indent) {
	const inner = `${indent}\t`;
	const required = new Set(schema.required ?? []);
	const members = Object.entries(schema.properties ?? {}).map(
		([name, part]) =>
			`${lines(part.description, inner)}${inner}${quoted(name)}${required.has(name) ? "" : "?"}: ${typeOf(part, inner)};\n`,
	);
	const more = [schema.additionalProperties, ...Object.values(schema.patternProperties ?? {})].filter(
		(s) => s && typeof s === "object",
	);
	if (members.length === 0)
		return more.length ? `Record<string, ${union(more.map((s) => typeOf(s, indent)))}>` : "Record<string, unknown>";
	return `{\n${members.join("")}${indent}}`;
}

function plain(name, schema, indent) {
	switch (name) {
		case "object":
			return dictionary(schema, indent);
		case "array": {
			if (schema.minItems === schema.maxItems && schema.minItems <= 3 && schema.minItems > 0)
				return `[${Array(schema.minItems).fill(typeOf(schema.items, indent)).join(", ")}]`;
			const item = typeOf(schema.items ?? {}, indent);
			return /^[\w."]+$/.test(item) ? `${item}[]` : `(${item})[]`;
		}
		case "integer":
			return "number";
		default:
			return name; // string, number, boolean, null
	}
}

/** The TypeScript type of a JSON schema. */
export function typeOf(schema, indent = "") {
	if (schema === true || schema === undefined) return "unknown";
	if (schema.$ref) return schema.$ref.split("/").at(-1);
	if ("const" in schema) return JSON.stringify(schema.const);
	if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
	const choices = schema.oneOf ?? schema.anyOf;
	const parts = [];
	if (choices) parts.push(union(choices.map((part) => typeOf(part, indent))));
	for (const part of schema.allOf ?? []) parts.push(typeOf(part, indent));
	if (names(schema).length > 0 && !(choices && !schema.properties))
		parts.push(union(names(schema).map((name) => plain(name, schema, indent))));
	else if (schema.properties) parts.push(dictionary(schema, indent));
	return parts.length > 1 ? parts.map((part) => `(${part})`).join(" & ") : (parts[0] ?? "unknown");
}

function resolve(document, part) {
	if (!part.$ref) return part;
	return part.$ref
		.slice(2)
		.split("/")
		.reduce((at, name) => at[name], document);
}

function replyOf(document, operation) {
	const kinds = new Set();
	for (const [status, reply] of Object.entries(operation.responses)) {
		if (!status.startsWith("2")) continue;
		const content = resolve(document, reply).content ?? {};
		if (content["application/json"]) kinds.add(typeOf(content["application/json"].schema));
		else kinds.add(Object.keys(content).length > 0 ? "raw" : "void");
	}
	return kinds.has("raw") ? "raw" : union(kinds);
}

function bodyOf(document, operation) {
	if (!operation.requestBody) return null;
	const content = resolve(document, operation.requestBody).content;
	const json = content["application/json"];
	return json ? typeOf(json.schema, "\t") : "Blob | ArrayBuffer | string";
}

/** `name?: type` of each parameter that stands in path or query. */
function argumentsOf(document, item, operation) {
	const found = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
		.map((part) => resolve(document, part))
		.filter((part) => part.in === "path" || part.in === "query")
		.map((part) => {
			const type = part.in === "path" ? "string" : typeOf(part.schema, "\t");
			return { optional: !part.required, text: `${quoted(part.name)}${part.required ? "" : "?"}: ${type}${part.required ? "" : " | undefined"}` };
		});
	const body = bodyOf(document, operation);
	const needed = body && resolve(document, operation.requestBody).required === true;
	if (body) found.push({ optional: !needed, text: needed ? `body: ${body}` : `body?: ${body} | undefined` });
	return found;
}

function functionOf(document, method, path, item, operation) {
	const args = argumentsOf(document, item, operation);
	const optional = args.every((one) => one.optional);
	const type = `{ ${args.map((one) => one.text).join("; ")} }`;
	const given = args.length === 0 ? "args: Record<string, never> = {}" : `args: ${type}${optional ? " = {}" : ""}`;
	const reply = replyOf(document, operation);
	const call = `${JSON.stringify(method.toUpperCase())}, ${JSON.stringify(path)}, args`;
	const run = reply === "raw" ? `askRaw(${call}, how)` : `ask<${reply}>(${call}, how)`;
	const result = reply === "raw" ? "globalThis.Response" : reply;
	const doc = lines([operation.summary, operation.description].filter(Boolean).join(" "), "");
	let text = `${doc}export const ${operation.operationId} = (${given}, how?: How): Promise<${result}> =>\n\t${run};\n`;
	if (reply === "raw" && method === "get")
		text += `/** Where it is, for a link. */\nexport const ${operation.operationId}Path = (${given}): string => pathOf(${JSON.stringify(path)}, args);\n`;
	return text;
}

export function client(document) {
	const types = Object.entries(document.components.schemas).map(
		([name, schema]) => `${lines(schema.description, "")}export type ${name} = ${typeOf(schema)};\n`,
	);
	const functions = Object.entries(document.paths).flatMap(([path, item]) =>
		["get", "put", "post", "patch", "delete"]
			.filter((method) => item[method] && path.startsWith("/api/"))
			.map((method) => functionOf(document, method, path, item, item[method])),
	);
	return `// Written by tools/client.mjs from web/api: not to be edited.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ask, askRaw, type How, pathOf } from "../ask.ts";

${types.join("\n")}
${functions.join("\n")}`;
}
