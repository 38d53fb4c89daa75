/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "question.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/zone.h"
#include "feedback/response.h"
#include "draw.h"
#include "history.h"
#include "scene.h"

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

struct question question_of_history(struct history *h)
{
	size_t count = h->answer_count;
	int64_t *ids = ARENA_ARRAY(&h->arena, int64_t, count + 1);
	if (count)
		memcpy(ids, h->answers, count * sizeof(*ids));
	qsort(ids, count, sizeof(*ids), by_id);
	return (struct question){ .random = history_draw(h, UINT64_MAX),
		                  .ids = ids,
		                  .id_count = count,
		                  .imports = h->imports,
		                  .import_count = h->import_count,
		                  .surveys = &h->g->survey.id,
		                  .survey_count = 1 };
}

struct question question_of_scene(struct scene *s)
{
	int64_t *ids = ARENA_ARRAY(&s->g.arena, int64_t, s->count);
	int64_t *surveys = ARENA_ARRAY(&s->g.arena, int64_t, SCENE_SURVEYS);
	for (size_t i = 0; i < s->count; i++)
		ids[i] = s->answers[i].r.id;
	for (int i = 0; i < SCENE_SURVEYS; i++)
		surveys[i] = s->surveys[i].id;
	return (struct question){ .random = scene_random(s),
		                  .ids = ids,
		                  .id_count = s->count,
		                  .surveys = surveys,
		                  .survey_count = SCENE_SURVEYS };
}

static size_t below(struct question *q, size_t count)
{
	return (size_t)(draw_next(&q->random) % count);
}

static bool one_in(struct question *q, size_t count)
{
	return below(q, count) == 0;
}

static const char *pick(struct question *q, const char *const *all)
{
	size_t count = 0;
	while (all[count])
		count++;
	return all[below(q, count)];
}
#define PICK(q, ...) pick((q), (const char *const[]){ __VA_ARGS__, NULL })

static void set(struct question *q, const char *name, const char *value)
{
	bool known;
	struct err err;
	MUST(
	    filter_set(&q->filter, q->arena, str_of(name), str_of(value), q->q.zone, &known, &err));
}

static void set_some(struct question *q, const char *name, const char *const *values)
{
	for (size_t i = 1 + below(q, 3); i > 0; i--)
		set(q, name, pick(q, values));
}
#define SET_SOME(q, name, ...) set_some((q), (name), (const char *const[]){ __VA_ARGS__, NULL })

static const char *some_day(struct question *q)
{
	char text[16];
	calendar_write_day(GROUND_NOW / CLOCK_DAY - (int64_t)below(q, one_in(q, 2) ? 30 : 700),
	                   text);
	return str_copy_c(q->arena, str_of(text));
}

static void draw_columns(struct question *q)
{
	if (one_in(q, 6))
		SET_SOME(q, "channel", "web", "link", "api", "import", "", "none of it");
	if (one_in(q, 6))
		SET_SOME(q, "language", "pt", "en", "pt-BR", "de", "xx");
	if (one_in(q, 8))
		SET_SOME(q, "source", "page", "api", "file.csv", "s3", "s4", "old.csv");
	if (one_in(q, 5))
		SET_SOME(q, "property.plan", "pro", "free", "caf\u00e9");
	if (one_in(q, 8))
		SET_SOME(q, "property.city", "Berlin", "", "c1", "c7", "c20", "c100");
	if (one_in(q, 12))
		SET_SOME(q, "property.seats", "12", "2.5", "3", "none");
	if (one_in(q, 25))
		set(q, "property.nobody_has_it", "1");
}

static void draw_rows(struct question *q)
{
	if (one_in(q, 8))
		SET_SOME(q, "tag", "late", "Refund", "praise", "vip", "bug", "nothing");
	if (one_in(q, 8))
		SET_SOME(q, "theme", "price", "support", "app", "never", "none");
	if (one_in(q, 8))
		SET_SOME(q, "sentiment", "negative", "neutral", "positive", "mixed", "nothing",
		         "not_analysed");
	if (one_in(q, 10))
		SET_SOME(q, "q", "late", "O", "because", "nobody said this");
	if (one_in(q, 10))
		set(q, "has_comment", PICK(q, "true", "false"));
	if (one_in(q, 10))
		set(q, "starred", "true");
	if (one_in(q, 8))
		SET_SOME(q, "import", "any", "none");
	if (one_in(q, 12) && q->import_count)
		set(q, "import",
		    str_copy_c(q->arena, str_printf(q->arena, "%" PRId64,
		                                    q->imports[below(q, q->import_count)])));
}

static void draw_choices(struct question *q)
{
	if (one_in(q, 5))
		set(q, "from", some_day(q));
	if (one_in(q, 5))
		set(q, "to", some_day(q));
	if (one_in(q, 10))
		SET_SOME(q, "group", "detractors", "promoters", "passives");
	if (one_in(q, 10))
		SET_SOME(q, "score", "9", "0-4", "7-10");
	if (one_in(q, 12))
		SET_SOME(q, "state", "complete", "partial", "test", "deleted");
	if (one_in(q, 15))
		set(q, "counted", "true");
	if (one_in(q, 10))
		set(q, "kind", PICK(q, "relationship", "transactional"));
}

