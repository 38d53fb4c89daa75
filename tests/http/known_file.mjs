// tests/http/known_file.mjs - 122 rows whose figures are known: 120 scored, a comment, a rejected row; 35.0 (20.1 to 48.1).
// SPDX-License-Identifier: AGPL-3.0-or-later

/** 66 promoters, 30 passives, 24 detractors, one 11, one comment alone. */
export function known() {
	const rows = ["\ufeffE-Mail;Bewertung;Kommentar;Datum"];
	const add = (score, comment = "") => {
		const n = rows.length;
		const day = `${String(1 + (n % 28)).padStart(2, "0")}.${String(1 + (n % 12)).padStart(2, "0")}.2025`;
		rows.push(`Kunde${n}@Firma.example;${score};${comment};${day}`);
	};
	for (let i = 0; i < 66; i++) add(9 + (i % 2), i % 3 ? "" : '"gut; sehr ""gut""\nund mehr"');
	for (let i = 0; i < 30; i++) add(7 + (i % 2));
	for (let i = 0; i < 24; i++) add(i % 7);
	add(11);
	add("", "nur Text");
	return `${rows.join("\r\n")}\r\n`;
}
