/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/glasses.h"

#include <math.h>

#include "base/log.h"
#include "feedback/response.h"
#include "reading/learnt.h"
#include "reading/theme.h"
#include "text/theme_model.h"
#include "survey/definition.h"

#define SCORE_SAME   0.05 /* a score of -1..1 that nobody sees move */
#define MENTIONS_MAX 100  /* of one comment; who writes more repeats himself */
#define URGENT_MAX   10   /* words of one comment that are kept */

#define GENERATION 100
_Static_assert(READING_ENGINE < GENERATION, "an engine and a generation make one number");

int64_t reading_engine(int64_t generation)
{
	return generation * GENERATION + READING_ENGINE;
}

bool reading_engine_same_but_learnt(int64_t a, int64_t b)
{
	return a % GENERATION == b % GENERATION;
}

static int64_t id_of(const struct workspace_theme *all, size_t count, Str code)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(all[i].code, code))
			return all[i].id;
	return 0;
}

static bool match(struct glasses *g, const struct workspace_theme *all, size_t count)
{
	const struct taxonomy *t = analyst_taxonomy(g->plain);
	bool complete = true;
	for (uint32_t i = 0; i < t->themes; i++) {
		g->theme[i] = id_of(all, count, t->theme[i].key);
		complete = complete && g->theme[i] != 0;
	}
	return complete;
}

static bool analyst_of(struct glasses *g, const struct workspace_theme *all, size_t count,
                       struct err *err)
{
	struct analyst_files files = *g->files;
	if (!g->words)
		g->words = word_reader_open();
	files.themes = theme_lines(&g->arena, files.themes, all, count);
	return analyst_make(&g->arena, g->words, &files, &g->plain, err);
}

/* Own themes may have words that the shipped taxonomy of a later Heed refuses: better to read without them than not at all. */
static bool make(struct glasses *g, struct db *db, struct err *err)
{
	struct workspace_theme *all;
	struct reading_setting setting;
	size_t count;
	if (!reading_setting_find(db, &g->arena, g->workspace, &setting, err) ||
	    !theme_list(db, &g->arena, g->workspace, &all, &count, err))
		return false;
	g->languages = setting.languages;
	if (!analyst_of(g, all, count, err)) {
		log_event(LOG_LEVEL_WARNING, "reading.own_themes_left_out",
		          LOG_PAIRS(log_why(err)));
		if (!analyst_of(g, all, 0, err))
			return false;
	}
	if (match(g, all, count))
		return true;
	struct taxonomy *t = ARENA_NEW(&g->arena, struct taxonomy);
	*t = *analyst_taxonomy(g->plain);
	if (!store_run(g->store, g->workspace, UNIT_BULK, theme_settle, t, err) ||
	    !theme_list(db, &g->arena, g->workspace, &all, &count, err))
		return false;
	return match(g, all, count) ||
	       err_set(err, ERR_INTERNAL, "a theme of the taxonomy has no row");
}

static uint64_t taught_in(const struct linear *m, const struct taxonomy *t)
{
	uint64_t bits = 0;
	for (uint32_t c = 0; c < m->classes; c++) {
		int theme = taxonomy_find(t, m->class_name[c]);
		bits |= theme < 0 ? 0 : (uint64_t)1 << theme;
	}
	return bits;
}

/* What cannot be read any more is left out, and learnt anew the next night. */
static void take_learnt(struct glasses *g, const struct learnt_models *m, struct err *err)
{
	struct theme_model *themes = ARENA_NEW(&g->arena, struct theme_model);
	g->analyst = g->plain;
	g->own = NULL;
	g->taught = 0;
	if (m->sentiment.at && !own_model_read(&g->arena, m->sentiment, &g->own, err))
		log_event(LOG_LEVEL_WARNING, "reading.learnt_left_out", LOG_PAIRS(log_why(err)));
	if (m->themes.at && linear_read(&g->arena, m->themes, &themes->linear, err)) {
		g->analyst = analyst_with_themes(&g->arena, g->plain, themes);
		g->taught = taught_in(&themes->linear, analyst_taxonomy(g->plain));
	} else if (m->themes.at)
		log_event(LOG_LEVEL_WARNING, "reading.learnt_left_out", LOG_PAIRS(log_why(err)));
}

static bool learnt_state(struct db *db, int64_t workspace, struct learning *out, struct err *err)
{
	struct arena scratch = { 0 };
	bool ok = learning_find(db, &scratch, workspace, out, err);
	arena_free(&scratch);
	return ok;
}

/* Of one state: the models of a version go when the next is written, and making the rest takes a while. */
static bool find_learnt(struct glasses *g, struct db *db, struct err *err)
{
	struct learning learnt;
	struct learnt_models models;
	if (!db_read_begin(db, err))
		return false;
	bool ok = learnt_state(db, g->workspace, &learnt, err) &&
	          learnt_models_find(db, &g->arena, g->workspace, learnt.version, &models, err);
	db_read_end(db);
	if (!ok)
		return false;
	g->version = learnt.version;
	g->engine = reading_engine(learnt.generation);
	take_learnt(g, &models, err);
	return true;
}

