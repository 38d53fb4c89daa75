// web/dashboard/why/drivers.tsx - which further ratings go with the score: points for one step more, each with its range.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { type Drivers as Answer, getDrivers } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { endsOf, Range, type Scored } from "../insight/range.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

type Rating = Answer["ratings"][number];

/** As a figure, for the picture of a range. */
function figureOf(rating: Rating): Scored {
	const { driver, answered } = rating;
	if (!driver) return { nps: null, interval: null, responses: answered, rough: true };
	return { nps: driver.effect, interval: driver.effect_interval as [number, number], responses: answered, rough: !driver.stands };
}

function Rows({ value }: { value: Answer }): ReactElement {
	const t = useWords("why");
	const insight = useWords("insight");
	const f = useFormat();
	const ends = endsOf(value.ratings.map(figureOf));
	return (
		<ul className="why-drivers">
			{value.ratings.map((rating) => (
				<li key={rating.key}>
					<span className="why-question">{rating.text}</span>
					<Range figure={figureOf(rating)} ends={ends} real={rating.driver?.stands} />
					<span className="why-effect">
						{rating.driver && <strong>{t("driver_points", { points: f.change(Math.round(rating.driver.effect)) })}</strong>}{" "}
						<span className="quiet">
							{insight("n", { n: rating.answered })}
							{rating.driver && !rating.driver.stands && ` · ${t("driver_chance")}`}
						</span>
					</span>
				</li>
			))}
		</ul>
	);
}

/** `name` is the part's. */
export function Drivers({ part, name, filter }: { part: string; name: string; filter: Filter }): ReactElement {
	const t = useWords("why");
	const f = useFormat();
	const { value, error, reload } = useLoad((signal) => getDrivers({ ...filter.figures, part }, { signal }), [filter.key, part]);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value) return <Loading rows={4} />;
	if (value.ratings.length === 0)
		return (
			<Empty title={t("drivers_none")} text={t("drivers_none_more")}>
				<Button component={Link} href="/surveys" variant="light">
					{t("drivers_add")}
				</Button>
			</Empty>
		);
	const top = value.ratings.find((rating) => rating.driver?.stands);
	const told = value.ratings.some((rating) => rating.driver);
	return (
		<Framed
			title={t("drivers")}
			says={
				!told
					? t("drivers_few", { n: value.used })
					: top?.driver
						? t("drivers_says", { name: top.text, points: f.change(Math.round(top.driver.effect)), n: value.used })
						: t("drivers_no", { n: value.used })
			}
			name="goes-with-the-score"
			head={[t("col_rating"), t("col_step"), t("col_said_low"), t("col_said_high"), t("col_alone"), t("col_dominance"), t("col_n_now")]}
			rows={value.ratings.map(({ text, driver, answered }) => [
				text,
				driver?.effect ?? null,
				driver?.effect_interval[0] ?? null,
				driver?.effect_interval[1] ?? null,
				driver?.alone ?? null,
				driver ? driver.dominance * 100 : null,
				answered,
			])}
			actions={
				<Definition
					title={t("drivers")}
					filter={filter}
					defined={{
						figure: value.figure,
						left_out: value.left_out,
						parts: [name],
						as_of: value.as_of,
						query_us: value.query_us,
						counts: t("drivers_counts"),
						method: t("drivers_method"),
						more: [t("drivers_used", { used: value.used, n: value.looked_into, all: value.answers })],
					}}
				/>
			}
		>
			{told && <Rows value={value} />}
			{value.looked_into < value.answers && (
				<Text size="sm" mt="xs">
					{t("drivers_newest", { n: value.looked_into, all: value.answers })}
				</Text>
			)}
			<Text size="sm" c="dimmed" mt="xs">
				{t("drivers_no_cause")}
			</Text>
			<HowWeKnow>
				<p>{t("how_drivers", { r2: f.percent(value.r2), used: value.used, n: value.looked_into })}</p>
			</HowWeKnow>
		</Framed>
	);
}
