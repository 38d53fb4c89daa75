/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/learn.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "reading/comments.h"
#include "reading/learner.h"
#include "reading/pass.h"
#include "reading/theme.h"

#define AT_ONCE      50
#define REPORT_EVERY (CLOCK_SECOND / 2)
#define FEATURES_MAX \
	6000000          /* of all comments together; who writes books is a reason to take fewer */
#define REREAD_FROM 0.01 /* share of comments that would be shown otherwise */
#define FIRST_WAIT  (5 * CLOCK_MINUTE)

bool learn_goes_first(const struct learning *l, const struct pass *p, int64_t now)
{
	return p->state == PASS_RUNS && p->reason == PASS_FIRST && p->done == 0 &&
	       p->total >= LEARN_FIRST_LEAST && l->looked_at == 0 && now - p->began_at < FIRST_WAIT;
}

bool learner_goes_on(struct learner *l)
{
	if (!l->ended && l->wish->goes_on)
		l->ended = !l->wish->goes_on(l->wish->context);
	return !l->ended;
}

/* Says where it is, now and then. */
static bool report(struct learner *l, enum learning_step step, size_t done, size_t total,
                   struct err *err)
{
	int64_t now = clock_monotonic();
	if (step == l->state.step && now - l->reported < REPORT_EVERY)
		return true;
	l->reported = now;
	l->state.step = step;
	l->state.done = (int64_t)done;
	l->state.total = (int64_t)total;
	return store_run(l->wish->store, l->workspace, UNIT_BULK, learning_goes, &l->state, err);
}

struct learnt_figure *learner_figure(struct learner *l, int64_t theme, enum learnt_kind kind)
{
	MUST(l->out.figure_count < sizeof l->figures / sizeof l->figures[0]);
	struct learnt_figure *f = &l->figures[l->out.figure_count++];
	*f = (struct learnt_figure){ .theme = theme, .kind = kind };
	return f;
}

/* --- comments ----------------------------------------------------------------------------------------- */

static void take_text(struct learner *l, const struct read_comment *c, enum tongue tongue,
                      struct learner_text *out)
{
	out->response = c->response;
	out->owner = comment_owner(c);
	Str said = transcript_said(&l->arena, str_copy(&l->arena, c->text), &c->told);
	words_read(l->glasses.words, &l->arena, said, tongue, &out->words);
}

/* What is learnt from of one comment. False: nothing is said of it. */
static bool take_comment(struct learner *l, struct arena *a, const struct read_comment *c,
                         const struct lesson_comment *drawn, struct learner_comment *out)
{
	struct comment comment = { .text = c->text,
		                   .question = c->question,
		                   .transcript = c->told,
		                   .wish = { .among = l->glasses.languages,
		                             .expected = tongue_of_tag(c->language) } };
	struct analysis x;
	analyse(l->glasses.plain, l->glasses.words, a, &comment, &x);
	if (!x.covered)
		return false;
	*out = (struct learner_comment){ .response = c->response,
		                         .owner = comment_owner(c),
		                         .group = drawn->group,
		                         .question = x.question,
		                         .reading = x.text };
	own_example(&l->arena, &x.words, &x.text, drawn->group < 0 ? 0 : drawn->group - 1,
	            &out->example);
	out->reading.valence = (struct valence){ 0 }; /* goes with `a` */
	out->reading.clause = ARENA_ARRAY(&l->arena, float, x.text.clauses + 1);
	if (x.text.clauses)
		memcpy(out->reading.clause, x.text.clause,
		       x.text.clauses * sizeof *out->reading.clause);
	if (l->text_count < LEARNER_THEME_TEXTS)
		take_text(l, c, x.language.tongue, &l->texts[l->text_count++]);
	return true;
}

static const struct read_comment *comment_in(const struct read_comment *all, size_t count,
                                             int64_t response)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].response == response)
			return all[i].text.at ? &all[i] : NULL;
	return NULL;
}

/* The next of the sample; *features grows. */
static bool read_some(struct learner *l, size_t from, size_t count, size_t *features,
                      struct err *err)
{
	struct arena a = { 0 };
	struct read_comment *all;
	int64_t ids[AT_ONCE];
	size_t found;
	for (size_t i = 0; i < count; i++)
		ids[i] = l->lesson.sample[from + i].response;
	bool ok = comments_of(l->db, &a, l->workspace, ids, count, &all, &found, err);
	for (size_t i = 0; ok && i < count && *features < FEATURES_MAX; i++) {
		struct arena one = { 0 };
		const struct read_comment *c = comment_in(all, found, ids[i]);
		struct learner_comment *out = &l->comments[l->count];
		struct lesson_comment *drawn = &l->lesson.sample[from + i];
		if (c && take_comment(l, &one, c, drawn, out)) {
			*features += out->example.features.count;
			if (l->lesson.unread) {
				drawn->input = comment_input(c, l->glasses.languages);
				l->lesson.sample[l->count] = *drawn;
			}
			l->count++;
		}
		arena_free(&one);
	}
	arena_free(&a);
	return ok;
}

