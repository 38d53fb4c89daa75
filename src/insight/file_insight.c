/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/file_insight.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/zone.h"
#include "feedback/import_own.h"
#include "feedback/import_row.h"
#include "feedback/import_source.h"
#include "insight/tally.h"

#define PARTS_MAX 200

/* A file while it is counted: by day, as the step that suits is known only at its end. */
struct counting {
	const struct import_plan *plan;
	const struct zone *zone;
	struct arena *arena; /* of the answer */
	struct arena row;
	struct calendar days;
	struct insight_part parts[PARTS_MAX];
	struct tally tallies[PARTS_MAX];
	size_t part_count;
	struct file_insight *out;
};

/* An id for a text, never 0. */
static int64_t id_of(struct arena *a, const char *kind, Str value)
{
	unsigned char hash[HASH_SIZE];
	int64_t id;
	hash_sha256(str_printf(a, "%s %.*s", kind, STR_FMT(value)), hash);
	memcpy(&id, hash, sizeof(id));
	return (id & INT64_C(0x3fffffffffffffff)) | 1;
}

static int64_t person_of(struct arena *a, const struct person_ref *who)
{
	if (who->external_id.value.at)
		return id_of(a, "external_id", who->external_id.value);
	if (who->email.value.at)
		return id_of(a, "email", who->email.value);
	return who->phone.value.at ? id_of(a, "phone", who->phone.value) : 0;
}

static int64_t account_of(struct arena *a, const struct person_ref *who)
{
	return who->account.at ? id_of(a, "account", who->account) : 0;
}

/* The tally for answers of this kind, brand and touchpoint. */
static bool tally_of(struct counting *c, enum survey_kind kind, Str brand, Str touchpoint,
                     struct tally **out, struct err *err)
{
	for (size_t i = 0; i < c->part_count; i++) {
		const struct insight_part *part = &c->parts[i];
		if (part->kind == kind && str_eq(part->brand, brand) &&
		    str_eq(part->touchpoint_code, touchpoint)) {
			*out = &c->tallies[i];
			return true;
		}
	}
	if (c->part_count == PARTS_MAX)
		return err_set(err, ERR_TOO_LARGE,
		               "The file has more than %d kinds, brands and touchpoints",
		               PARTS_MAX);
	c->parts[c->part_count] = (struct insight_part){
		.kind = kind,
		.brand = str_copy(c->arena, brand),
		.touchpoint_code = str_copy(c->arena, touchpoint),
		.touchpoint = str_copy(c->arena, touchpoint),
		.touchpoint_id = touchpoint.len > 0,
	};
	*out = &c->tallies[c->part_count++];
	return true;
}

static void count_answer(struct counting *c, struct tally *tally, const struct person_ref *who,
                         enum response_state state, int score, int64_t at)
{
	if (!response_counts(state, score)) {
		c->out->dismissed += state == RESPONSE_DISMISSED;
		c->out->comments += state == RESPONSE_PARTIAL;
		return;
	}
	struct tally_answer answer = { .account = account_of(&c->row, who),
		                       .person = person_of(&c->row, who),
		                       .score = score,
		                       .at = at };
	c->out->has_dates = c->out->has_dates || at != 0;
	tally_add(tally, at != 0 ? &c->days : NULL, &answer);
}

static bool count_row(struct counting *c, const struct csv_row *row, bool *refused, struct err *why)
{
	struct tally *tally;
	struct own_row own;
	struct import_row read;
	*refused = true;
	if (c->plan->own) {
		if (!own_row_read(&c->row, row, c->plan->columns.count, &own, why))
			return true;
		*refused = false;
		if (!tally_of(c, own.kind, own.brand, own.touchpoint, &tally, why))
			return false;
		count_answer(c, tally, &own.who, own.response.state, own.response.score,
		             own.response.first_scored_at);
		return true;
	}
	if (!import_row_read(c->plan, c->zone, &c->row, row, &read, why))
		return true;
	*refused = false;
	if (!tally_of(c, SURVEY_RELATIONSHIP, (Str){ 0 }, (Str){ 0 }, &tally, why))
		return false;
	count_answer(c, tally, &read.who, read.state, read.score, read.at);
	return true;
}

