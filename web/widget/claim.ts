// SPDX-License-Identifier: MIT
// Who the visitor is, as the page says and its server signs (docs/share.md).
export interface Claim {
	person?: string;
	expires?: string | number;
	signature?: string;
}

let claim: Claim = {};

export function identify(who: Claim) {
	claim = who;
}

/** Fields of an answer; none without a signature. */
export function claimed(): Record<string, string> {
	const { person, expires, signature } = claim;
	return person && signature ? { person, expires: String(expires ?? ""), signature } : {};
}