static void draw_scope(struct question *q)
{
	q->scope = (struct team_scope){ 0 };
	if (one_in(q, 6)) {
		q->scope.property_count = 1;
		q->scope.properties[0].name = STR("plan");
		q->scope.properties[0].values = ARENA_ARRAY(q->arena, Str, 2);
		q->scope.properties[0].values[0] = STR("pro");
		q->scope.properties[0].values[1] = STR("free");
		q->scope.properties[0].count = 1 + below(q, 2);
	}
	if (one_in(q, 6)) {
		q->scope.names_surveys = true;
		q->scope.surveys = ARENA_ARRAY(q->arena, int64_t, q->survey_count + 1);
		for (size_t i = 0; i < q->survey_count; i++)
			if (one_in(q, 2))
				q->scope.surveys[q->scope.survey_count++] = q->surveys[i];
	}
}

static struct dim some_dim(struct question *q)
{
	static const enum dim_kind kinds[] = {
		DIM_NONE,     DIM_PART,         DIM_SURVEY,   DIM_WORDING, DIM_TIME,
		DIM_TIME,     DIM_CHANNEL,      DIM_LANGUAGE, DIM_SOURCE,  DIM_TAG,
		DIM_GROUP,    DIM_PROPERTY,     DIM_TRAIT,    DIM_TENURE,  DIM_ACCOUNT,
		DIM_PROPERTY, DIM_ACCOUNT_SIZE, DIM_THEME,    DIM_THEME,   DIM_SENTIMENT
	};
	struct dim dim = { .kind = kinds[below(q, sizeof kinds / sizeof kinds[0])] };
	dim.saying = (enum theme_saying)below(q, THEME_SAYINGS);
	dim.unit = (enum period_unit)(PERIOD_DAY + below(q, 4));
	dim.name =
	    str_of(PICK(q, "plan", "city", "seats", "first_name", "contact", "nobody_has_it"));
	return dim;
}

static void draw_ids(struct question *q)
{
	int64_t *ids = ARENA_ARRAY(q->arena, int64_t, q->id_count + 1);
	if (!one_in(q, 10))
		return;
	for (size_t i = 0; i < q->id_count; i++)
		if (one_in(q, 2))
			ids[q->q.id_count++] = q->ids[i];
	q->q.ids = ids;
}

static const struct zone *some_zone(struct question *q)
{
	const struct zone *zone;
	struct err err;
	MUST(zone_load(q->arena,
	               str_of(PICK(q, "UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia",
	                           "Asia/Kolkata")),
	               &zone, &err));
	return zone;
}

void question_draw(struct question *q)
{
	q->filter = (struct answer_filter){ 0 };
	q->q = (struct cell_question){ .scope = &q->scope,
		                       .filter = &q->filter,
		                       .zone = some_zone(q),
		                       .week_start = (int)below(q, 7),
		                       .hides_names = one_in(q, 4),
		                       .wants_clusters = !one_in(q, 4) };
	q->q.wants_across = one_in(q, 3);
	q->q.vote = one_in(q, 5) ? (enum vote)below(q, 3) : VOTE_ANSWER;
	draw_scope(q);
	draw_columns(q);
	draw_rows(q);
	draw_choices(q);
	draw_ids(q);
	q->q.dims[0] = some_dim(q);
	q->q.dims[1] = one_in(q, 2) ? (struct dim){ 0 } : some_dim(q);
	if (one_in(q, 3)) {
		q->q.before_from = GROUND_NOW - (int64_t)below(q, 700) * CLOCK_DAY + 1;
		q->q.before_before = q->q.before_from + (int64_t)below(q, 300) * CLOCK_DAY;
	}
}

Str question_text(const struct question *q)
{
	struct buf *filter = buf_in(q->arena, 8192);
	filter_write(&q->filter, filter);
	return str_printf(
	    q->arena,
	    "dims %d.%d \"%.*s\" and %d.%d \"%.*s\", vote %d, clusters %d, across %d, "
	    "names hidden %d, ids %zu, before %d, scope %zu %d, week %d: %.*s",
	    (int)q->q.dims[0].kind, (int)q->q.dims[0].unit, STR_FMT(q->q.dims[0].name),
	    (int)q->q.dims[1].kind, (int)q->q.dims[1].unit, STR_FMT(q->q.dims[1].name),
	    (int)q->q.vote, q->q.wants_clusters, q->q.wants_across, q->q.hides_names, q->q.id_count,
	    q->q.before_before > q->q.before_from, q->scope.property_count, q->scope.names_surveys,
	    q->q.week_start, STR_FMT(buf_str(filter)));
}