static bool read_sample(struct learner *l, struct err *err)
{
	size_t all = l->lesson.count, features = 0;
	l->comments = ARENA_ARRAY(&l->arena, struct learner_comment, all + 1);
	l->texts = ARENA_ARRAY(&l->arena, struct learner_text, LEARNER_THEME_TEXTS + 1);
	for (size_t at = 0; at < all && features < FEATURES_MAX && learner_goes_on(l);
	     at += AT_ONCE) {
		size_t some = all - at < AT_ONCE ? all - at : AT_ONCE;
		if (!report(l, LEARN_READS, at, all, err) ||
		    !read_some(l, at, some, &features, err))
			return false;
	}
	return true;
}

static bool has_enough(const struct lesson *l)
{
	return (l->low >= LEARNT_SIDE_LEAST && l->high >= LEARNT_SIDE_LEAST) ||
	       l->label_count + l->checked_count >= LEARNT_LABELS_LEAST;
}

/* Of what nobody had read the sample tells which comments say something; where it holds all of them, how many. False: there is too
 * little to learn from, after all. */
static bool settle(struct learner *l)
{
	struct lesson *lesson = &l->lesson;
	bool all = lesson->count < LESSON_SAMPLE;
	lesson->count = l->count;
	if (all) {
		lesson->comments = (int64_t)l->count;
		lesson->low = lesson->high = 0;
		for (size_t i = 0; i < l->count; i++) {
			lesson->low += l->comments[i].group == (int)GROUP_DETRACTORS;
			lesson->high += l->comments[i].group == (int)GROUP_PROMOTERS;
		}
	}
	l->out.lesson = lesson_sign(lesson, LEARNT_ENGINE, l->glasses.taxonomy);
	return has_enough(lesson);
}

struct owner {
	uint64_t owner;
	size_t place;
};

