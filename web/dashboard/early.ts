// web/dashboard/early.ts - asks for what the overview shows while its code is still on its way: on a phone that is a second.
//
// A small script of its own. ask.ts takes the replies; what nobody takes (the screen asked for something else) is lost.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Me } from "./api.ts";
import { askEarly } from "./ask.ts";
import { dayFormat, spanOf } from "./filter/period.ts";

const text = document.getElementById("app")?.dataset.me;
const me = text ? (JSON.parse(text) as Me) : null;
if (me && "user" in me && location.search === "" && !me.profile.must_set_up_two_step) {
	const span = spanOf("12m", dayFormat(me.workspace.time_zone).format(Date.now()));
	askEarly("/api/v1/insights/nps", { ...span, series: "month", compare: "previous" });
	askEarly("/api/v1/surveys", {});
	if (me.role !== "viewer") askEarly("/api/v1/responses", { ...span, limit: 12 });
	askEarly("/api/v1/trend-notes", {});
}
