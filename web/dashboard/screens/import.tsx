// web/dashboard/screens/import.tsx - answers out of a file, in three steps: choose it, check it, watch it; and the way back.
//
// The step stands in the address, so that one may leave and come back: /import, /import?upload=ID&name=…, /import?id=ID.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Stack } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useLocation, useSearchParams } from "wouter";
import { listImports } from "../api.ts";
import { CheckFile } from "../import/check_file.tsx";
import { ChooseFile } from "../import/choose_file.tsx";
import { History } from "../import/history.tsx";
import { isUnderWay, OneImport } from "../import/one_import.tsx";
import { useMe } from "../me.ts";
import { useAgain } from "../ui/again.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

function Steps({ at }: { at: number }): ReactElement {
	const t = useWords("import");
	return (
		<ol className="import-steps" aria-label={t("steps")}>
			{([1, 2, 3] as const).map((n) => (
				<li key={n} aria-current={n === at ? "step" : undefined} className={n < at ? "past" : undefined}>
					<span aria-hidden="true">{n}</span> {t(`step_${n}`)}
				</li>
			))}
		</ol>
	);
}

export default function ImportScreen(): ReactElement {
	const t = useWords("import");
	const me = useMe();
	const [, navigate] = useLocation();
	const [params] = useSearchParams();
	const upload = params.get("upload");
	const id = params.get("id");
	const load = useLoad((signal) => listImports({}, { signal }), []);
	const { value, error, reload } = load;
	const earlier = value?.imports.filter((one) => one.id !== id) ?? [];
	const busy = value?.imports.some(isUnderWay) ?? false;
	useAgain(load, busy && !id ? 2000 : null);

	const inTeam = me.team?.limits ?? false;
	if (inTeam || !me.sees_names)
		return (
			<Page title={t("title")}>
				<Empty title={t("not_you")} text={t(inTeam ? "not_you_team" : "not_you_names")} icon={<IconFileImport size={40} stroke={1.4} />} />
			</Page>
		);
	return (
		<Page title={t("title")}>
			<Stack gap="xl">
				<Steps at={id ? 3 : upload ? 2 : 1} />
				{id ? (
					<OneImport key={id} id={id} onAnother={() => navigate("/import")} onChanged={() => void reload()} />
				) : upload ? (
					<CheckFile
						key={upload}
						upload={upload}
						name={params.get("name") ?? ""}
						onStarted={(started) => navigate(`/import?id=${started}`, { replace: true })}
						onLeave={() => navigate("/import")}
					/>
				) : (
					value && (
						<ChooseFile
							most={value.upload_max}
							onSent={(sent) => navigate(`/import?${new URLSearchParams({ upload: sent.id, name: sent.name }).toString()}`)}
						/>
					)
				)}
				{error !== undefined && <Failure error={error} retry={reload} />}
				{!value && error === undefined && !id && !upload && <Loading rows={4} />}
				{earlier.length > 0 && !upload && <History imports={earlier} />}
			</Stack>
		</Page>
	);
}
