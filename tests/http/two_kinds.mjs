// tests/http/two_kinds.mjs - 500 answers about the relationship and 50 about a delivery, which nobody may put into one figure.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** Scores by how many gave each, over a year, with a comment and a plan now and then. */
function fill(heed, survey, counts) {
	const scores = counts.flatMap(([score, n]) => Array(n).fill(score));
	const said = (score) => (score < 7 ? "The delivery was late and the support slow" : "Great support and fast delivery");
	const rows = scores.map((score, i) => `${score},${day(1 + (i % 330))},${["web", "email"][i % 2]},${i % 3 ? "" : said(score)},${i % 2 ? "pro" : "free"},p${i}@example.com`);
	const file = join(heed.dir, `${survey}.csv`);
	writeFileSync(file, ["score,date,channel,comment,plan,email", ...rows].join("\n"));
	heed.mustRun("import", file, "--workspace", "Acme", "--survey", survey);
}

/** Apart they are 500 and 50; 301, 102, 97 and 6, 7, 37. Together they would be 550; 307, 109, 134. */
export async function fillTwoKinds(heed) {
	await heed.post("/api/v1/surveys", { name: "Relationship", slug: "whole", state: "live" });
	await heed.post("/api/v1/surveys", { name: "Delivery", slug: "parcel", state: "live", kind: "transactional", touchpoint: "delivery" });
	fill(heed, "whole", [[10, 301], [8, 102], [0, 97]]);
	fill(heed, "parcel", [[10, 6], [8, 7], [0, 37]]);
}
