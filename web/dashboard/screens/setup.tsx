// web/dashboard/screens/setup.tsx - the first three minutes: you, your brand, your region, your address, a first answer.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { type FormEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import {
	type Brand,
	changeMe,
	changePassword,
	changeSetup,
	changeWorkspace,
	createSurvey,
	getServer,
	getSetup,
	getTestLink,
	getWorkspace,
	listBrands,
	listResponses,
	listSurveys,
	publishSurvey,
	type Server,
	type Setup,
	type Survey,
	type Workspace,
} from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { AddressForm } from "../settings/address.tsx";
import { BrandForm } from "../settings/brand_form.tsx";
import { LanguagesField } from "../settings/languages.tsx";
import { useSave } from "../settings/save.ts";
import { browserZone, surveyLanguages, weekdays, zones } from "../settings/zones.ts";
import { inFirstLanguage } from "../surveys/first_language.ts";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Password } from "../ui/password.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const steps = ["you", "brand", "region", "address", "survey"] as const;
type Step = (typeof steps)[number];

const meChanged = () => dispatchEvent(new Event("heed:me"));

/** What goes on once a step is done or left out. */
interface Way {
	done: () => Promise<void>;
	skip: () => Promise<void>;
}

function Skip({ way }: { way: Way }): ReactElement {
	const t = useWords("settings");
	return (
		<Button variant="subtle" onClick={() => void way.skip()}>
			{t("setup_skip")}
		</Button>
	);
}

function You({ way }: { way: Way }): ReactElement {
	const t = useWords("settings");
	const { user, profile } = useMe();
	const save = useSave(["/name", "/new"]);
	const [name, setName] = useState(user.name);
	const [password, setPassword] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(async () => {
			await changeMe({ body: { name } });
			if (!profile.has_password) await changePassword({ body: { new: password } });
			meChanged();
			await way.done();
		});
	};
	return (
		<form className="fields" onSubmit={submit}>
			<input type="hidden" autoComplete="username" value={user.email} readOnly />
			<TextInput
				label={t("your_name")}
				autoComplete="name"
				maxLength={100}
				required
				autoFocus
				value={name}
				onChange={(event) => setName(event.currentTarget.value)}
				error={save.at("/name")}
			/>
			{!profile.has_password && (
				<Password
					label={t("password_choose")}
					description={t("password_rule")}
					autoComplete="new-password"
					minLength={8}
					required
					value={password}
					onChange={(event) => setPassword(event.currentTarget.value)}
					error={save.at("/new")}
				/>
			)}
			{save.error !== undefined && <Failure error={save.error} />}
			<div className="setup-do">
				<Button type="submit" loading={save.busy}>
					{t("setup_next")}
				</Button>
				<Skip way={way} />
			</div>
		</form>
	);
}

function BrandStep({ way }: { way: Way }): ReactElement {
	const t = useWords("settings");
	const { value, error, reload } = useLoad((signal) => listBrands({}, { signal }), []);
	const [brand, setBrand] = useState<Brand | null>(null);
	const shown = brand ?? value?.brands[0];
	if (!value) return error ? <Failure error={error} retry={reload} /> : <Loading height={200} />;
	const saved = (next: Brand) => {
		// A logo is saved on its own; the step is done with its button.
		const logoOnly = shown && next.name === shown.name && next.colour === shown.colour && next.logo !== shown.logo;
		setBrand(next);
		if (!logoOnly) void way.done();
	};
	return (
		<BrandForm key={shown?.id} brand={shown ?? null} button={t("setup_next")} beside={<Skip way={way} />} onSaved={saved} />
	);
}

function RegionForm({ workspace, way }: { workspace: Workspace; way: Way }): ReactElement {
	const t = useWords("settings");
	const { locale } = useFormat();
	const save = useSave(["/time_zone"]);
	const mine = locale.slice(0, 2);
	const guess = [...new Set([...(surveyLanguages.includes(mine) ? [mine] : []), "en"])];
	const [zone, setZone] = useState(["UTC", "Etc/UTC"].includes(workspace.time_zone) ? browserZone() : workspace.time_zone);
	const [week, setWeek] = useState(String(workspace.week_start));
	const [languages, setLanguages] = useState(workspace.settings.languages.length ? workspace.settings.languages : guess);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(async () => {
			await changeWorkspace({ body: { time_zone: zone, week_start: Number(week), settings: { languages } } });
			meChanged();
			await way.done();
		});
	};
	return (
		<form className="fields" onSubmit={submit}>
			<NativeSelect
				label={t("time_zone")}
				description={t("time_zone_more")}
				data={zones(zone)}
				autoFocus
				value={zone}
				onChange={(event) => setZone(event.currentTarget.value)}
				error={save.at("/time_zone")}
			/>
			<NativeSelect
				label={t("week_start")}
				data={weekdays(locale)}
				value={week}
				onChange={(event) => setWeek(event.currentTarget.value)}
			/>
			<LanguagesField value={languages} onChange={setLanguages} />
			{save.error !== undefined && <Failure error={save.error} />}
			<div className="setup-do">
				<Button type="submit" loading={save.busy}>
					{t("setup_next")}
				</Button>
				<Skip way={way} />
			</div>
		</form>
	);
}

