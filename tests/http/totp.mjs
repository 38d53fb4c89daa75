// tests/http/totp.mjs - an authenticator app for tests.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHmac } from "node:crypto";

function fromBase32(text) {
	let bits = "";
	for (const c of text) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0");
	return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** Waits until the app will not show another code within the next seconds, so that two looks see the same one. */
export async function calm(seconds = 12) {
	const left = 30_000 - (Date.now() % 30_000);
	if (left < seconds * 1000) await new Promise((wake) => setTimeout(wake, left + 50));
}

/** The six digits that an app shows `ahead` steps of 30 seconds from now. */
export function appCode(secret, ahead = 0) {
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
	const mac = createHmac("sha1", fromBase32(secret)).update(step).digest();
	const number = (mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000;
	return String(number).padStart(6, "0");
}
