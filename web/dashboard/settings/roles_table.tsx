// web/dashboard/settings/roles_table.tsx - who may what, as a plain table.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { Role } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

export const roles: Role[] = ["owner", "admin", "analyst", "agent", "viewer"];

/** How much of each thing a role may: all, part, or none of it; what part means is said in words. */
const may = [
	["figures", "yes", "yes", "yes", "yes", "yes"],
	["answers", "yes", "yes", "yes", "yes", "no"],
	["names", "yes", "yes", "allowed", "normally", "no"],
	["work", "yes", "yes", "yes", "yes", "no"],
	["surveys", "yes", "yes", "yes", "no", "no"],
	["share", "yes", "yes", "yes", "yes", "no"],
	["exports", "yes", "yes", "yes", "no", "no"],
	["people", "yes", "not_owners", "no", "no", "no"],
	["settings", "yes", "yes", "no", "no", "no"],
] as const;

type May = (typeof may)[number];

/** For a phone: each thing with who may do it, those who may alike together. */
function RolesList(): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const alike = ([, ...who]: May) => [...new Set(who)].map((how) => ({ how, roles: roles.filter((_, i) => who[i] === how) }));
	return (
		<ul className="roles-list" aria-label={t("roles")}>
			{may.map((row) => (
				<li key={row[0]}>
					<strong>{t(`may_${row[0]}`)}</strong>
					<dl>
						{alike(row).map(({ how, roles: who }) => (
							<div key={how}>
								<dt>{t(`how_${how}`)}</dt>
								<dd>{f.list(who.map((role) => t(`role_${role}`)))}</dd>
							</div>
						))}
					</dl>
				</li>
			))}
		</ul>
	);
}

export function RolesTable(): ReactElement {
	return (
		<>
			<RolesGrid />
			<RolesList />
		</>
	);
}

function RolesGrid(): ReactElement {
	const t = useWords("settings");
	return (
		<div className="scroll-x roles-grid" tabIndex={0} role="region" aria-label={t("roles")}>
			<table className="plain-table">
				<thead>
					<tr>
						<td />
						{roles.map((role) => (
							<th key={role} scope="col">
								{t(`role_${role}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{may.map(([what, ...who]) => (
						<tr key={what}>
							<th scope="row">{t(`may_${what}`)}</th>
							{who.map((how, i) => (
								<td key={roles[i]}>{t(`how_${how}`)}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