bool glasses_on(struct glasses *g, struct db *db, int64_t workspace, int64_t taxonomy,
                struct err *err)
{
	struct learning learnt;
	if (!learnt_state(db, workspace, &learnt, err))
		return false;
	if (g->ready && g->workspace == workspace && g->taxonomy == taxonomy &&
	    g->version == learnt.version)
		return true;
	arena_free(&g->arena);
	g->workspace = workspace;
	g->taxonomy = taxonomy;
	g->ready = make(g, db, err) && find_learnt(g, db, err);
	return g->ready;
}

void glasses_off(struct glasses *g)
{
	arena_free(&g->arena);
	word_reader_close(g->words);
	*g = (struct glasses){ .store = g->store, .files = g->files };
}

static int leaning_of(int score)
{
	return score == SCORE_NONE ? 0 : (int)score_group_of(score) - (int)GROUP_PASSIVES;
}

static void take_mentions(const struct glasses *g, struct arena *a, const struct theme_mentions *m,
                          struct kept_reading *out)
{
	size_t count = m->count < MENTIONS_MAX ? m->count : MENTIONS_MAX;
	struct kept_mention *all = ARENA_ARRAY(a, struct kept_mention, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct theme_mention *one = &m->mention[i];
		all[i] = (struct kept_mention){ .theme = g->theme[one->theme],
			                        .from = one->from,
			                        .len = one->len,
			                        .polarity = (double)one->polarity,
			                        .certainty = (double)one->certainty };
	}
	out->mentions = all;
	out->mention_count = count;
}

void glasses_read(const struct glasses *g, struct arena *a, const struct read_comment *c,
                  int64_t input, struct kept_reading *out)
{
	struct comment comment = {
		.text = c->text,
		.question = c->question,
		.wish = { .among = g->languages, .expected = tongue_of_tag(c->language) },
		.transcript = c->told,
		.leaning = leaning_of(c->score),
		.own_model = g->own,
		.owner = comment_owner(c),
	};
	struct analysis x;
	analyse(g->analyst, g->words, a, &comment, &x);
	*out = (struct kept_reading){
		.response = c->response,
		.was_kept = c->was_kept,
		.input = input,
		.engine = g->engine,
		.taxonomy = g->taxonomy,
		.language = tongue_code(x.language.tongue),
		.covered = x.covered,
		.judged = x.covered && x.blind,
		.low_effort = (int)x.low_effort,
		.emotions = x.emotions.present,
		.mood = x.has_emotions ? (int)emotion_mood(&x.emotions) : -1,
		.intent = intent_reads(x.language.tongue) ? (int)x.intents.main : -1,
		.urgent = x.urgent.kinds,
		.urgent_words = x.urgent.finds,
		.urgent_count = x.urgent.count < URGENT_MAX ? x.urgent.count : URGENT_MAX,
	};
	if (out->judged) {
		out->sentiment = (int)x.shown.label;
		out->score = (double)x.shown.score;
		out->blind = (int)blind_sentiment_label(x.blind);
		out->blind_score = (double)blind_sentiment_score(x.blind);
	}
	take_mentions(g, a, &x.themes, out);
}

static enum tongue tongue_kept(const struct read_comment *c)
{
	return tongue_of_tag(c->kept.language);
}

static bool stands_in(const struct kept_mention *all, size_t count, int64_t theme, uint32_t from,
                      uint32_t len)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].theme == theme && all[i].from == from && all[i].len == len)
			return true;
	return false;
}

bool glasses_say_same(const struct read_comment *c, const struct kept_mention *kept, size_t count,
                      const struct kept_reading *now)
{
	bool same = now->mention_count == count &&
	            c->kept.sentiment == (now->judged ? now->sentiment : -1) &&
	            (!now->judged || fabs(c->kept.score - now->score) < SCORE_SAME);
	for (size_t i = 0; i < count && same; i++) {
		const struct kept_mention *m = &now->mentions[i];
		same = stands_in(kept, count, m->theme, m->from, m->len);
	}
	return same;
}

static void find_themes(const struct glasses *g, struct arena *a, const struct read_comment *c,
                        bool judged, struct theme_mentions *out)
{
	struct comment comment = { .text = c->text,
		                   .question = c->question,
		                   .transcript = c->told };
	analyse_themes(g->analyst, g->words, a, &comment, tongue_kept(c), judged, out);
}

bool glasses_find_same(const struct glasses *g, struct arena *a, const struct read_comment *c,
                       const struct kept_mention *kept, size_t count)
{
	struct theme_mentions m = { 0 };
	if (c->kept.low_effort == (int)LOW_EFFORT_NONE)
		find_themes(g, a, c, false, &m);
	size_t found = m.count < MENTIONS_MAX ? m.count : MENTIONS_MAX;
	bool same = found == count;
	for (size_t i = 0; i < found && same; i++) {
		const struct theme_mention *one = &m.mention[i];
		same = stands_in(kept, count, g->theme[one->theme], one->from, one->len);
	}
	return same;
}

void glasses_read_themes(const struct glasses *g, struct arena *a, const struct read_comment *c,
                         struct kept_reading *out)
{
	struct theme_mentions m = { 0 };
	if (c->kept.low_effort == (int)LOW_EFFORT_NONE)
		find_themes(g, a, c, true, &m);
	*out = (struct kept_reading){ .response = c->response,
		                      .was_kept = true,
		                      .themes_alone = true,
		                      .taxonomy = g->taxonomy };
	take_mentions(g, a, &m, out);
}
