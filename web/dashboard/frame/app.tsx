// web/dashboard/frame/app.tsx - the frame around every screen: who is signed in, where one is, where one can go.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Title } from "@mantine/core";
import { lazy, type ReactElement, Suspense, use, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { matchRoute, Route, Switch, useLocation, useRouter } from "wouter";
import { getMe, type Me, type Member } from "../api.ts";
import { sayAwayAs } from "../ask.ts";
import { fetched, isWaiting, whenWaiting } from "../fetched.ts";
import { useLanguage } from "../language.tsx";
import { MeContext, useMe } from "../me.ts";
import { areasOf, type Screen, screens } from "../screens.tsx";
import { Failure } from "../ui/failure.tsx";
import { KeyMap, useKeys } from "../ui/keys.tsx";
import { useKeptFocus } from "../ui/kept_focus.ts";
import { Loading } from "../ui/loading.tsx";
import { useLoad } from "../ui/load.ts";
import { noteNavigation, Page } from "../ui/page.tsx";
import { sayProblemsIn } from "../ui/problem.ts";
import { Toasts, undoLast } from "../ui/undo.tsx";
import { needWords, useWords } from "../words.ts";
import { Boundary } from "./boundary.tsx";
import { LoadingBar } from "./loading_bar.tsx";
import { Bottom, Side } from "./nav.tsx";
import { Notices } from "./notices.tsx";
import { SignInAgain } from "./sign_in_again.tsx";
import { UserMenu } from "./user_menu.tsx";

/** After all else; without it the page is as good as with it. */
const Bell = lazy(() => fetched(() => import("../mentions/bell.tsx")).catch(() => ({ default: () => <span /> })));

const mayUse = (screen: Screen, role: string) => !screen.roles || screen.roles.some((one) => one === role);

/** A path that no screen has, or whose screen is not for this role. */
function Nowhere({ denied }: { denied?: boolean }): ReactElement {
	const t = useWords("frame");
	return (
		<Page title={t(denied ? "denied" : "nowhere")}>
			<p>{t(denied ? "denied_more" : "nowhere_more")}</p>
			<p>
				<a href="/">{t("to_overview")}</a>
			</p>
		</Page>
	);
}

function Shown({ screen }: { screen: Screen }): ReactElement {
	const { role, profile } = useMe();
	const { language } = useLanguage();
	const [, go] = useLocation();
	// Until the second step is set up, the server answers to the profile alone.
	const away = profile.must_set_up_two_step && screen.path !== "/settings/profile";
	useEffect(() => {
		if (away) go("/settings/profile", { replace: true });
	}, [away]);
	if (away) return <Loading />;
	if (!mayUse(screen, role)) return <Nowhere denied />;
	// All of them before anything is drawn, and with the code: a part that asked for more later would hide the whole screen.
	const fetched = areasOf(screen).map((area) => needWords(area, language));
	void screen.load().catch(() => undefined); // who shows it hears of it
	for (const words of fetched) use(words);
	const { Component } = screen;
	return <Component />;
}

/** While a screen's code is on its way; which one, where that takes its time. */
function Coming({ screen }: { screen?: Screen }): ReactElement {
	const t = useWords("frame");
	const waits = useSyncExternalStore(whenWaiting, isWaiting);
	return (
		<div className="page">
			{waits && screen?.nav && (
				<div className="page-head">
					<Title order={1} size="h2">
						{t(`nav_${screen.words}` as "nav_overview")}
					</Title>
				</div>
			)}
			<Loading />
		</div>
	);
}

function Screens(): ReactElement {
	const [path] = useLocation();
	const { parser } = useRouter();
	const shown = screens.find((screen) => matchRoute(parser, screen.path, path)[0]);
	return (
		<Boundary key={shown?.stays ? shown.path : path}>
			<Suspense fallback={<Coming screen={shown} />}>
				<Switch>
					{screens.map((screen) => (
						<Route key={screen.path} path={screen.path}>
							<Shown screen={screen} />
						</Route>
					))}
					<Route>
						<Nowhere />
					</Route>
				</Switch>
			</Suspense>
			{/* Menus and lists open here, inside the page's landmark; Mantine looks for this mark. */}
			<div data-mantine-shared-portal-node="true" />
		</Boundary>
	);
}

function FrameKeys({ shown }: { shown: Screen[] }): null {
	const t = useWords("frame");
	const [, go] = useLocation();
	useKeys(t("keys_everywhere"), [
		{ keys: "mod+z", words: t("undo_last"), run: () => undoLast() },
		...shown.flatMap(({ nav, path, words }) =>
			nav ? [{ keys: `g ${nav.key}`, words: t(`nav_${words}` as "nav_overview"), run: () => go(nav.to ?? path) }] : [],
		),
	]);
	return null;
}

function Frame(): ReactElement {
	const t = useWords("frame");
	const me = useMe();
	useEffect(() => {
		sayAwayAs(t("failed_away_short"));
		sayProblemsIn(t);
	}, [t]);
	const [path] = useLocation();
	const { parser } = useRouter();
	const first = useRef(path);
	if (first.current !== path) {
		first.current = path;
		noteNavigation();
	}
	const shown = useMemo(() => screens.filter((one) => one.nav && mayUse(one, me.role)), [me.role]);
	if (screens.find((one) => matchRoute(parser, one.path, path)[0])?.bare)
		return (
			<main id="main" className="bare">
				<Screens />
			</main>
		);
	return (
		<div className="frame">
			<a className="skip" href="#main">
				{t("skip")}
			</a>
			<header className="frame-head no-print">
				<a href="/" className="frame-name">
					Heed
				</a>
				<span className="frame-workspace">
					{me.workspace.name}
					{me.team?.limits && <span title={t("team_more")}> · {t("team", { name: me.team.name })}</span>}
				</span>
				{me.workspace.demo && <span className="frame-demo">{t("demo")}</span>}
				{me.role !== "viewer" && (
					<div className="bell-place">
						<Suspense fallback={null}>
							<Bell />
						</Suspense>
					</div>
				)}
				<UserMenu />
			</header>
			<Side screens={shown} path={path} />
			<main id="main" tabIndex={-1}>
				<Notices />
				<LoadingBar />
				<Screens />
			</main>
			<Bottom screens={shown} path={path} />
			<FrameKeys shown={shown} />
		</div>
	);
}

/** The page brings who is signed in along, for the first look. */
function firstMe(): Promise<Me> | null {
	const root = document.getElementById("app");
	const text = root?.dataset.me;
	delete root?.dataset.me;
	return text ? Promise.resolve(JSON.parse(text) as Me) : null;
}

export function App(): ReactElement {
	useKeptFocus();
	const { value: me, error, reload } = useLoad((signal) => firstMe() ?? getMe({}, { signal }), []);
	useEffect(() => {
		const again = () => void reload();
		window.addEventListener("heed:me", again); // a screen changed the user, the role or the workspace
		return () => window.removeEventListener("heed:me", again);
	}, [reload]);
	const { suggest } = useLanguage();
	const wished = me && "profile" in me ? me.profile.language : null;
	useEffect(() => suggest(wished), [wished]);
	if (!me) return error ? <main className="page"><Failure error={error} retry={reload} /></main> : <Loading />;
	return (
		<MeContext value={me as Member}>
			<Frame />
			<KeyMap />
			<Toasts />
			<SignInAgain />
		</MeContext>
	);
}
