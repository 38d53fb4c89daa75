/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/reader.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "db/change.h"
#include "feedback/import_pace.h"
#include "feedback/response.h"
#include "reading/glasses.h"
#include "reading/learn.h"
#include "reading/learnt.h"
#include "reading/pass.h"
#include "reading/theme.h"

#define CHANGES_MAX    500
#define PASS_PAGE_MAX  2000
#define BEHIND_AT_MOST 256 /* revs that the place at rest may lie behind without work */

/* Where the reader stands in a workspace: all changes up to (rev, seq) were looked at, `kept` is at rest. */
struct stand {
	int64_t workspace;
	int64_t rev, seq, kept;
};

struct reader {
	struct store *store;
	struct analyst_files files;
	bool learns_first;
	struct stand *stands;
	size_t count;
	struct glasses glasses; /* of the workspace that was read last */
	struct import_pace pace;
	size_t
	    page; /* answers that the next step of a pass looks at: more where few are to be written */
};

struct reader *reader_new(struct store *store, const struct analyst_files *files, bool learns_first)
{
	struct reader *r = mem_zeroed(1, sizeof *r);
	r->store = store;
	r->files = *files;
	r->learns_first = learns_first;
	r->glasses = (struct glasses){ .store = store, .files = &r->files };
	r->pace = import_pace_begin();
	return r;
}

static bool cursor_keep(struct db_tx *tx, void *input, struct err *err)
{
	return change_cursor_set(tx, KEPT_CONSUMER, *(int64_t *)input, err);
}

/* All revs up to this one were looked at whole. */
static int64_t whole_rev(const struct stand *s)
{
	return s->seq == INT64_MAX ? s->rev : s->rev - 1;
}

static bool stand_keep(struct reader *r, struct stand *s, struct err *err)
{
	int64_t rev = whole_rev(s);
	if (rev <= s->kept)
		return true;
	if (!store_run(r->store, s->workspace, UNIT_BULK, cursor_keep, &rev, err))
		return false;
	s->kept = rev;
	return true;
}

void reader_free(struct reader *r)
{
	struct err err;
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		if (!stand_keep(r, &r->stands[i], &err))
			log_event(LOG_LEVEL_WARNING, "reading.place_not_kept",
			          LOG_PAIRS(log_why(&err)));
	glasses_off(&r->glasses);
	free(r->stands);
	free(r);
}

static bool is_there(const struct read_comment *c)
{
	return c->text.at && c->text.len > 0;
}

/* Models are large: without anything to read they stay where they are. */
static bool glasses_for(struct reader *r, struct db *db, int64_t workspace, int64_t taxonomy,
                        const struct read_comment *all, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (is_there(&all[i]))
			return glasses_on(&r->glasses, db, workspace, taxonomy, err);
	return true;
}

/* Before the first comment is there, themes can be chosen. */
static bool themes_make(struct reader *r, int64_t workspace, struct arena *a, struct err *err)
{
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	return taxonomy_read(a, r->files.themes, t, err) &&
	       store_run(r->store, workspace, UNIT_BULK, theme_settle, t, err);
}

/* --- some comments ------------------------------------------------------------------------------------ */

/* What is kept of what the machine found, by answer. */
struct finds {
	bool known; /* they were looked up */
	const struct kept_find *at;
	size_t count;
};

struct work {
	struct arena arena, scratch;
	struct finds finds;
	struct kept_reading *readings;
	size_t count, rows;
};

static void work_end(struct work *w)
{
	arena_free(&w->arena);
	arena_free(&w->scratch);
}

/* False: it is as it was when it was read. */
static bool has_news(const struct glasses *g, const struct read_comment *c, int64_t input)
{
	return !c->was_kept || c->kept.input != input || c->kept.engine != g->engine ||
	       c->kept.taxonomy != g->taxonomy;
}

/* Nothing but the words of themes has changed since it was read. */
static bool only_themes_changed(const struct glasses *g, const struct read_comment *c,
                                int64_t input)
{
	return c->was_kept && c->kept.input == input && c->kept.engine == g->engine;
}

/* Nothing but what was learnt, and perhaps the words of themes. */
static bool only_learnt_changed(const struct glasses *g, const struct read_comment *c,
                                int64_t input)
{
	return c->was_kept && c->kept.input == input &&
	       reading_engine_same_but_learnt(c->kept.engine, g->engine);
}

