// web/pages/wall.ts - a wallboard renews itself: it asks for its own page again and shows what that says, whatever it is.
// Without a connection it keeps what it has, says since when, and goes on asking.
// SPDX-License-Identifier: AGPL-3.0-or-later
const every = 60_000;

function late(): void {
	const told = document.getElementById("as-of");
	if (!told || told.classList.contains("late")) return;
	told.classList.add("late");
	told.textContent = `${told.dataset.late} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`;
}

async function renew(): Promise<void> {
	const address = new URL(location.href);
	address.searchParams.set("again", "");
	const reply = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(every / 2) });
	if (reply.status >= 500 || reply.status === 429) return late();
	const next = new DOMParser().parseFromString(await reply.text(), "text/html");
	const main = next.querySelector("main");
	// Another page than this one's (a link that is over, a new version): it brings its own looks.
	if (reply.status !== 200 || next.querySelector("#password")) location.reload();
	else if (main) document.querySelector("main")?.replaceWith(document.adoptNode(main));
}

setInterval(() => {
	renew().catch(late);
}, every);
