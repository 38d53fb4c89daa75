// web/dashboard/settings/contrast.ts - what can be read on a colour, as src/survey/colour.c has it (WCAG 2.2).
// SPDX-License-Identifier: AGPL-3.0-or-later

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

function luminance(colour: string): number {
	const part = (at: number) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255);
	return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

export function contrast(a: string, b: string): number {
	const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever reads better: at least 4.5 on every colour. */
export const readableOn = (colour: string): string =>
	contrast(colour, "#ffffff") >= contrast(colour, "#000000") ? "#ffffff" : "#000000";