static size_t first_of(const struct finds *f, int64_t response)
{
	size_t low = 0, high = f->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (f->at[middle].response < response)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t finds_in(const struct finds *f, int64_t response,
                       struct kept_mention out[static KEPT_ROWS_MAX])
{
	size_t count = 0;
	for (size_t i = first_of(f, response);
	     i < f->count && f->at[i].response == response && count < KEPT_ROWS_MAX; i++)
		out[count++] = f->at[i].mention;
	return count;
}

/* False: what is kept says it already. */
static bool read_learnt(struct reader *r, struct work *w, const struct read_comment *c,
                        int64_t input, struct kept_reading *out)
{
	struct kept_mention kept[KEPT_ROWS_MAX];
	bool same = false;
	if (w->finds.known) {
		glasses_read(&r->glasses, &w->scratch, c, input, out);
		size_t count = finds_in(&w->finds, c->response, kept);
		same = glasses_say_same(c, kept, count, out);
		arena_free(&w->scratch);
	}
	if (!same)
		glasses_read(&r->glasses, &w->arena, c, input, out);
	return !same;
}

/* False: what is kept says it already. */
static bool read_themes(struct reader *r, struct work *w, const struct read_comment *c,
                        struct kept_reading *out)
{
	struct kept_mention kept[KEPT_ROWS_MAX];
	if (!w->finds.known) {
		glasses_read_themes(&r->glasses, &w->arena, c, out);
		return true;
	}
	size_t count = finds_in(&w->finds, c->response, kept);
	bool same = glasses_find_same(&r->glasses, &w->scratch, c, kept, count);
	arena_free(&w->scratch);
	if (!same)
		glasses_read_themes(&r->glasses, &w->arena, c, out);
	return !same;
}

/* False: there is nothing to write. */
static bool read_one(struct reader *r, struct work *w, const struct read_comment *c,
                     struct kept_reading *out)
{
	if (!is_there(c)) {
		*out = (struct kept_reading){ .response = c->response, .forget = true };
		return c->was_kept;
	}
	int64_t input = comment_input(c, r->glasses.languages);
	if (!has_news(&r->glasses, c, input))
		return false;
	if (only_themes_changed(&r->glasses, c, input))
		return read_themes(r, w, c, out);
	if (only_learnt_changed(&r->glasses, c, input))
		return read_learnt(r, w, c, input, out);
	glasses_read(&r->glasses, &w->arena, c, input, out);
	return true;
}

/* Up to a unit's worth of what is to be written; says how many were looked at. */
static size_t read_some(struct reader *r, struct work *w, const struct read_comment *all,
                        size_t count)
{
	size_t i = 0;
	w->readings = ARENA_ARRAY(&w->arena, struct kept_reading, count + 1);
	for (; i < count && w->count < r->pace.target; i++) {
		struct kept_reading *k = &w->readings[w->count];
		if (!read_one(r, w, &all[i], k))
			continue;
		size_t rows = 1 + k->mention_count + k->urgent_count;
		if (w->rows > 0 && w->rows + rows > KEPT_ROWS_MAX)
			break;
		w->rows += rows;
		w->count++;
	}
	return i;
}

static bool write_batch(struct reader *r, struct stand *s, struct kept_batch *batch,
                        struct err *err)
{
	if (!store_run(r->store, s->workspace, UNIT_BULK, kept_write, batch, err))
		return false;
	if (batch->cursor >= 0)
		s->kept = batch->cursor;
	if (batch->count)
		import_pace_follow(&r->pace, batch->count, batch->apply_us);
	return true;
}

/* All of them, in as many units as it takes. That all up to `rev` is dealt with is written with the last. */
static bool read_all(struct reader *r, struct stand *s, const struct read_comment *all,
                     size_t count, int64_t rev, struct err *err)
{
	size_t at = 0;
	bool ok = true;
	while (ok && at < count) {
		struct work w = { 0 };
		at += read_some(r, &w, all + at, count - at);
		struct kept_batch batch = { .readings = w.readings,
			                    .count = w.count,
			                    .cursor = at == count && rev > s->kept ? rev : -1 };
		ok = w.count == 0 || write_batch(r, s, &batch, err);
		work_end(&w);
	}
	return ok;
}

/* --- the log ------------------------------------------------------------------------------------------ */

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static size_t answers_in(const struct change *changes, size_t count, int64_t *out)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < count; i++)
		if (changes[i].kind == CHANGE_RESPONSE || changes[i].kind == CHANGE_RESPONSE_NEW)
			out[n++] = changes[i].id;
	qsort(out, n, sizeof *out, by_id);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || out[i] != out[i - 1])
			out[kept++] = out[i];
	return kept;
}

