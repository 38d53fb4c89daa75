// web/dashboard/frame/user_menu.tsx - one's own: light or dark, language, help, the way out.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconUserCircle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { deleteSession } from "../api.ts";
import { type Language, languages, useLanguage } from "../language.tsx";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const schemes = ["light", "dark", "auto"] as const;

export function UserMenu(): ReactElement {
	const t = useWords("frame");
	const { user, role } = useMe();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const { language, speak } = useLanguage();
	const signOut = () => {
		deleteSession().then(
			() => location.assign("/login"),
			(error: unknown) => sayBad(sentenceOf(error)),
		);
	};
	const mark = (on: boolean) => (on ? <IconCheck size={16} aria-hidden="true" /> : null);
	return (
		<Menu position="bottom-end" width={240}>
			<Menu.Target>
				<UnstyledButton className="user" aria-label={t("user_menu", { name: user.name || user.email })}>
					<IconUserCircle size={24} stroke={1.6} aria-hidden="true" />
					<span>{user.name || user.email}</span>
				</UnstyledButton>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>
					{user.email}
					<br />
					{t(`role_${role}`)}
				</Menu.Label>
				<Menu.Divider />
				<Menu.Label>{t("look")}</Menu.Label>
				{schemes.map((scheme) => (
					<Menu.Item
						key={scheme}
						role="menuitemradio"
						aria-checked={colorScheme === scheme}
						onClick={() => setColorScheme(scheme)}
						rightSection={mark(colorScheme === scheme)}
					>
						{t(`look_${scheme}`)}
					</Menu.Item>
				))}
				<Menu.Divider />
				<Menu.Label>{t("language")}</Menu.Label>
				{(Object.entries(languages) as [Language, string][]).map(([code, name]) => (
					<Menu.Item
						key={code}
						lang={code}
						role="menuitemradio"
						aria-checked={language === code}
						onClick={() => speak(code)}
						rightSection={mark(language === code)}
					>
						{name}
					</Menu.Item>
				))}
				<Menu.Divider />
				<Menu.Item onClick={signOut}>{t("sign_out")}</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
