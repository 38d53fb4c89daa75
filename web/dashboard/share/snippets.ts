// web/dashboard/share/snippets.ts - what goes into somebody else's page and server. All of it may be used under the MIT
// licence. tests/browser/share_screen.test.mjs runs those whose language is there.
// SPDX-License-Identifier: MIT

export interface SiteWishes {
	inline: boolean;
	trigger: "delay" | "scroll" | "manual";
	delay: number;
	days: number;
	theme: "" | "light" | "dark";
	left: boolean;
	path: string;
}

const quoted = (text: string) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/** The one line, and the place where it stands in the page. */
export function embedOf(origin: string, slug: string, wishes: SiteWishes, identified: boolean): string {
	const attributes = [
		wishes.inline ? "" : `data-survey="${slug}"`,
		!wishes.inline && wishes.trigger !== "delay" && `data-trigger="${wishes.trigger}"`,
		!wishes.inline && wishes.trigger === "delay" && wishes.delay !== 10 && `data-delay="${wishes.delay}"`,
		!wishes.inline && wishes.days !== 90 && `data-days="${wishes.days}"`,
		!wishes.inline && wishes.path && `data-path="${quoted(wishes.path)}"`,
		!wishes.inline && wishes.left && 'data-position="left"',
		wishes.theme && `data-theme="${wishes.theme}"`,
		identified && 'data-person="ID" data-expires="SECONDS" data-signature="HEX"',
	].filter(Boolean);
	const script = `<script src="${origin}/w.js"${attributes.map((one) => ` ${one as string}`).join("")} async></script>`;
	return wishes.inline ? `<div data-heed-survey="${slug}"></div>\n${script}` : script;
}

export const HEIGHT = "[data-heed-survey] { min-height: 18rem }";
export const policyOf = (origin: string): string => `script-src ${origin}; connect-src ${origin}`;

/** person and expires are signed by one's own server, with the secret from its environment. */
export const signing: [name: string, code: string][] = [
	[
		"Node",
		`import { createHmac } from "node:crypto";

const expires = Math.floor(Date.now() / 1000) + 3600;
const signature = createHmac("sha256", process.env.HEED_SECRET)
  .update(\`\${person}\\n\${expires}\`)
  .digest("hex");`,
	],
	[
		"PHP",
		`$expires = time() + 3600;
$signature = hash_hmac('sha256', "$person\\n$expires", getenv('HEED_SECRET'));`,
	],
	[
		"Python",
		`import hashlib, hmac, os, time

expires = int(time.time()) + 3600
signature = hmac.new(os.environ["HEED_SECRET"].encode(),
                     f"{person}\\n{expires}".encode(), hashlib.sha256).hexdigest()`,
	],
	[
		"Ruby",
		`require "openssl"

expires = Time.now.to_i + 3600
signature = OpenSSL::HMAC.hexdigest("SHA256", ENV["HEED_SECRET"], "#{person}\\n#{expires}")`,
	],
];