static bool read_changed(struct reader *r, struct db *db, struct stand *s,
                         const struct change *changes, size_t count, int64_t rev, struct err *err)
{
	struct arena a = { 0 };
	int64_t ids[CHANGES_MAX];
	struct reading_setting setting;
	struct read_comment *comments;
	size_t found, answers = answers_in(changes, count, ids);
	bool ok = answers == 0 ||
	          (reading_setting_find(db, &a, s->workspace, &setting, err) &&
	           comments_of(db, &a, s->workspace, ids, answers, &comments, &found, err) &&
	           glasses_for(r, db, s->workspace, setting.taxonomy, comments, found, err) &&
	           read_all(r, s, comments, found, rev, err));
	arena_free(&a);
	return ok;
}

static bool look_at_log(struct reader *r, struct db *db, struct stand *s, bool *more,
                        struct err *err)
{
	struct change changes[CHANGES_MAX];
	struct stand behind = *s;
	size_t count;
	if (!change_read(db, s->workspace, s->rev, s->seq, changes, CHANGES_MAX, &count, err))
		return false;
	*more = count == CHANGES_MAX;
	if (count == 0)
		return true;
	behind.rev = changes[count - 1].rev;
	behind.seq = *more ? changes[count - 1].seq : INT64_MAX;
	if (!read_changed(r, db, s, changes, count, whole_rev(&behind), err))
		return false;
	s->rev = behind.rev;
	s->seq = behind.seq;
	return whole_rev(s) - s->kept < BEHIND_AT_MOST || stand_keep(r, s, err);
}

/* --- a pass ------------------------------------------------------------------------------------------- */

/* Of a page, newest first. Where nothing was kept yet there is nothing to compare with. */
static bool finds_of(struct db *db, struct arena *a, int64_t workspace,
                     const struct read_comment *all, size_t count, struct finds *out,
                     struct err *err)
{
	struct kept_find *found;
	bool any = false;
	for (size_t i = 0; i < count && !any; i++)
		any = all[i].was_kept;
	if (!any)
		return true;
	if (!kept_finds(db, a, workspace, all[count - 1].response, all[0].response, &found,
	                &out->count, err))
		return false;
	out->at = found;
	out->known = true;
	return true;
}

static bool pass_step(struct reader *r, struct db *db, struct stand *s, const struct pass *pass,
                      struct arena *a, struct err *err)
{
	struct read_comment *all;
	struct work w = { 0 };
	size_t found, page = r->page > 2 * r->pace.target ? r->page : 2 * r->pace.target;
	if (!comments_before(db, a, s->workspace, pass->place, page, &all, &found, err) ||
	    !glasses_for(r, db, s->workspace, pass->taxonomy, all, found, err) ||
	    !finds_of(db, a, s->workspace, all, found, &w.finds, err))
		return false;
	size_t looked = read_some(r, &w, all, found);
	bool ends = looked == found && found < page;
	r->page = looked == page && page < PASS_PAGE_MAX ? 2 * page : looked + r->pace.target;
	const struct pass_step step = {
		.engine = pass->engine,
		.taxonomy = pass->taxonomy,
		.from = pass->place,
		.to = ends || looked == 0 ? 0 : all[looked - 1].response,
		.looked_at = (int64_t)looked,
	};
	struct kept_batch batch = {
		.readings = w.readings, .count = w.count, .cursor = -1, .step = &step
	};
	bool ok = write_batch(r, s, &batch, err);
	work_end(&w);
	return ok;
}

static bool begin(struct reader *r, struct db *db, int64_t workspace, struct pass_begin in,
                  struct err *err)
{
	return response_count(db, workspace, &in.total, err) &&
	       store_run(r->store, workspace, UNIT_BULK, pass_begin, &in, err);
}

/* Of a pass that reads by `engine`, where the one before is another. One that had not set out is still what it was. */
static enum pass_reason reason_of(const struct pass *before, int64_t engine)
{
	if (before->state == PASS_RUNS && before->reason == PASS_FIRST && before->done == 0)
		return PASS_FIRST;
	if (!reading_engine_same_but_learnt(before->engine, engine))
		return PASS_ENGINE;
	return before->engine != engine ? PASS_LEARNT : PASS_WORDS;
}

