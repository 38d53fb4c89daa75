// web/dashboard/main.tsx - the dashboard's beginning: theme, language, frame.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createTheme, MantineProvider } from "@mantine/core";
import { StrictMode, startTransition, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./frame/app.tsx";
import { lightenPaper } from "./frame/paper.ts";
import { firstLanguage, Languages } from "./language.tsx";
import { needScreen } from "./screens.tsx";
import { KeptButton } from "./ui/kept_button.tsx";
import { needWords } from "./words.ts";

/* Links say a component of their own. */
const kept = { component: KeptButton };

const theme = createTheme({
	primaryColor: "blue",
	primaryShade: { light: 8, dark: 8 }, // white on it keeps a contrast of 4.5
	fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
	defaultRadius: "md",
	respectReducedMotion: true,
	components: {
		Button: { defaultProps: kept },
		ActionIcon: { defaultProps: kept },
	},
});

void needWords("frame", firstLanguage()).catch(() => undefined); // the frame says what is wrong
needScreen(location.pathname, firstLanguage());
lightenPaper();
const root = document.getElementById("app");
const nonce = root?.dataset.nonce ?? "";
if (root)
	// Drawn piece by piece: the page answers to touch meanwhile, and shows its bare frame until the rest is there.
	startTransition(() =>
		createRoot(root).render(
			<StrictMode>
				<MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
					<Languages>
						<Suspense>
							<App />
						</Suspense>
					</Languages>
				</MantineProvider>
			</StrictMode>,
		),
	);