function Region({ way }: { way: Way }): ReactElement {
	const { value, error, reload } = useLoad((signal) => getWorkspace({}, { signal }), []);
	if (!value) return error ? <Failure error={error} retry={reload} /> : <Loading height={200} />;
	return <RegionForm workspace={value} way={way} />;
}

function AddressStep({ way }: { way: Way }): ReactElement {
	const t = useWords("settings");
	const { value, error, reload, put } = useLoad((signal) => getServer({}, { signal }), []);
	if (!value) return error ? <Failure error={error} retry={reload} /> : <Loading height={200} />;
	const reached = value.reach === "everybody" || value.reach === "own_network";
	return (
		<AddressForm
			server={value}
			button={t("address_use")}
			needed
			beside={
				<Button variant={!reached ? "subtle" : value.may_change ? "default" : "filled"} onClick={() => void (reached ? way.done() : way.skip())}>
					{t(reached ? "setup_on" : "address_later")}
				</Button>
			}
			onSaved={(server: Server) => {
				put(server);
				if (server.reach === "everybody") void way.done();
			}}
		/>
	);
}

const every = 1000;

/** Asks until a first answer is there, however it came. */
function Waiting({ survey, way }: { survey: Survey; way: Way }): ReactElement {
	const t = useWords("settings");
	const [score, setScore] = useState<number | null | undefined>();
	const begun = useRef(new Set<string>());
	useEffect(() => {
		let known: Set<string> | null = null;
		const look = async () => {
			const found = await listResponses({ survey: survey.slug, limit: 5 }).catch(() => null);
			if (!found) return;
			const fresh = known && found.responses.find((one) => !begun.current.has(one.id));
			for (const one of found.responses) if (!known) begun.current.add(one.id);
			known ??= begun.current;
			if (fresh) setScore(fresh.score);
		};
		void look();
		const timer = setInterval(() => void look(), every);
		return () => clearInterval(timer);
	}, [survey.slug]);
	const { value: test } = useLoad((signal) => getTestLink({ survey: survey.id }, { signal }), [survey.id]);
	const link = test && new URL(test.url).pathname; // here, whether or not the public address works already
	return (
		<div className="fields wide">
			<Text>{t("setup_live", { name: survey.name })}</Text>
			<div className="secret">{survey.url}</div>
			<div className="setup-do">
				<Button component="a" href={link} target="_blank" rel="noopener" data-disabled={!link || undefined}>
					{t("setup_try")}
				</Button>
				<CopyButton value={survey.url}>
					{({ copied, copy }) => (
						<Button variant="default" onClick={copy}>
							{t(copied ? "copied" : "copy_link")}
						</Button>
					)}
				</CopyButton>
			</div>
			<div role="status">
				{score === undefined ? (
					<Text c="dimmed">{t("setup_waiting")}</Text>
				) : (
					<div className="arrived">
						<IconCircleCheck size={28} aria-hidden="true" />
						<span>{score === null ? t("setup_arrived_blank") : t("setup_arrived", { score })}</span>
					</div>
				)}
			</div>
			<div className="setup-do">
				<Button variant={score === undefined ? "subtle" : "filled"} onClick={() => void way.done()}>
					{t(score === undefined ? "setup_enough" : "setup_finish")}
				</Button>
			</div>
		</div>
	);
}

/** The first survey is made here and is live at once; one that is there is taken. */
function SurveyStep({ way }: { way: Way }): ReactElement {
	const t = useWords("settings");
	const me = useMe();
	const { value, error, reload } = useLoad((signal) => listSurveys({}, { signal }), []);
	const save = useSave();
	const [made, setMade] = useState<Survey | null>(null);
	if (!value) return error ? <Failure error={error} retry={reload} /> : <Loading height={160} />;
	const live = made ?? value.surveys.find((one) => one.state === "live");
	if (live) return <Waiting survey={live} way={way} />;
	const draft = value.surveys.find((one) => one.state === "draft" || one.state === "paused");
	const make = () =>
		save.run(async () => {
			if (draft) {
				setMade(await publishSurvey({ survey: draft.id }));
				return;
			}
			const name = t("setup_survey_name", { workspace: me.workspace.name });
			setMade(await createSurvey({ body: { name, state: "live", ...(await inFirstLanguage()) } }));
		});
	return (
		<div className="fields">
			{save.error !== undefined && <Failure error={save.error} />}
			<div className="setup-do">
				<Button loading={save.busy} onClick={() => void make()} autoFocus>
					{t("setup_survey_make")}
				</Button>
				<Skip way={way} />
			</div>
		</div>
	);
}

