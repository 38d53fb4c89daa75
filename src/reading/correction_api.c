/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/correction_api.h"

#include "account/reply_json.h"
#include "db/id.h"
#include "feedback/scope.h"
#include "reading/correction.h"
#include "text/sentiment.h"

static void put_correction(struct json_writer *w, const struct reading_correction *c)
{
	bool of_sentiment = c->kind == CORRECT_SENTIMENT;
	json_put_dict(w);
	json_put_key_id(w, "id", c->id);
	json_put_key_text(w, "kind", reading_correction_name(c->kind));
	json_put_key_id(w, "theme_id", c->theme);
	json_put_key_text(w, "sentiment",
	                  of_sentiment ? sentiment_word((enum sentiment_label)c->value)
	                               : (Str){ 0 });
	json_put_key(w, STR("polarity"));
	if (of_sentiment || c->kind == CORRECT_THEME_REMOVED)
		json_put_null(w);
	else
		json_put_i64(w, c->value);
	json_put_key_text(w, "author", c->author);
	json_put_key_time(w, "at", c->at);
	json_put_key_time(w, "undone_at", c->undone_at);
	json_put_dict_end(w);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct reading_correction *all;
	size_t count;
	int64_t id;
	if (!request_param_id(rq, "response", &id, err) ||
	    !scope_check_response(rq->db, rq->arena, &rq->caller, id, err) ||
	    !reading_corrections(rq->db, rq->arena, rq->caller.workspace, id, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("corrections"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_correction(w, &all[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool begin(struct request *rq, struct correction_make **out, struct err *err)
{
	struct correction_make *in = ARENA_NEW(rq->arena, struct correction_make);
	rq->input = in;
	in->caller = &rq->caller;
	in->arena = rq->arena;
	*out = in;
	return request_param_id(rq, "response", &in->correction.response, err);
}

static bool kind_read(JsonRef ref, enum reading_correction_kind *out, struct err *err)
{
	Str name;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	for (int k = CORRECT_SENTIMENT; k <= CORRECT_THEME_POLARITY; k++) {
		*out = (enum reading_correction_kind)k;
		if (str_eq(name, reading_correction_name(*out)))
			return true;
	}
	return err_at(err, ERR_INVALID, ref.path,
	              "must be sentiment, theme-added, theme-removed or theme-polarity");
}

static bool label_read(JsonRef ref, int *out, struct err *err)
{
	enum sentiment_label label;
	if (!sentiment_label_read(ref, &label, err))
		return false;
	*out = (int)label;
	return true;
}

static bool polarity_read(JsonRef ref, int *out, struct err *err)
{
	int64_t polarity;
	if (!json_read_i64(ref, -1, 1, &polarity, err))
		return false;
	*out = (int)polarity;
	return true;
}

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "kind", "theme_id", "sentiment", "polarity", NULL };
	struct correction_make *in;
	JsonRef body;
	if (!begin(rq, &in, err) || !json_read(rq->arena, rq->body, &body, err) ||
	    !json_read_only(body, names, err) ||
	    !kind_read(json_read_member(body, "kind"), &in->correction.kind, err))
		return false;
	if (in->correction.kind == CORRECT_SENTIMENT)
		return label_read(json_read_member(body, "sentiment"), &in->correction.value, err);
	return id_read(json_read_member(body, "theme_id"), "must be the id of a theme",
	               &in->correction.theme, err) &&
	       (in->correction.kind == CORRECT_THEME_REMOVED ||
	        polarity_read(json_read_member(body, "polarity"), &in->correction.value, err));
}

static bool reply(struct request *rq, struct reply *rp, int status, struct err *err)
{
	const struct correction_make *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_correction(w, &in->correction);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply(rq, rp, 201, err);
}

static bool undo_prepare(struct request *rq, struct err *err)
{
	struct correction_make *in;
	return begin(rq, &in, err) && request_param_id(rq, "correction", &in->correction.id, err);
}

static bool undo_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply(rq, rp, 200, err);
}

const struct route correction_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/responses/{response}/corrections",
	  .operation = "listCorrections",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/responses/{response}/corrections",
	  .operation = "correctReading",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = 4096,
	  .prepare = post_prepare,
	  .apply = reading_correct,
	  .reply = post_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/responses/{response}/corrections/{correction}",
	  .operation = "undoCorrection",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .prepare = undo_prepare,
	  .apply = reading_correction_undo,
	  .reply = undo_reply },
};
const size_t correction_route_count = sizeof correction_routes / sizeof correction_routes[0];
