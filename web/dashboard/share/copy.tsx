// web/dashboard/share/copy.tsx - text to take along: shown as it is, copied with one press.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useWords } from "../words.ts";

export function Copy({ text, label, primary }: { text: string; label?: string; primary?: boolean }): ReactElement {
	const t = useWords("share");
	return (
		<CopyButton value={text} timeout={2000}>
			{({ copied, copy }) => (
				<>
					<Button
						variant={primary ? "filled" : "default"}
						onClick={copy}
						leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
					>
						{copied ? t("copied") : (label ?? t("copy"))}
					</Button>
					<VisuallyHidden role="status">{copied && t("copied")}</VisuallyHidden>
				</>
			)}
		</CopyButton>
	);
}

/** Code in a box that scrolls in itself, with its button. */
export function Code(props: { text: string; label: string; copy?: string; primary?: boolean }): ReactElement {
	return (
		<div className="share-code">
			<pre tabIndex={0} role="region" aria-label={props.label}>
				<code>{props.text}</code>
			</pre>
			<div>
				<Copy text={props.text} label={props.copy} primary={props.primary} />
			</div>
		</div>
	);
}
