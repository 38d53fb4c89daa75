// web/dashboard/ui/password.tsx - a field for a password, whose eye says in the user's language what it does.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import type { ReactElement } from "react";
import { useWords } from "../words.ts";

export function Password(props: PasswordInputProps): ReactElement {
	const t = useWords("frame");
	return <PasswordInput visibilityToggleButtonProps={{ "aria-label": t("password_show") }} {...props} />;
}
