// web/dashboard/settings/brand_form.tsx - a brand's name, colour and logo, and how a survey looks with them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Box, Button, FileButton, Group, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, type ReactNode, useId, useState } from "react";
import { type Brand, changeBrand, createBrand, removeBrandLogo, setBrandLogo } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure } from "../ui/failure.tsx";
import { say, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { contrast, isColour, readableOn } from "./contrast.ts";
import { useSave } from "./save.ts";

const LOGO_MAX = 200_000;
const papers = [
	{ name: "light", paper: "#fbf9f6", ink: "#201c17" },
	{ name: "dark", paper: "#191613", ink: "#f4f0ea" },
] as const;

/** As the survey's page draws it: text that can be read on any colour, an edge where the colour fades into the page. */
function Preview({ name, colour, logo }: { name: string; colour: string; logo: string | null }): ReactElement {
	const t = useWords("settings");
	return (
		<div className="two">
			{papers.map(({ name: paper, paper: ground, ink }) => {
				const edge = contrast(colour, ground) < 3 ? ink : colour;
				const button = { background: colour, color: readableOn(colour), border: `2px solid ${edge}` };
				return (
					<div key={paper} className={`brand-preview ${paper}`}>
						{logo ? <img src={logo} alt="" /> : <strong>{name || t("brand_nameless")}</strong>}
						<span>{t("preview_question", { brand: name || t("brand_nameless") })}</span>
						<div className="brand-preview-scores" aria-hidden="true">
							{[7, 8, 9, 10].map((score) => (
								<span key={score} style={score === 9 ? button : undefined}>
									{score}
								</span>
							))}
						</div>
						<span className="brand-preview-button" style={button}>
							{t("preview_send")}
						</span>
					</div>
				);
			})}
		</div>
	);
}

interface Props {
	brand: Brand | null;
	button: string;
	/** Another way on, beside the button. */
	beside?: ReactNode;
	onSaved: (brand: Brand) => void;
}

export function BrandForm(props: Props): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { brand } = props;
	const save = useSave(["/name", "/colour"]);
	const picking = useSave();
	const [name, setName] = useState(brand?.name ?? "");
	const [colour, setColour] = useState(brand?.colour ?? "#2f5d8a");
	const [logoNote, setLogoNote] = useState("");
	const picker = useId();
	const whole = colour.startsWith("#") ? colour : `#${colour}`;
	const fine = isColour(whole);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const body = { name: name.trim(), colour: whole };
		void save.run(async () => {
			const saved = brand ? await changeBrand({ brand: brand.id, body }) : await createBrand({ body });
			props.onSaved(saved);
			if (!brand) say(t("brand_made", { name: saved.name }));
		}, brand ? t("saved") : undefined);
	};
	const pick = (file: File | null) => {
		if (!file || !brand) return;
		if (file.size > LOGO_MAX) {
			setLogoNote(t("logo_large", { size: Math.ceil(file.size / 1000) }));
			return;
		}
		setLogoNote("");
		void picking.run(async () => props.onSaved(await setBrandLogo({ brand: brand.id, body: file })), t("saved"));
	};
	const take = () => {
		if (!brand?.logo) return;
		const { logo, id } = brand;
		void picking.run(async () => {
			const before = await (await fetch(logo)).blob();
			props.onSaved(await removeBrandLogo({ brand: id }));
			undoable(t("logo_removed"), async () => props.onSaved(await setBrandLogo({ brand: id, body: before })));
		});
	};
	return (
		<form className="fields wide" onSubmit={submit}>
			<div className="fields">
				<TextInput
					label={t("brand_name")}
					description={t("brand_name_more")}
					value={name}
					maxLength={120}
					required
					onChange={(event) => setName(event.currentTarget.value)}
					error={save.at("/name")}
				/>
				<div className="colour-field">
					<TextInput
						label={t("colour")}
						value={colour}
						maxLength={7}
						required
						spellCheck={false}
						onChange={(event) => setColour(event.currentTarget.value.trim())}
						error={save.at("/colour") ?? (fine ? undefined : t("colour_wrong"))}
					/>
					<input
						id={picker}
						type="color"
						aria-label={t("colour_pick")}
						value={fine ? whole : "#2f5d8a"}
						onChange={(event) => setColour(event.currentTarget.value)}
					/>
				</div>
				{brand && (
					<div>
						<Text size="sm" fw={500}>
							{t("logo")}
						</Text>
						<Text size="sm" c="dimmed">
							{t("logo_more")}
						</Text>
						<Group gap="xs" mt={6}>
							<FileButton onChange={pick} accept="image/png,image/jpeg,image/webp">
								{(own) => (
									<Button {...own} variant="default" loading={picking.busy}>
										{t(brand.logo ? "logo_other" : "logo_pick")}
									</Button>
								)}
							</FileButton>
							{brand.logo && (
								<Button variant="subtle" onClick={take}>
									{t("logo_remove")}
								</Button>
							)}
						</Group>
						{logoNote && (
							<Text size="sm" c="red" role="alert">
								{logoNote}
							</Text>
						)}
						{!logoNote && picking.error !== undefined && (
							<Box mt="xs">
								<Failure error={picking.error} />
							</Box>
						)}
					</div>
				)}
			</div>
			{fine && <Preview name={name} colour={whole} logo={brand?.logo ?? null} />}
			{fine && (
				<Text size="sm" c="dimmed">
					{t("contrast", { ratio: f.score(contrast(whole, readableOn(whole)), 1) })}
				</Text>
			)}
			{save.error !== undefined && <Failure error={save.error} />}
			<div className="setup-do">
				<Button type="submit" loading={save.busy} disabled={!fine}>
					{props.button}
				</Button>
				{props.beside}
			</div>
		</form>
	);
}
