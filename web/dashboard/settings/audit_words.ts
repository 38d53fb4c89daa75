// web/dashboard/settings/audit_words.ts - who, whom and how of the audit log in words: Heed's own codes are translated,
// what people wrote stays as it is.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AuditEntry, TeamScope } from "../api.ts";
import type { Format } from "../format.ts";
import type { Words } from "../words.ts";

type T = Words<"audit">;

/** Whose detail, or subject, is a code of Heed's own or several, with commas between. */
const codedDetails =
	/^(session\.|member\.(add|role|join|invite|restore|names|team)|key\.create|response\.(state|purge)|survey\.(state|publish|review_gating)|workspace\.change|identity_secret\.|shared_view\.|theme\.effort)/;
const codedSubjects = /^(goal\.|notice\.|reading\.industry|server\.address)/;

/** A code's word; a code that is not known is said as it is. */
function wordOf(t: T, code: string): string {
	const key = `is_${code.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}`;
	const said = t(key as "is_none");
	return said === key ? code : said;
}

const wordsOf = (t: T, codes: string) => (codes ? codes.split(", ").map((code) => wordOf(t, code)).join(", ") : "");

export function actorOf(t: T, actor: string): string {
	if (actor === "nightly") return "Heed";
	if (actor === "command line") return t("is_command_line");
	return actor.startsWith("key ") ? t("by_key", { name: actorOf(t, actor.slice(4)) }) : actor;
}

function teamOf(t: T, text: string): string {
	const scope = JSON.parse(text) as TeamScope;
	const facts = Object.entries(scope.properties ?? {}).map(([name, values]) => `${name}: ${[values].flat().join(", ")}`);
	const lists = (["surveys", "brands", "touchpoints"] as const).flatMap((part) => (scope[part]?.length ? [t(`team_${part}`, { n: scope[part].length })] : []));
	return [...facts, ...lists].join("; ") || t("team_all");
}

const languagesOf = (f: Format, codes: string) => {
	const names = new Intl.DisplayNames([f.locale], { type: "language", fallback: "code" });
	return codes.split(" ").map((code) => names.of(code) ?? code).join(", ");
};

export function subjectOf(t: T, f: Format, { action, subject }: AuditEntry): string {
	const many = /^(\d+) answers$/.exec(subject);
	if (action.startsWith("response.") && many) return t("many_answers", { n: Number(many[1]) });
	if (action === "reading.languages") return subject === "all" ? t("is_all") : languagesOf(f, subject);
	if (action === "key.create") return actorOf(t, subject);
	return codedSubjects.test(action) ? wordsOf(t, subject) : subject;
}

export function detailOf(t: T, f: Format, { action, detail }: AuditEntry): string {
	if (action.startsWith("team.") && detail.startsWith("{")) return teamOf(t, detail);
	const erased = action === "person.erase" && /^(\d+) answers$/.exec(detail);
	if (erased) return t("many_answers", { n: Number(erased[1]) });
	if (action === "survey.test_answers") return t("many_answers", { n: Number(detail) });
	const goal = action === "goal.set" && /^(-?\d+), (\d{4}-\d\d-\d\d)$/.exec(detail);
	if (goal) return t("goal_by", { score: f.score(Number(goal[1])), day: f.day(goal[2]!) });
	const drawn = action === "check.draw" && /^(.*), (\d+) comments$/.exec(detail);
	if (drawn) return t("drawn_of", { group: wordOf(t, drawn[1]!), n: Number(drawn[2]) });
	return codedDetails.test(action) ? wordsOf(t, detail) : detail;
}
