// web/dashboard/screens/share.tsx - everything with which one asks people: link, codes, personal links, mail, own pages.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Tabs } from "@mantine/core";
import type { ComponentType, ReactElement } from "react";
import { Link, useParams, useSearchParams } from "wouter";
import { getSurvey, type SurveyDetail } from "../api.ts";
import { useMe } from "../me.ts";
import { LinkTab } from "../share/link.tsx";
import { MailTab } from "../share/mail.tsx";
import { PeopleTab } from "../share/people.tsx";
import { SheetTab } from "../share/sheet.tsx";
import { SiteTab } from "../share/site.tsx";
import { builds, DoorBadge } from "../surveys/survey_menu.tsx";
import { SurveyWays } from "../surveys/survey_ways.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const tabs: [name: "link" | "sheet" | "people" | "mail" | "site", tab: ComponentType<{ survey: SurveyDetail }>][] = [
	["link", LinkTab],
	["sheet", SheetTab],
	["people", PeopleTab],
	["mail", MailTab],
	["site", SiteTab],
];

const isLocal = (host: string) => host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\./.test(host);

/** Who cannot answer while things are as they are. */
function Warnings({ survey }: { survey: SurveyDetail }): ReactElement {
	const t = useWords("share");
	const me = useMe();
	const url = new URL(survey.url, location.href);
	const mayChange = ["owner", "admin"].includes(me.role ?? "");
	const address = isLocal(url.hostname) ? "local" : url.protocol === "http:" ? "http" : null;
	return (
		<>
			{survey.state !== "live" && (
				<p className="share-warn">
					<strong>{t(`state_${survey.state}`)}</strong>{" "}
					{builds(me.role) && <Link href={`/surveys/${survey.id}`}>{t("to_survey")}</Link>}
				</p>
			)}
			{address && (
				<p className="share-warn">
					<strong>{t(`warn_${address}`, { host: url.host })}.</strong> {t(`warn_${address}_more`)}{" "}
					{mayChange && <Link href="/settings/workspace">{t("to_address")}</Link>}
				</p>
			)}
		</>
	);
}

export default function ShareScreen(): ReactElement {
	const t = useWords("share");
	const { id = "" } = useParams<{ id: string }>();
	const me = useMe();
	const [query, setQuery] = useSearchParams();
	const { value: survey, error, reload } = useLoad((signal) => getSurvey({ survey: id }, { signal }), [id]);
	const mine = tabs.filter(([name]) => name !== "people" || me.role !== "viewer");
	const at = mine.find(([name]) => name === query.get("way"))?.[0] ?? "link";
	return (
		<Page title={survey?.name ?? t("title")} part={survey && t("title")}>
			<SurveyWays id={id} at="share">{survey && <DoorBadge survey={survey} />}</SurveyWays>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!survey && error === undefined && <Loading rows={8} />}
			{survey && (
				<div className="share">
					<Warnings survey={survey} />
					<Tabs value={at} onChange={(name) => setQuery(name && name !== "link" ? { way: name } : {})} keepMounted={false} variant="pills">
						<Tabs.List aria-label={t("ways")}>
							{mine.map(([name]) => (
								<Tabs.Tab key={name} value={name}>
									{t(`way_${name}`)}
								</Tabs.Tab>
							))}
						</Tabs.List>
						{mine.map(([name, Tab]) => (
							<Tabs.Panel key={name} value={name} pt="md">
								<Tab survey={survey} />
							</Tabs.Panel>
						))}
					</Tabs>
				</div>
			)}
		</Page>
	);
}
