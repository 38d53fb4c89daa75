// web/dashboard/share/identity.tsx - the secret with which one's own server signs who uses the widget.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Checkbox, Group, SegmentedControl, Switch } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { getIdentitySecret, type IdentitySecret, makeIdentitySecret } from "../api.ts";
import { useFormat } from "../format.ts";
import { useSave } from "../settings/save.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";
import { Code, Copy } from "./copy.tsx";
import { signing } from "./snippets.ts";

function Secret(props: { secret: IdentitySecret; onMade: (secret: IdentitySecret) => void }): ReactElement {
	const t = useWords("share");
	const f = useFormat();
	const [shown, setShown] = useState(false);
	const [atOnce, setAtOnce] = useState(false);
	const { secret } = props;
	const { busy, error, run } = useSave();
	const make = () =>
		run(async () => {
			props.onMade(await makeIdentitySecret({ body: { at_once: atOnce } }));
			setAtOnce(false);
		});
	if (!secret.secret)
		return (
			<>
				{error !== undefined && <Failure error={error} />}
				<Button onClick={() => void make()} loading={busy}>
					{t("secret_make")}
				</Button>
			</>
		);
	return (
		<>
			<Group className="share-secret">
				<code aria-label={t("secret")}>{shown ? secret.secret : "hi_••••••••••••"}</code>
				<Button variant="default" onClick={() => setShown(!shown)}>
					{t(shown ? "secret_hide" : "secret_show")}
				</Button>
				<Copy text={secret.secret} />
			</Group>
			{secret.previous_until && <p role="status">{t("secret_before", { time: f.time(secret.previous_until) })}</p>}
			<details className="share-more">
				<summary>{t("secret_new")}</summary>
				<p className="quiet">{t("secret_new_more")}</p>
				<Checkbox
					label={t("secret_known")}
					checked={atOnce}
					onChange={(event) => setAtOnce(event.currentTarget.checked)}
				/>
				{error !== undefined && <Failure error={error} />}
				<Button variant="default" mt="sm" onClick={() => void make()} loading={busy}>
					{t("secret_new")}
				</Button>
			</details>
		</>
	);
}

function Signing(): ReactElement {
	const t = useWords("share");
	const [at, setAt] = useState("Node");
	const code = signing.find(([name]) => name === at)?.[1] ?? "";
	return (
		<>
			<h3>{t("signing")}</h3>
			<p className="quiet">{t("signing_more")}</p>
			<SegmentedControl aria-label={t("signing_language")} value={at} onChange={setAt} data={signing.map(([name]) => name)} />
			<Code text={code} label={at} />
		</>
	);
}

export function Identity(props: { chosen: boolean; onChoose: (chosen: boolean) => void }): ReactElement {
	const t = useWords("share");
	const { value, error, reload, put } = useLoad((signal) => getIdentitySecret({}, { signal }), []);
	return (
		<section className="share-card">
			<h2>{t("identity_title")}</h2>
			<p className="quiet">{t("identity_why")}</p>
			<Switch
				label={t("identity_on")}
				checked={props.chosen}
				onChange={(event) => props.onChoose(event.currentTarget.checked)}
			/>
			{props.chosen && (
				<>
					{error !== undefined && <Failure error={error} retry={reload} />}
					{!value && error === undefined && <Loading rows={2} />}
					{value && <h3>{t("secret")}</h3>}
					{value && <Secret secret={value} onMade={put} />}
					{value?.secret && <Signing />}
				</>
			)}
		</section>
	);
}
