// web/dashboard/ui/problem.ts - the server's "no" in the user's language. The server speaks English: what is common has
// words here, by the kind of problem and the field; of the rest the lead is translated and the server's sentence follows.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Refusal } from "../api.ts";
import type { Words } from "../words.ts";

type T = Words<"frame">;

const atField = {
	"invalid/old": "problem_password",
	"invalid/code": "problem_code",
	"unauthenticated/code": "problem_code_used",
	"invalid/logo": "problem_logo",
	"invalid/email": "problem_email",
	"conflict/email": "problem_member",
	"invalid/password": "problem_password_rule",
	"invalid/public_url": "problem_address",
} as const;

const byKind = {
	invalid: "problem_invalid",
	malformed: "problem_invalid",
	unauthenticated: "problem_signed_out",
	denied: "problem_denied",
	"not-found": "problem_gone",
	gone: "problem_gone",
	conflict: "problem_conflict",
	"too-large": "problem_too_large",
	"too-many": "problem_too_many",
	busy: "problem_busy",
	loading: "problem_busy",
	storage: "problem_storage",
	corrupt: "problem_storage",
	internal: "problem_internal",
} as const;

/* Words cannot be asked for where an error is caught, and must be there when the server is away. */
let words: T | null = null;

export function sayProblemsIn(t: T): void {
	words = t;
}

function told(kind: string, path: string, detail: string): string {
	const key = atField[`${kind}${path}` as keyof typeof atField] ?? byKind[kind as keyof typeof byKind];
	return words && key ? words(key, { detail }) : detail;
}

const kindOf = (error: Refusal) => error.type.replace("urn:heed:problem:", "");

/** One sentence: of the server, or what the browser says. */
export function sentenceOf(error: unknown): string {
	if (error instanceof Refusal) return told(kindOf(error), error.errors[0]?.path ?? "", error.message);
	return error instanceof Error ? error.message : String(error);
}

/** What is wrong with one of its fields. */
export const fieldSentenceOf = (error: Refusal, { path, message }: { path: string; message: string }): string => told(kindOf(error), path, message);
