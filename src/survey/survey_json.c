/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_json.h"

#include "survey/survey_api.h"

static void put_limits(struct json_writer *w, const struct survey *s)
{
	json_put_key_time(w, "opens_at", s->opens_at);
	json_put_key_time(w, "closes_at", s->closes_at);
	json_put_key_i64_if(w, "max_answers", s->max_answers != 0, s->max_answers);
	json_put_key_i64_if(w, "taken", s->max_answers && s->taken, s->taken);
}

void survey_json_put(const struct request *rq, struct json_writer *w, const struct survey *s)
{
	const struct survey_room *room = rq->room;
	json_put_key_id(w, "id", s->id);
	json_put_key_text(w, "slug", s->slug);
	json_put_key_text(w, "url",
	                  str_printf(rq->arena, "%s/s/%.*s", room->public_url,
	                             STR_FMT(s->public_slug)));
	json_put_key_text(w, "name", s->name);
	json_put_key_id(w, "brand_id", s->brand_id);
	json_put_key_text(w, "brand", s->brand);
	json_put_key_text(w, "kind", str_of(survey_kind_name(s->kind)));
	json_put_key_text(w, "touchpoint", s->touchpoint);
	json_put_key_text(w, "state", str_of(survey_state_name(s->state)));
	json_put_key_text(w, "door", str_of(survey_door_name(survey_door(s, rq->now))));
	json_put_key_i64(w, "version", s->version);
	json_put_key_i64(w, "revision", s->revision);
	json_put_key_bool(w, "has_draft", s->draft_revision != 0);
	put_limits(w, s);
	json_put_key_time(w, "archived_at", s->archived_at);
	json_put_key_time(w, "deleted_at", s->deleted_at);
	json_put_key_time(w, "created_at", s->created_at);
	json_put_key_time(w, "updated_at", s->updated_at);
}
