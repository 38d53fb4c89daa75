// web/dashboard/main.tsx - the dashboard's frame: who is signed in, light or dark, and the page.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { AppShell, Badge, Button, createTheme, Group, MantineProvider, Menu, Text, useMantineColorScheme } from "@mantine/core";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/VisuallyHidden.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Group.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/AppShell.css";
import "@mantine/core/styles/Alert.css";
import "@mantine/core/styles/Badge.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Menu.css";
import "@mantine/core/styles/SegmentedControl.css";
import "@mantine/core/styles/Skeleton.css";
import "@mantine/core/styles/Stack.css";
import "@mantine/core/styles/Text.css";
import "@mantine/core/styles/Title.css";
import { type ReactElement, StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { get, type Me, remove } from "./api.ts";
import { Overview } from "./overview.tsx";
import "./style.css";

const theme = createTheme({
	primaryColor: "blue",
	primaryShade: { light: 8, dark: 8 }, // white on it keeps a contrast of 4.5
	fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
	defaultRadius: "md",
});

function UserMenu({ me }: { me: Me }): ReactElement {
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const signOut = () => {
		void remove("/api/v1/session").then(() => location.assign("/login"));
	};
	return (
		<Menu position="bottom-end" withinPortal>
			<Menu.Target>
				<Button variant="subtle" size="compact-md" style={{ flexShrink: 0 }}>
					{me.user.name || me.user.email}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>
					{me.user.email} · {me.role}
				</Menu.Label>
				{(["light", "dark", "auto"] as const).map((scheme) => (
					<Menu.Item
						key={scheme}
						onClick={() => setColorScheme(scheme)}
						rightSection={colorScheme === scheme ? "✓" : null}
					>
						{{ light: "Light", dark: "Dark", auto: "As the system" }[scheme]}
					</Menu.Item>
				))}
				<Menu.Divider />
				<Menu.Item onClick={signOut}>Sign out</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}

function App(): ReactElement {
	const [me, setMe] = useState<Me | null>(null);
	useEffect(() => {
		get<Me>("/api/v1/me").then(setMe, () => undefined);
	}, []);
	return (
		<AppShell header={{ height: 56 }} padding="md">
			<AppShell.Header>
				<Group h="100%" px="md" justify="space-between" wrap="nowrap">
					<Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
						<Text fw={700} size="lg">
							Heed
						</Text>
						<Text c="dimmed" truncate>
							{me?.workspace.name}
						</Text>
						{me?.workspace.demo && (
							<Badge variant="light" color="gray" visibleFrom="sm">
								demo data
							</Badge>
						)}
					</Group>
					{me && <UserMenu me={me} />}
				</Group>
			</AppShell.Header>
			<AppShell.Main>
				<div style={{ maxWidth: 1080, margin: "0 auto" }}>
					<Overview />
				</div>
			</AppShell.Main>
		</AppShell>
	);
}

const root = document.getElementById("app");
const nonce = root?.dataset.nonce ?? "";
if (root)
	createRoot(root).render(
		<StrictMode>
			<MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
				<App />
			</MantineProvider>
		</StrictMode>,
	);