static int by_owner(const void *x, const void *y)
{
	const struct owner *a = x, *b = y;
	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static void mark_owners(struct learner *l)
{
	struct owner *all = mem_zeroed(l->count + 1, sizeof *all);
	for (size_t i = 0; i < l->count; i++)
		all[i] = (struct owner){ l->comments[i].owner, i };
	qsort(all, l->count, sizeof *all, by_owner);
	for (size_t i = 0; i < l->count; i++)
		if (i == 0 || all[i].owner != all[i - 1].owner)
			l->comments[all[i].place].first_of_owner = true;
	free(all);
}

/* --- what people said --------------------------------------------------------------------------------- */

static int theme_place(const struct learner *l, int64_t theme)
{
	for (uint32_t i = 0; i < analyst_taxonomy(l->glasses.plain)->themes; i++)
		if (l->glasses.theme[i] == theme)
			return (int)i;
	return -1;
}

static size_t first_label(const struct lesson_label *all, size_t count, int64_t response)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (all[middle].response < response)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of each theme the label that comes first counts. */
static void take_labels(const struct learner *l, const struct lesson_label *all, size_t count,
                        int64_t response, struct theme_correction *out)
{
	for (size_t i = first_label(all, count, response); i < count && all[i].response == response;
	     i++) {
		int place = theme_place(l, all[i].theme);
		if (place < 0 || (out->is | out->is_not) >> place & 1)
			continue;
		*(all[i].is ? &out->is : &out->is_not) |= (uint64_t)1 << place;
	}
}

static void take_labelled(struct learner *l, const struct read_comment *c)
{
	const struct lesson *s = &l->lesson;
	struct learner_text *t = &l->labelled[l->labelled_count++];
	Str tongue = c->was_kept ? c->kept.language : c->language;
	take_text(l, c, tongue_of_tag(tongue), t);
	take_labels(l, s->labels, s->label_count, c->response, &t->put_right);
	take_labels(l, s->checked, s->checked_count, c->response, &t->checked);
}

static int by_id(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

/* Answers of which anybody said anything, ascending. In the arena. */
static size_t labelled_answers(struct learner *l, int64_t **out)
{
	const struct lesson *s = &l->lesson;
	size_t n = 0, kept = 0;
	int64_t *ids = ARENA_ARRAY(&l->arena, int64_t, s->label_count + s->checked_count + 1);
	for (size_t i = 0; i < s->label_count; i++)
		ids[n++] = s->labels[i].response;
	for (size_t i = 0; i < s->checked_count; i++)
		ids[n++] = s->checked[i].response;
	qsort(ids, n, sizeof *ids, by_id);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			ids[kept++] = ids[i];
	*out = ids;
	return kept;
}

static bool read_labelled(struct learner *l, struct err *err)
{
	int64_t *ids;
	size_t count = labelled_answers(l, &ids);
	l->labelled = ARENA_ARRAY(&l->arena, struct learner_text, count + 1);
	for (size_t at = 0; at < count && learner_goes_on(l); at += AT_ONCE) {
		struct arena a = { 0 };
		struct read_comment *all;
		size_t found, some = count - at < AT_ONCE ? count - at : AT_ONCE;
		bool ok = comments_of(l->db, &a, l->workspace, ids + at, some, &all, &found, err);
		for (size_t i = 0; ok && i < some; i++) {
			const struct read_comment *c = comment_in(all, found, ids[at + i]);
			if (c)
				take_labelled(l, c);
		}
		arena_free(&a);
		if (!ok)
			return false;
	}
	return true;
}

/* --- all of it ---------------------------------------------------------------------------------------- */

static int64_t labels_of(const struct learner *l)
{
	return (int64_t)(l->lesson.label_count + l->lesson.checked_count);
}

static bool rest(struct learner *l, Str failed, struct err *err)
{
	struct learning out = { .comments = l->lesson.comments,
		                .low = l->lesson.low,
		                .high = l->lesson.high,
		                .labels = labels_of(l),
		                .failed = failed };
	return store_run(l->wish->store, l->workspace, UNIT_BULK, learning_rests, &out, err);
}

static bool write_version(struct learner *l, int64_t began, double changed, struct err *err)
{
	struct learnt *v = &l->out;
	v->engine = LEARNT_ENGINE;
	v->took = clock_monotonic() - began;
	v->comments = l->lesson.comments;
	v->sampled = (int64_t)l->count;
	v->low = l->lesson.low;
	v->high = l->lesson.high;
	v->labels = labels_of(l);
	v->figures = l->figures;
	v->changed = changed;
	v->drift = l->state.drift + changed;
	v->reread = v->drift >= REREAD_FROM;
	return store_run(l->wish->store, l->workspace, UNIT_BULK, learnt_write, v, err);
}

/* False in *news: the newest version was taught the very same, or there is too little for a first one. */
static bool has_news(struct learner *l, int64_t taxonomy, bool *news, struct err *err)
{
	struct learnt *all;
	size_t count;
	if (!learnt_list(l->db, &l->arena, l->workspace, &all, &count, err))
		return false;
	l->out.lesson = lesson_sign(&l->lesson, LEARNT_ENGINE, taxonomy);
	l->out.version = count ? all[0].version + 1 : 1;
	*news = count ? all[0].lesson != l->out.lesson : has_enough(&l->lesson);
	return true;
}

static bool learn_all(struct learner *l, int64_t began, struct err *err)
{
	double sentiment, themes;
	if (!read_sample(l, err) || !read_labelled(l, err))
		return false;
	if (l->lesson.unread && !l->ended && !settle(l))
		return rest(l, (Str){ 0 }, err);
	mark_owners(l);
	if (!learner_goes_on(l) || !report(l, LEARN_SENTIMENT, 0, 0, err))
		return l->ended;
	if (!learner_sentiment(l, &sentiment))
		return true;
	if (!report(l, LEARN_THEMES, 0, 0, err))
		return false;
	return !learner_themes(l, &themes) || write_version(l, began, sentiment + themes, err);
}

/* Before the first look at what there is to learn from: who wants it from here on wants another. */
static bool take(struct learner *l, struct err *err)
{
	return store_run(l->wish->store, l->workspace, UNIT_BULK, learning_takes, &l->state, err);
}

static bool work(struct learner *l, int64_t began, struct err *err)
{
	struct reading_setting setting;
	struct pass pass;
	bool whole, news;
	if (!learning_find(l->db, &l->arena, l->workspace, &l->state, err) ||
	    !reading_setting_find(l->db, &l->arena, l->workspace, &setting, err) ||
	    !pass_find(l->db, &l->arena, l->workspace, &pass, err))
		return false;
	l->state.began_at = clock_now(store_clock(l->wish->store));
	bool first = learn_goes_first(&l->state, &pass, l->state.began_at);
	if ((l->state.state != LEARNING_RESTS && !take(l, err)) ||
	    !lesson_draw(l->db, &l->arena, l->workspace, first, l->wish->goes_on, l->wish->context,
	                 &l->lesson, &whole, err))
		return false;
	if (!whole)
		return true;
	if (!has_news(l, setting.taxonomy, &news, err))
		return false;
	if (!news)
		return rest(l, (Str){ 0 }, err);
	return glasses_on(&l->glasses, l->db, l->workspace, setting.taxonomy, err) &&
	       learn_all(l, began, err);
}

bool learn(const struct learn_wish *wish, struct db *db, int64_t workspace, struct err *err)
{
	struct learner *l = mem_zeroed(1, sizeof *l);
	struct err worse;
	l->wish = wish;
	l->db = db;
	l->workspace = workspace;
	l->glasses = (struct glasses){ .store = wish->store, .files = wish->files };
	bool ok = work(l, clock_monotonic(), err);
	if (!ok)
		(void)rest(l, str_of(err->msg), &worse);
	glasses_off(&l->glasses);
	arena_free(&l->arena);
	free(l);
	return ok;
}
