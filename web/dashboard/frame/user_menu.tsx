// web/dashboard/frame/user_menu.tsx - one's own: light or dark, language, the way out.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect, Popover, SegmentedControl, Stack, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconUserCircle } from "@tabler/icons-react";
import { type ReactElement, useId } from "react";
import { Link } from "wouter";
import { changeMe, changeSession, deleteSession } from "../api.ts";
import { type Language, languages, useLanguage } from "../language.tsx";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const schemes = ["light", "dark", "auto"] as const;

function Look(): ReactElement {
	const t = useWords("frame");
	const label = useId();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	return (
		<div>
			<Text size="sm" fw={500} mb={4} id={label}>
				{t("look")}
			</Text>
			<SegmentedControl
				fullWidth
				size="xs"
				aria-labelledby={label}
				data={schemes.map((value) => ({ value, label: t(`look_${value}`) }))}
				value={colorScheme}
				onChange={(value) => setColorScheme(value as (typeof schemes)[number])}
			/>
		</div>
	);
}

export function UserMenu(): ReactElement {
	const t = useWords("frame");
	const { user, role, workspace, workspaces } = useMe();
	const { language, speak } = useLanguage();
	const choose = (next: Language) => {
		speak(next);
		changeMe({ body: { language: next } }).catch((error: unknown) => sayBad(sentenceOf(error)));
	};
	const enter = (id: string) => {
		changeSession({ body: { workspace: id } }).then(
			() => location.assign("/"), // nothing of the other workspace stays on the screen
			(error: unknown) => sayBad(sentenceOf(error)),
		);
	};
	const signOut = () => {
		deleteSession().then(
			() => location.assign("/login"),
			(error: unknown) => sayBad(sentenceOf(error)),
		);
	};
	return (
		<Popover position="bottom-end" width={288} trapFocus returnFocus withinPortal={false} shadow="md">
			<Popover.Target>
				<UnstyledButton className="user" aria-label={t("user_menu", { name: user.name || user.email })}>
					<IconUserCircle size={24} stroke={1.6} aria-hidden="true" />
					<span>{user.name || user.email}</span>
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown aria-label={t("user_menu", { name: user.name || user.email })}>
				<Stack gap="sm">
					<div className="user-who">
						{user.name && <Text fw={600}>{user.name}</Text>}
						<Text size="sm">{user.email}</Text>
						<Text size="sm" c="dimmed">
							{t(`role_${role}`)}
						</Text>
					</div>
					{workspaces.length > 1 && (
						<NativeSelect
							label={t("workspaces")}
							data={workspaces.map((one) => ({ value: one.id, label: one.name }))}
							value={workspace.id}
							onChange={(event) => enter(event.currentTarget.value)}
						/>
					)}
					<Link href="/settings/profile">{t("profile")}</Link>
					<Look />
					<NativeSelect
						label={t("language")}
						data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
						value={language}
						onChange={(event) => choose(event.currentTarget.value as Language)}
					/>
					<a href="/api/docs">{t("api_docs")}</a>
					<Button variant="default" onClick={signOut}>
						{t("sign_out")}
					</Button>
				</Stack>
			</Popover.Dropdown>
		</Popover>
	);
}