static void refuse(struct counting *c, const struct csv_row *row, const struct err *why)
{
	if (c->out->rejected++ > 0)
		return;
	c->out->first_rejected_line = row->line;
	snprintf(c->out->first_reason, sizeof(c->out->first_reason), "%s", why->msg);
}

static bool count_rows(struct counting *c, struct import_source *source, struct err *err)
{
	struct csv_row row;
	bool refused;
	for (;;) {
		struct err why;
		enum import_next next = import_source_next(source, &row, &why);
		if (next == IMPORT_END)
			return true;
		bool ok = next != IMPORT_FAILED;
		refused = next == IMPORT_BAD_ROW;
		if (next == IMPORT_ROW)
			ok = count_row(c, &row, &refused, &why);
		if (!ok) {
			*err = why;
			return false;
		}
		c->out->rows++;
		if (refused)
			refuse(c, &row, &why);
		arena_free(&c->row);
	}
}

/* Days put together to longer steps: people are counted in each anew, which a line of points does not show. */
static void read_points(struct counting *c, struct insight_part *part, const struct tally *tally)
{
	struct calendar steps = c->days;
	steps.unit = c->out->unit;
	steps.from = steps.before = 0;
	part->points = ARENA_ARRAY(c->arena, struct insight_point, tally->period_count + 1);
	for (size_t i = 0; i < tally->period_count; i++) {
		struct civil noon = { .hour = 12 };
		date_from_days(tally->periods[i].first_day, &noon.year, &noon.month, &noon.day);
		int64_t day = calendar_day_of(&steps, zone_instant(c->zone, &noon));
		struct insight_point *point = &part->points[part->point_count];
		if (part->point_count == 0 || point[-1].first_day != day) {
			point->first_day = day;
			point->last_day = calendar_next(&steps, day) - 1;
			part->point_count++;
		} else {
			point--;
		}
		for (int score = 0; score <= NPS_SCORE_MAX; score++)
			point->count.by_score[score] +=
			    tally->periods[i].counter.sums.by_score[score];
	}
	for (size_t i = 0; i < part->point_count; i++) {
		struct nps_sums sums = { 0 };
		for (int score = 0; score <= NPS_SCORE_MAX; score++)
			sums.clusters += part->points[i].count.by_score[score];
		memcpy(sums.by_score, part->points[i].count.by_score, sizeof(sums.by_score));
		part->points[i].count.figure = nps_figure_of(&sums);
	}
}

static void read_parts(struct counting *c)
{
	struct insight_answer *answer = &c->out->answer;
	int64_t first = 0, last = 0;
	answer->parts = ARENA_ARRAY(c->arena, struct insight_part, c->part_count + 1);
	for (size_t i = 0; i < c->part_count; i++) {
		const struct tally *tally = &c->tallies[i];
		if (tally->first_at != 0 && (first == 0 || tally->first_at < first))
			first = tally->first_at;
		last = tally->last_at > last ? tally->last_at : last;
	}
	c->out->unit = period_unit_for(first, last);
	for (int kind = SURVEY_RELATIONSHIP; kind <= SURVEY_TRANSACTIONAL; kind++) {
		for (size_t i = 0; i < c->part_count; i++) {
			struct insight_part *part = &answer->parts[answer->count];
			if (c->parts[i].kind != (enum survey_kind)kind ||
			    c->tallies[i].all.sums.clusters == 0)
				continue;
			*part = c->parts[i];
			part->count = insight_count_of(&c->tallies[i].all.sums);
			part->first_at = c->tallies[i].first_at;
			part->last_at = c->tallies[i].last_at;
			read_points(c, part, &c->tallies[i]);
			answer->count++;
		}
	}
}

bool file_insight(struct import_source *source, const struct import_plan *plan,
                  const struct zone *zone, int week_start, struct arena *a,
                  struct file_insight *out, struct err *err)
{
	struct counting *c = ARENA_NEW(a, struct counting);
	*out = (struct file_insight){ 0 };
	*c = (struct counting){ .plan = plan, .zone = zone, .arena = a, .out = out };
	c->days = (struct calendar){ .zone = zone, .unit = PERIOD_DAY, .week_start = week_start };
	bool ok = import_source_rewind(source, err) && count_rows(c, source, err);
	if (ok)
		read_parts(c);
	for (size_t i = 0; i < c->part_count; i++)
		tally_free(&c->tallies[i]);
	arena_free(&c->row);
	return ok;
}
