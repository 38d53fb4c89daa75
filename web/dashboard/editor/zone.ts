// web/dashboard/editor/zone.ts - wall time in the workspace's zone, as <input type="datetime-local"> has it, and instants.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How far the zone's clocks are ahead of UTC at an instant, in ms. */
function aheadAt(instant: number, zone: string): number {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		hourCycle: "h23",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
	}).formatToParts(instant);
	const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
	return wall - Math.floor(instant / 1000) * 1000;
}

/** "2026-11-26T18:00" of an instant. */
export function wallTime(instant: string, zone: string): string {
	const at = Date.parse(instant);
	return new Date(at + aheadAt(at, zone)).toISOString().slice(0, 16);
}

/** The instant of a wall time. One that clocks skip is moved on, of one that they show twice it is the first. */
export function instantOf(wall: string, zone: string): string {
	const as = Date.parse(`${wall}Z`);
	const before = aheadAt(as - 86_400_000, zone);
	const after = aheadAt(as + 86_400_000, zone);
	const fits = [before, after].map((ahead) => as - ahead).filter((at) => at + aheadAt(at, zone) === as);
	return new Date(fits.length > 0 ? Math.min(...fits) : as - before).toISOString();
}