/* Until the learning is over: its commit, or the next look, goes on. */
static bool waits(const struct reader *r, const struct learning *learnt, const struct pass *pass)
{
	return r->learns_first && learn_goes_first(learnt, pass, clock_now(store_clock(r->store)));
}

/* Begins one when what reads has changed since the last began; goes on with one that is under way. */
static bool look_at_pass(struct reader *r, struct db *db, struct stand *s, bool *more,
                         struct err *err)
{
	struct arena a = { 0 };
	struct reading_setting setting;
	struct learning learnt = { 0 };
	struct pass pass;
	bool ok = reading_setting_find(db, &a, s->workspace, &setting, err) &&
	          learning_find(db, &a, s->workspace, &learnt, err) &&
	          pass_find(db, &a, s->workspace, &pass, err);
	int64_t engine = ok ? reading_engine(learnt.generation) : 0;
	if (ok && (pass.engine != engine || pass.taxonomy != setting.taxonomy)) {
		*more = true;
		ok = begin(r, db, s->workspace,
		           (struct pass_begin){ .engine = engine,
		                                .taxonomy = setting.taxonomy,
		                                .reason = reason_of(&pass, engine) },
		           err);
	} else if (ok && pass.state == PASS_RUNS && !waits(r, &learnt, &pass)) {
		*more = true;
		ok = pass_step(r, db, s, &pass, &a, err);
	}
	arena_free(&a);
	return ok;
}

/* --- a workspace -------------------------------------------------------------------------------------- */

static struct stand *stand_of(struct reader *r, int64_t workspace)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->stands[i].workspace == workspace)
			return &r->stands[i];
	return NULL;
}

static void stand_add(struct reader *r, int64_t workspace, int64_t rev)
{
	r->stands = mem_resize(r->stands, (r->count + 1) * sizeof *r->stands);
	r->stands[r->count++] = (struct stand){ workspace, rev, INT64_MAX, rev };
}

/* Is what came behind this rev still in the log? */
static bool log_reaches(struct db *db, int64_t workspace, int64_t rev, bool *out, struct err *err)
{
	int64_t newest, oldest;
	if (!change_rev(db, workspace, &newest, err) || !change_oldest(db, workspace, &oldest, err))
		return false;
	*out = newest <= rev || (oldest != 0 && oldest <= rev + 1);
	return true;
}

/* Where the reader left off, or a beginning. */
static bool settle_in(struct reader *r, struct db *db, int64_t workspace, struct err *err)
{
	struct arena a = { 0 };
	struct reading_setting setting;
	struct learning learnt = { 0 };
	int64_t rev;
	bool reaches = false;
	bool ok = change_cursor_get(db, workspace, KEPT_CONSUMER, -1, &rev, err) &&
	          (rev < 0 || log_reaches(db, workspace, rev, &reaches, err));
	if (ok && !reaches)
		ok = themes_make(r, workspace, &a, err) &&
		     reading_setting_find(db, &a, workspace, &setting, err) &&
		     learning_find(db, &a, workspace, &learnt, err) &&
		     begin(r, db, workspace,
		           (struct pass_begin){ .engine = reading_engine(learnt.generation),
		                                .taxonomy = setting.taxonomy,
		                                .reason = rev < 0 ? PASS_FIRST : PASS_LOST,
		                                .from_log = true },
		           err) &&
		     change_cursor_get(db, workspace, KEPT_CONSUMER, -1, &rev, err);
	if (ok)
		stand_add(r, workspace, rev);
	arena_free(&a);
	return ok;
}

/* A workspace where nothing has happened yet is left alone. */
bool reader_look(struct reader *r, struct db *db, int64_t workspace, bool *more, struct err *err)
{
	struct stand *s = stand_of(r, workspace);
	int64_t rev;
	*more = false;
	if (!change_rev(db, workspace, &rev, err))
		return false;
	if (!s && rev > 0 && !settle_in(r, db, workspace, err))
		return false;
	s = stand_of(r, workspace);
	if (!s)
		return true;
	return look_at_log(r, db, s, more, err) && (*more || look_at_pass(r, db, s, more, err));
}
