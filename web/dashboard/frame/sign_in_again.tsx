// web/dashboard/frame/sign_in_again.tsx - the session ended while somebody works: they sign in on top of what they do, and
// the request that was refused goes out again. Nothing that was typed is touched.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { createSession, getMe, Refusal } from "../api.ts";
import { whenSignedOut } from "../ask.ts";
import { useMe } from "../me.ts";
import { Dialog } from "../ui/dialog.tsx";
import { sentenceOf } from "../ui/failure.tsx";
import { Password } from "../ui/password.tsx";
import { useWords } from "../words.ts";

interface Waiting {
	promise: Promise<void>;
	done: () => void;
	fail: (error: Refusal) => void;
}

export function SignInAgain(): ReactElement | null {
	const [waiting, setWaiting] = useState<Waiting | null>(null);
	const current = useRef<Waiting>(null);
	useEffect(() => {
		whenSignedOut(() => {
			if (!current.current) {
				let done = () => {};
				let fail: Waiting["fail"] = () => {};
				const promise = new Promise<void>((resolve, reject) => {
					done = resolve;
					fail = reject;
				});
				current.current = { promise, done, fail };
				setWaiting(current.current);
			}
			return current.current.promise;
		});
	}, []);
	if (!waiting) return null;
	const end = (error?: Refusal) => {
		current.current = null;
		setWaiting(null);
		if (error) waiting.fail(error);
		else waiting.done();
	};
	return <Form onEnd={end} />;
}

function Form({ onEnd }: { onEnd: (error?: Refusal) => void }): ReactElement {
	const t = useWords("frame");
	const { user, workspace, profile } = useMe();
	const [code, setCode] = useState("");
	const [wantsCode, setWantsCode] = useState(profile.two_step);
	const [password, setPassword] = useState("");
	const [said, setSaid] = useState("");
	const [busy, setBusy] = useState(false);

	// Somebody may have signed in on another tab meanwhile.
	useEffect(() => {
		const look = () => {
			if (document.visibilityState !== "visible") return;
			getMe({}, { signingIn: true }).then(
				(me) => {
					if ("user" in me && me.user.id === user.id && me.workspace.id === workspace.id) onEnd();
					else setSaid(t("signed_in_other"));
				},
				() => undefined, // still signed out
			);
		};
		document.addEventListener("visibilitychange", look);
		return () => document.removeEventListener("visibilitychange", look);
	});

	const signIn = async (event: FormEvent) => {
		event.preventDefault();
		setBusy(true);
		try {
			const body = { email: user.email, password, workspace: workspace.id, code: wantsCode ? code.trim() : null };
			await createSession({ body }, { signingIn: true });
			onEnd();
		} catch (error) {
			const refused = error instanceof Refusal && error.status === 401;
			const code = refused && error.errors.some((one) => one.path === "/code");
			if (code) setWantsCode(true);
			setSaid(code && !wantsCode ? t("code_wanted") : refused && !code ? t("password_wrong") : sentenceOf(error));
			setBusy(false);
		}
	};
	return (
		<Dialog title={t("signed_out")} onClose={() => onEnd(new Refusal(401, t("signed_out_still")))}>
			<form onSubmit={(event) => void signIn(event)}>
				<Stack gap="sm">
					<Text size="sm">{t("signed_out_more")}</Text>
					<input type="hidden" autoComplete="username" value={user.email} readOnly />
					<Text fw={600}>{user.email}</Text>
					<Password
						label={t("password")}
						autoComplete="current-password"
						value={password}
						onChange={(event) => setPassword(event.currentTarget.value)}
						data-autofocus
						required
					/>
					{wantsCode && (
						<TextInput
							label={t("code")}
							description={t("code_more")}
							autoComplete="one-time-code"
							value={code}
							onChange={(event) => setCode(event.currentTarget.value)}
							required
						/>
					)}
					{said && (
						<Text size="sm" c="red" role="alert">
							{said}
						</Text>
					)}
					<Group justify="space-between">
						<Button variant="default" onClick={() => onEnd(new Refusal(401, t("signed_out_still")))}>
							{t("not_now")}
						</Button>
						<Button type="submit" loading={busy}>
							{t("sign_in")}
						</Button>
					</Group>
					<Text size="sm">
						<a href="/login?next=/" target="_blank" rel="noreferrer">
							{t("signed_out_elsewhere")}
						</a>
					</Text>
				</Stack>
			</form>
		</Dialog>
	);
}
