// web/dashboard/screens/settings_brands.tsx - the brands that surveys ask about.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { type Brand, listBrands } from "../api.ts";
import { BrandForm } from "../settings/brand_form.tsx";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

export default function BrandsScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload, put } = useLoad((signal) => listBrands({}, { signal }), []);
	const [adding, setAdding] = useState(false);
	const saved = (brand: Brand) => {
		const others = (value?.brands ?? []).filter((one) => one.id !== brand.id);
		put({ brands: [...others, brand].sort((a, b) => a.name.localeCompare(b.name)) });
		setAdding(false);
	};
	const add = (
		<Button variant="default" onClick={() => setAdding(true)} disabled={adding}>
			{t("brand_add")}
		</Button>
	);
	return (
		<SettingsPage title={t("page_brands")} text={t("brands_intro")} actions={add}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading />}
			{adding && (
				<Part title={t("brand_new")}>
					<BrandForm brand={null} button={t("brand_add")} onSaved={saved} />
				</Part>
			)}
			{value?.brands.map((brand) => (
				<Part key={brand.id} title={brand.name}>
					<BrandForm brand={brand} button={t("save")} onSaved={saved} />
				</Part>
			))}
		</SettingsPage>
	);
}
