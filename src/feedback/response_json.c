/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_json.h"

#include "people/personal.h"
#include "survey/definition.h"

/* What is the same of an answer and of what it was before. */
struct values {
	enum response_state state;
	Str reason;
	int score;
	Str comment, answers;
};

static void put_values(struct json_writer *w, struct arena *a, const struct values *v,
                       const struct sight *sight)
{
	int score = v->score;
	json_put_key_text(w, "state", str_of(response_state_name(v->state)));
	json_put_key_text(w, "state_reason", v->reason);
	json_put_key_i64_if(w, "score", score != SCORE_NONE, score);
	json_put_key_text(w, "group",
	                  score == SCORE_NONE ? (Str){ 0 }
	                                      : str_of(score_group_name(score_group_of(score))));
	json_put_key_text(w, "comment", sight_text(sight, a, v->comment));
	json_put_key(w, STR("answers"));
	json_put_raw(w, v->answers);
}

static void put_told(struct json_writer *w, struct arena *a, const struct transcript_told *told,
                     const struct sight *sight)
{
	json_put_key(w, STR("transcript"));
	if (told->wish == TRANSCRIPT_DETECT)
		json_put_null(w);
	else
		json_put_bool(w, told->wish == TRANSCRIPT_YES);
	json_put_key_text(w, "customer_labels", sight_text(sight, a, told->customer));
}

static void put_turn(struct json_writer *w, Str shown, const struct mask_span *label,
                     const struct mask_span *words, bool customer)
{
	json_put_dict(w);
	json_put_key_text(w, "label", str_slice(shown, label->from, label->len));
	json_put_key_i64(w, "from", (int64_t)words->from);
	json_put_key_i64(w, "length", (int64_t)words->len);
	json_put_key_bool(w, "customer", customer);
	json_put_dict_end(w);
}

static void put_each_turn(struct json_writer *w, struct arena *a, Str comment,
                          const struct transcript *t, const struct sight *sight)
{
	struct mask_span *labels = ARENA_ARRAY(a, struct mask_span, t->turns),
			 *words = ARENA_ARRAY(a, struct mask_span, t->turns);
	for (size_t i = 0; i < t->turns; i++) {
		labels[i] = (struct mask_span){ t->turn[i].label, t->turn[i].label_len };
		words[i] = (struct mask_span){ t->turn[i].from, t->turn[i].len };
	}
	sight_text_keeping(sight, a, comment, labels, t->turns);
	Str shown = sight_text_keeping(sight, a, comment, words, t->turns);
	for (size_t i = 0; i < t->turns; i++)
		put_turn(w, shown, &labels[i], &words[i], t->turn[i].customer);
}

/* Who spoke in a comment that is a transcript, told or found, and which turns count. Places are those of what is shown of it. */
static void put_turns(struct json_writer *w, struct arena *a, const struct response *r,
                      const struct sight *sight)
{
	struct transcript t;
	json_put_key(w, STR("turns"));
	json_put_list(w);
	transcript_read(a, r->comment, &r->told, &t);
	if (t.turns > 0)
		put_each_turn(w, a, r->comment, &t, sight);
	json_put_list_end(w);
}

void response_put(struct json_writer *w, struct arena *a, const struct response *r,
                  const struct sight *sight)
{
	json_put_key_id(w, "id", r->id);
	json_put_key_id(w, "survey_id", r->survey_id);
	json_put_key_i64(w, "version", r->version);
	put_values(w, a,
	           &(struct values){ r->state, r->state_reason, r->score, r->comment, r->answers },
	           sight);
	put_told(w, a, &r->told, sight);
	put_turns(w, a, r, sight);
	json_put_key_id(w, "person_id", sight->names ? r->person_id : 0);
	json_put_key_id(w, "account_id", r->account_id);
	json_put_key_id(w, "link_id", r->invitation_id);
	json_put_key_id(w, "import_id", r->import_id);
	json_put_key_text(w, "language", r->language);
	json_put_key_text(w, "channel", r->channel);
	json_put_key_text(w, "source", r->source);
	json_put_key(w, STR("properties"));
	json_put_raw(w, personal_shown(a, r->properties, sight->names));
	json_put_key_time(w, "created_at", r->created_at);
	json_put_key_time(w, "updated_at", r->updated_at);
	json_put_key_time(w, "submitted_at", r->submitted_at);
	json_put_key_time(w, "first_scored_at", r->first_scored_at);
	json_put_key_time(w, "completed_at", r->completed_at);
	json_put_key_bool(w, "time_clamped", r->time_clamped);
	json_put_key_i64(w, "edits", r->edits);
	json_put_key_bool(w, "starred", r->starred);
	json_put_key_time(w, "deleted_at", r->deleted_at);
}

void response_put_past(struct json_writer *w, struct arena *a, const struct response_past *all,
                       size_t count, const struct sight *sight)
{
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_i64(w, "seq", all[i].seq);
		json_put_key_time(w, "replaced_at", all[i].at);
		json_put_key_text(w, "actor", all[i].actor);
		put_values(w, a,
		           &(struct values){ all[i].state, all[i].state_reason, all[i].score,
		                             all[i].comment, all[i].answers },
		           sight);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}
