/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/live.h"

#include <inttypes.h>

#include "account/reply_json.h"
#include "base/clock.h"
#include "db/change.h"
#include "feedback/response_extra.h"
#include "feedback/response_json.h"
#include "feedback/response_reading.h"
#include "feedback/scope.h"
#include "survey/definition.h"

/* More changes than this in one look are a rush, such as an import: its units have 500. */
#define EACH_MAX ((size_t)250)
/* While one lasts it is told every so often. */
#define RUSH_PAUSE (2 * CLOCK_SECOND)

bool log_place_parse(Str text, struct log_place *out, struct err *err)
{
	struct log_place place = { .seq = INT64_MAX };
	Str rest = text, rev;
	bool fine = str_cut(&rest, '.', &rev) && str_to_i64(rev, &place.rev) && place.rev >= 0;
	if (fine && rest.at)
		fine = str_to_i64(rest, &place.seq) && place.seq > 0;
	if (!fine)
		return err_set(err, ERR_INVALID, "this is no place in the stream of ours");
	*out = place;
	return true;
}

Str log_place_write(struct arena *a, const struct log_place *place)
{
	if (place->seq == INT64_MAX)
		return str_printf(a, "%" PRId64, place->rev);
	return str_printf(a, "%" PRId64 ".%" PRId64, place->rev, place->seq);
}

/* --- one event -------------------------------------------------------------------------------------- */

static struct json_writer *event_begin(struct live_feed *feed, struct request *rq, const char *name,
                                       struct buf *out)
{
	Str place = log_place_write(rq->arena, &feed->place);
	struct json_writer *w = ARENA_NEW(rq->arena, struct json_writer);
	buf_printf(out, "id: %.*s\nevent: %s\ndata: ", STR_FMT(place), name);
	json_put_start(w, out);
	json_put_dict(w);
	json_put_key_text(w, "place", place);
	return w;
}

static void event_end(struct live_feed *feed, struct json_writer *w, struct buf *out)
{
	json_put_dict_end(w);
	buf_add(out, STR("\n\n"));
	feed->live.events++;
}

static void event(struct live_feed *feed, struct request *rq, const char *name, struct buf *out)
{
	event_end(feed, event_begin(feed, rq, name, out), out);
}

/* --- answers ---------------------------------------------------------------------------------------- */

static bool is_about_answers(enum change_kind kind)
{
	return kind == CHANGE_RESPONSE || kind == CHANGE_RESPONSE_NEW;
}

static void put_score(struct json_writer *w, const struct response *r)
{
	bool scored = r && r->score != SCORE_NONE;
	json_put_key_i64_if(w, "score", scored, scored ? r->score : 0);
	json_put_key_text(w, "group",
	                  scored ? str_of(score_group_name(score_group_of(r->score))) : (Str){ 0 });
}

/* Viewers see figures: that a score came, but not who gave it and what was said. */
static bool sees_answers(const struct caller *caller)
{
	return !(caller->role & ~(unsigned)ROLES_ANSWERS);
}

static bool is_told(const struct caller *caller, enum change_kind kind)
{
	return is_about_answers(kind) || (kind == CHANGE_READING && sees_answers(caller));
}

enum found { FOUND, FOUND_GONE, FOUND_FOREIGN };

/* What was removed for good has nothing left that tells whether it lay in a team's scope. */
static bool find(struct request *rq, const struct team_scope *scope, int64_t id,
                 struct response *out, enum found *found, struct err *err)
{
	struct err why;
	bool mine = true;
	if (!response_find(rq->db, rq->arena, rq->caller.workspace, id, out, &why)) {
		*found = rq->caller.team_scope.at ? FOUND_FOREIGN : FOUND_GONE;
		if (why.kind != ERR_NOT_FOUND)
			*err = why;
		return why.kind == ERR_NOT_FOUND;
	}
	if (!scope_takes(scope, rq->arena, out, &mine, err))
		return false;
	*found = !mine ? FOUND_FOREIGN : out->state == RESPONSE_DELETED ? FOUND_GONE : FOUND;
	return true;
}

/* What changed again in the same look is told where it changed first, and as it is now. */
static bool was_told(const struct change *all, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (all[k].id == all[i].id &&
		    is_about_answers(all[k].kind) == is_about_answers(all[i].kind) &&
		    (is_about_answers(all[k].kind) || all[k].kind == CHANGE_READING))
			return true;
	return false;
}

/* What is told in one look. The answers stand together, as what belongs to them is read at once. */
struct telling {
	const struct change *change[EACH_MAX];
	bool gone[EACH_MAX];
	size_t count;
	struct response answers[EACH_MAX]; /* of those that are not gone, in order */
	size_t answer_count;
	struct response_extra *extras;
	struct response_reading *readings;
	struct sight sight;
};

