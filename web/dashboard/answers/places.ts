// web/dashboard/answers/places.ts - where in a text its bytes lie: the server counts bytes of UTF-8, a browser units of UTF-16.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Units by bytes, of each place where a character begins, and of the end. */
export function unitsByBytes(text: string): Map<number, number> {
	const at = new Map<number, number>();
	const encoder = new TextEncoder();
	let bytes = 0;
	let units = 0;
	for (const character of text) {
		at.set(bytes, units);
		bytes += encoder.encode(character).length;
		units += character.length;
	}
	return at.set(bytes, units);
}