function Steps(props: { setup: Setup; now: Step; go: (step: Step) => void }): ReactElement {
	const t = useWords("settings");
	return (
		<nav aria-label={t("setup_steps")}>
			<ol className="setup-steps">
				{steps.map((step, i) => (
					<li key={step} className={props.setup.steps[step] === "done" ? "done" : undefined}>
						<button
							type="button"
							aria-current={step === props.now ? "step" : undefined}
							aria-label={t("setup_step_of", { n: i + 1, all: steps.length, name: t(`setup_${step}`) })}
							onClick={() => props.go(step)}
						>
							{t(`setup_${step}`)}
						</button>
					</li>
				))}
			</ol>
		</nav>
	);
}

function Wizard({ setup, put }: { setup: Setup; put: (setup: Setup) => void }): ReactElement {
	const t = useWords("settings");
	const [, go] = useLocation();
	const { user, profile } = useMe();
	// Whoever came by the first link has just typed both.
	const known = user.name !== "" && profile.has_password;
	const open = (step: Step) => setup.steps[step] === "open" && !(known && step === "you");
	/* In the address, so that the browser's Back leads to the step before. */
	const [params] = useSearchParams();
	const asked = steps.find((step) => step === params.get("step"));
	const [begun] = useState<Step>(() => steps.find(open) ?? "survey");
	const now = asked ?? begun;
	const setNow = (step: Step) => step !== now && go(`/setup?step=${step}`);
	useEffect(() => {
		if (!asked) go(`/setup?step=${begun}`, { replace: true });
	}, [asked]);
	/* A step that was left keeps what was typed; the last one has nothing to type, and asks for answers as long as it is there. */
	const visited = useRef(new Set<Step>());
	visited.current.add(now);
	const stays = (step: Step) => step === now || (step !== "survey" && visited.current.has(step));
	const heading = useRef<HTMLHeadingElement>(null);
	const first = useRef(true);
	useEffect(() => {
		document.title = `${t(`setup_${now}_title`)} – Heed`;
		if (first.current) first.current = false;
		else heading.current?.focus();
	}, [now]);
	useEffect(() => {
		if (known && setup.steps.you === "open") void changeSetup({ body: { step: "you", state: "done" } }).then(put, () => undefined);
	}, []);
	const end = async (state: "done" | "skipped") => {
		await changeSetup({ body: { step: "all", state } });
		dispatchEvent(new Event("heed:setup"));
		go("/");
	};
	const note = async (state: "done" | "skipped") => {
		put(await changeSetup({ body: { step: now, state } }));
		const after = steps[steps.indexOf(now) + 1];
		if (after) setNow(after);
		else await end("done");
	};
	const orSay = (deed: Promise<void>) => deed.catch((error: unknown) => sayBad(sentenceOf(error)));
	const way: Way = { done: () => orSay(note("done")), skip: () => orSay(note("skipped")) };
	const screens: Record<Step, ReactNode> = {
		you: <You way={way} />,
		brand: <BrandStep way={way} />,
		region: <Region way={way} />,
		address: <AddressStep way={way} />,
		survey: <SurveyStep way={way} />,
	};
	return (
		<>
			<Steps setup={setup} now={now} go={setNow} />
			{steps.filter(stays).map((step) => (
				<section className="part" key={step} hidden={step !== now}>
					<Title order={1} size="h2" ref={step === now ? heading : undefined} tabIndex={-1}>
						{t(`setup_${step}_title`)}
					</Title>
					<p className="quiet">{t(`setup_${step}_more`)}</p>
					{screens[step]}
				</section>
			))}
			<div className="setup-do">
				<Link href="/">{t("setup_later")}</Link>
				<Button variant="subtle" color="gray" onClick={() => void orSay(end("skipped"))}>
					{t("setup_never")}
				</Button>
			</div>
		</>
	);
}

export default function SetupScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload, put } = useLoad((signal) => getSetup({}, { signal }), []);
	return (
		<div className="setup">
			<div className="setup-head">
				<Link href="/">Heed</Link>
				<span className="quiet">{t("setup_minutes")}</span>
			</div>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading height={300} />}
			{value && <Wizard setup={value} put={put} />}
		</div>
	);
}
