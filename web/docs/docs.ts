// SPDX-License-Identifier: AGPL-3.0-or-later
// What the API's documentation does beyond its HTML: search, keys, and examples that name this server and can be copied.

const find = document.getElementById("find") as HTMLInputElement;
const found = document.getElementById("found")!;
const articles = Array.from(document.querySelectorAll<HTMLElement>("article"));
const ways = Array.from(document.querySelectorAll<HTMLElement>("nav li"));

document.getElementById("begin")!.textContent = `export HEED_URL=${location.origin}\nexport HEED_KEY=hk_…`;

function search() {
	const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
	let n = 0;
	for (const article of articles) {
		const text = article.dataset.words!;
		article.hidden = !words.every((word) => text.includes(word));
		if (!article.hidden) n++;
	}
	for (const way of ways) {
		const target = document.getElementById(way.querySelector("a")!.hash.slice(1))!;
		way.hidden = target.hidden;
	}
	for (const section of Array.from(document.querySelectorAll<HTMLElement>("main > section[aria-labelledby]")))
		section.hidden = !section.querySelector("article:not([hidden])");
	found.textContent = words.length === 0 ? "" : n === 1 ? "1 found" : `${n} found`;
}

function step(by: number) {
	const shown = articles.filter((one) => !one.hidden);
	const here = shown.findIndex((one) => one.getBoundingClientRect().top > 80);
	const at = by > 0 ? here : shown.length > 0 ? (here < 0 ? shown.length : here) - 2 : -1;
	const next = shown[Math.max(0, at)];
	next?.scrollIntoView();
	next?.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
}

find.addEventListener("input", search);
find.addEventListener("keydown", (event) => {
	if (event.key === "Escape") {
		find.value = "";
		search();
	} else if (event.key === "Enter") {
		const first = ways.find((one) => !one.hidden);
		first?.querySelector("a")!.click();
	}
});
document.addEventListener("keydown", (event) => {
	if (event.target === find || event.ctrlKey || event.metaKey || event.altKey) return;
	if (event.key === "/") {
		event.preventDefault();
		find.focus();
		find.select();
	} else if (event.key === "j") step(1);
	else if (event.key === "k") step(-1);
});

for (const example of Array.from(document.querySelectorAll(".example"))) {
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = "Copy";
	button.addEventListener("click", () => {
		void navigator.clipboard.writeText(example.querySelector("pre")!.textContent ?? "").then(() => {
			button.textContent = "Copied";
			setTimeout(() => (button.textContent = "Copy"), 1500);
		});
	});
	example.append(button);
}
