// web/dashboard/filter/views.tsx - the way to views with a name, on each screen that has some. What is behind the button comes
// when it is opened.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Popover } from "@mantine/core";
import { IconBookmark } from "@tabler/icons-react";
import { type ReactElement, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { fetchedPart } from "../fetched.ts";
import { useKeys } from "../ui/keys.tsx";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

const ViewsMenu = fetchedPart(() => import("./views_menu.tsx"));

/** The path as a view keeps it; null on screens that have none. An answer that is open is no part of it. */
function viewPathOf(path: string): string | null {
	if (path === "/" || /^\/insight(\/[a-z-]+)?$/.test(path)) return path;
	return path === "/answers" || path.startsWith("/answers/") ? "/answers" : null;
}

export function Views(): ReactElement | null {
	const t = useWords("filter");
	const [path] = useLocation();
	const [open, setOpen] = useState(false);
	const place = viewPathOf(path);
	useKeys(t("keys"), place === null ? [] : [{ keys: "v", words: t("views"), run: () => setOpen(true) }]);
	if (place === null) return null;
	return (
		<Popover opened={open} onChange={setOpen} position="bottom-start" width={330} shadow="md" trapFocus returnFocus>
			<Popover.Target>
				<Button
					variant="default"
					leftSection={<IconBookmark size={16} aria-hidden="true" />}
					onClick={() => setOpen(!open)}
				>
					{t("views")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown aria-label={t("views")}>
				{open && (
					<Suspense fallback={<Loading rows={3} />}>
						<ViewsMenu place={place} onClose={() => setOpen(false)} />
					</Suspense>
				)}
			</Popover.Dropdown>
		</Popover>
	);
}