static bool collect(struct request *rq, const struct change *all, size_t count, struct telling *out,
                    struct err *err)
{
	struct team_scope scope;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !sight_of(rq, &out->sight, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		enum found found;
		if (!is_told(&rq->caller, all[i].kind) || was_told(all, i))
			continue;
		if (!find(rq, &scope, all[i].id, &out->answers[out->answer_count], &found, err))
			return false;
		if (found == FOUND_FOREIGN ||
		    (found == FOUND_GONE && all[i].kind == CHANGE_READING))
			continue;
		out->answer_count += found == FOUND;
		out->gone[out->count] = found == FOUND_GONE;
		out->change[out->count++] = &all[i];
	}
	return !sees_answers(&rq->caller) ||
	       (response_readings(rq->db, rq->arena, rq->caller.workspace, out->answers,
	                          out->answer_count, &out->readings, err) &&
	        response_extras(rq->db, rq->arena, rq->caller.workspace, out->answers,
	                        out->answer_count, rq->caller.sees_names, &out->extras, err));
}

static void put_answer(struct json_writer *w, struct request *rq, const struct response *r,
                       const struct response_extra *extra, const struct sight *sight)
{
	json_put_key(w, STR("answer"));
	if (!r || !extra) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	response_put(w, rq->arena, r, sight);
	response_extra_put(w, extra);
	json_put_dict_end(w);
}

static void tell(struct live_feed *feed, struct request *rq, const struct change *change,
                 const struct response *r, const struct response_extra *extra,
                 const struct sight *sight, struct buf *out)
{
	const char *what = !r ? "gone" : change->kind == CHANGE_RESPONSE_NEW ? "new" : "changed";
	feed->place = (struct log_place){ change->rev, change->seq };
	struct json_writer *w = event_begin(feed, rq, "answer", out);
	json_put_key_id(w, "id", change->id);
	json_put_key_text(w, "what", str_of(what));
	json_put_key_id(w, "survey_id", r ? r->survey_id : 0);
	put_score(w, r);
	put_answer(w, rq, r, extra, sight);
	event_end(feed, w, out);
}

static void tell_reading(struct live_feed *feed, struct request *rq, const struct change *change,
                         const struct telling *t, struct buf *out)
{
	size_t at = 0;
	while (t->answers[at].id !=
	       change->id) /* it may stand there for a change of its own, too */
		at++;
	feed->place = (struct log_place){ change->rev, change->seq };
	struct json_writer *w = event_begin(feed, rq, "reading", out);
	json_put_key_id(w, "id", change->id);
	response_reading_put(w, rq->arena, t->readings, at, &t->sight);
	event_end(feed, w, out);
}

static bool tell_each(struct live_feed *feed, struct request *rq, const struct change *all,
                      size_t count, struct buf *out, struct err *err)
{
	struct telling *t = ARENA_NEW(rq->arena, struct telling);
	size_t at = 0;
	if (!collect(rq, all, count, t, err))
		return false;
	for (size_t i = 0; i < t->count; i++) {
		const struct response *r = t->gone[i] ? NULL : &t->answers[at];
		const struct response_extra *extra = r && t->extras ? &t->extras[at] : NULL;
		if (t->change[i]->kind == CHANGE_READING)
			tell_reading(feed, rq, t->change[i], t, out);
		else
			tell(feed, rq, t->change[i], r, extra, &t->sight, out);
		at += r != NULL;
	}
	if (count > 0)
		feed->place = (struct log_place){ all[count - 1].rev, all[count - 1].seq };
	return true;
}

/* --- a look ----------------------------------------------------------------------------------------- */

/* Places of a database that was restored since, and such as were pruned past. */
static bool is_beyond(const struct log_place *place, int64_t head, int64_t oldest)
{
	int64_t next = place->seq == INT64_MAX ? place->rev + 1 : place->rev;
	return place->rev > head || (oldest ? next < oldest : next <= head);
}

static bool begin(struct live_feed *feed, struct request *rq, int64_t head, struct buf *out,
                  struct err *err)
{
	int64_t oldest;
	feed->begun = true;
	if (!change_oldest(rq->db, rq->caller.workspace, &oldest, err))
		return false;
	bool lost = feed->resumes && is_beyond(&feed->place, head, oldest);
	if (!feed->resumes || lost)
		feed->place = (struct log_place){ head, INT64_MAX };
	event(feed, rq, lost ? "reload" : "here", out);
	return true;
}

bool live_feed_next(struct live_feed *feed, struct request *rq, struct buf *out, struct err *err)
{
	struct change *all = ARENA_ARRAY(rq->arena, struct change, EACH_MAX + 1);
	int64_t head, workspace = rq->caller.workspace;
	size_t count;
	if (!change_rev(rq->db, workspace, &head, err) ||
	    (!feed->begun && !begin(feed, rq, head, out, err)))
		return false;
	if (feed->place.rev >= head && feed->place.seq == INT64_MAX)
		return true;
	if (!change_read(rq->db, workspace, feed->place.rev, feed->place.seq, all, EACH_MAX + 1,
	                 &count, err))
		return false;
	bool rush = count > EACH_MAX;
	feed->live.pause_us = rush ? RUSH_PAUSE : 0;
	if (!rush)
		return tell_each(feed, rq, all, count, out, err);
	if (head > feed->place.rev)
		feed->place = (struct log_place){ head, INT64_MAX };
	event(feed, rq, "many", out);
	return true;
}
