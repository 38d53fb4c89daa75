/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/file_reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "insight/analysis_json.h"
#include "text/blind_mentions.h"
#include "text/lexicon.h"
#include "text/own_scores.h"
#include "text/typical.h"

/* Comments that are looked at for the language that is expected. */
#define LANGUAGE_SAMPLE 2000
/* A word that stands out less may do so by chance. */
#define WORD_Z 1.96
/* Quotes that fit on a screen. */
#define QUOTE_BYTES_MIN 24
#define QUOTE_BYTES_MAX 240

struct pass {
	const struct analyst *analyst;
	const struct file_comments *file;
	const struct file_reading_wishes *wishes;
	struct word_reader *reader;
	struct arena *a;
	struct language_wish languages;
	const float *own; /* [count] or NULL */
	struct file_reading *out;
	/* For the whole; NULL when each is wanted. */
	struct keyword_counts *words;
	struct typical *typical[COMMENT_GROUPS + 1]; /* the last: of all */
	struct blind_mentions
	    *mentions; /* of comments with a score that were read, in their order */
	int8_t *score; /* of the same */
	size_t scored;
	struct cluster_comments *leftover;
	const struct file_comment **leftover_of; /* comments in the order of `leftover` */
	size_t leftover_count;
};

static struct comment comment_of(const struct pass *p, size_t i)
{
	return (struct comment){
		.text = p->file->at[i].text,
		.question = p->file->at[i].question,
		.wish = p->languages,
		.transcript = p->wishes->transcripts,
		.own = p->own ? p->own[i] : 0,
	};
}

/* The language of most of a regular sample. */
static enum tongue usual_tongue(struct pass *p)
{
	size_t seen[TONGUE_COUNT] = { 0 }, step = p->file->count / LANGUAGE_SAMPLE + 1;
	enum tongue best = TONGUE_OTHER;
	for (size_t i = 0; i < p->file->count; i += step) {
		struct comment c = comment_of(p, i);
		if (c.text.len > 0)
			seen[analyst_language(p->analyst, &c).tongue]++;
	}
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		if (seen[t] > seen[best] || best == TONGUE_OTHER)
			best = seen[t] > 0 ? t : best;
	return best;
}

static int leaning_of(enum comment_group group)
{
	return group == COMMENT_LOW ? -1 : group == COMMENT_HIGH ? 1 : 0;
}

/* What can be learnt from: comments with a score, as their words alone. */
struct lessons {
	struct arena kept;
	struct own_example *examples; /* [count] */
	size_t *row;                  /* of each, in the file */
	size_t count;
};

/* False where nothing is said of the comment. */
static bool make_example(const struct pass *p, size_t i, struct arena *a, struct own_example *out)
{
	struct arena row = { 0 };
	struct analysis x;
	struct comment c = comment_of(p, i);
	analyse(p->analyst, p->reader, &row, &c, &x);
	if (x.covered)
		own_example(a, &x.words, &x.text, leaning_of(p->file->at[i].group), out);
	arena_free(&row);
	return x.covered;
}

static void take_lessons(const struct pass *p, struct lessons *l)
{
	size_t count = p->file->count, step = p->file->with_score / FILE_READING_LEARNT + 1;
	l->examples = mem_zeroed(count / step + 2, sizeof *l->examples);
	l->row = mem_zeroed(count / step + 2, sizeof *l->row);
	for (size_t i = 0; i < count; i += step) {
		enum comment_group group = p->file->at[i].group;
		if (p->file->at[i].text.len == 0 || group == COMMENT_NO_GROUP ||
		    !make_example(p, i, &l->kept, &l->examples[l->count]))
			continue;
		l->row[l->count++] = i;
		p->out->lessons[group]++;
	}
}

static void free_lessons(struct lessons *l)
{
	free(l->examples);
	free(l->row);
	arena_free(&l->kept);
}

static bool are_enough(const struct file_reading *r)
{
	return r->lessons[COMMENT_LOW] >= FILE_READING_LEARNT_MIN &&
	       r->lessons[COMMENT_HIGH] >= FILE_READING_LEARNT_MIN;
}

/* Of comments that taught nothing: what all lessons say. */
static void say_rest(const struct pass *p, const struct own_scores *all, float *own)
{
	for (size_t i = 0; i < p->file->count; i++) {
		struct arena row = { 0 };
		struct own_example example;
		if (!isnan(own[i]))
			continue;
		own[i] = 0;
		if (p->file->at[i].text.len > 0 && make_example(p, i, &row, &example))
			own[i] = own_scores_say(all, &example.features);
		arena_free(&row);
	}
}

static float *learn_from(const struct pass *p, struct lessons *l)
{
	float *own = ARENA_ARRAY(p->a, float, p->file->count + 1);
	float *folds = mem_zeroed(l->count + 1, sizeof *folds);
	struct own_scores all;
	own_scores_cross(&l->kept, l->examples, NULL, l->count, folds);
	own_scores_learn(&l->kept, l->examples, l->count, &all);
	p->out->learnt_from = all.learnt_from;
	for (size_t i = 0; i < p->file->count; i++)
		own[i] = (float)NAN;
	for (size_t k = 0; k < l->count; k++)
		own[l->row[k]] = folds[k];
	say_rest(p, &all, own);
	free(folds);
	return own;
}

/* What the file's own scores say of each comment, none by what has seen it. NULL where they are too few. */
static float *learn(struct pass *p)
{
	struct lessons l = { 0 };
	take_lessons(p, &l);
	float *own = are_enough(p->out) ? learn_from(p, &l) : NULL;
	free_lessons(&l);
	return own;
}

/* Words that judge name no topic. */
static bool only_judges(void *context, enum tongue tongue, const struct word *word)
{
	(void)context;
	return lexicon_find(tongue, word->folded, word->stem).valence != 0;
}

static void count_themes(struct file_group *g, const struct theme_said *said, size_t count)
{
	g->comments++;
	for (size_t i = 0; i < count; i++) {
		struct theme_count *t = &g->themes[said[i].theme];
		t->comments++;
		t->good += said[i].label == SENTIMENT_POSITIVE || said[i].label == SENTIMENT_MIXED;
		t->bad += said[i].label == SENTIMENT_NEGATIVE || said[i].label == SENTIMENT_MIXED;
	}
}

static void note_urgent(struct pass *p, const struct file_comment *c, const struct analysis *x)
{
	struct file_reading *o = p->out;
	if (!x->urgent.kinds)
		return;
	if (o->urgent_count < FILE_READING_URGENT)
		o->urgent[o->urgent_count] =
		    (struct file_urgent){ c, x->urgent.kinds, x->urgent.finds[0].from,
			                  x->urgent.finds[0].len };
	o->urgent_count++;
}

/* One comment into all that is counted. */
static void count(struct pass *p, const struct file_comment *c, const struct analysis *x)
{
	struct file_reading *o = p->out;
	struct arena row = { 0 };
	struct theme_said *said;
	o->comments++;
	note_urgent(p, c, x);
	if (x->low_effort != LOW_EFFORT_NONE) {
		o->low_effort++;
		return;
	}
	o->by_tongue[x->language.tongue]++;
	if (!x->covered) {
		o->not_analysed++;
		return;
	}
	o->by_label[x->shown.label]++;
	o->by_group[c->group][blind_sentiment_label(x->blind)]++;
	size_t themes = themes_said(&row, &x->themes, &said);
	count_themes(&o->all, said, themes);
	if (c->group != COMMENT_NO_GROUP)
		count_themes(&o->groups[c->group], said, themes);
	if (p->words) {
		struct phrase *phrases;
		size_t phrase_count;
		phrases_of(&row, &x->words, &phrases, &phrase_count);
		if (c->group != COMMENT_NO_GROUP)
			keyword_counts_add(p->words, &x->words, phrases, phrase_count, c->group);
		typical_add(p->typical[COMMENT_GROUPS], &x->words);
		if (c->group != COMMENT_NO_GROUP) {
			typical_add(p->typical[c->group], &x->words);
			p->score[p->scored++] = (int8_t)leaning_of(c->group);
			blind_mentions_add(p->mentions, &x->themes);
		}
	}
	if (p->leftover && themes == 0) {
		p->leftover_of[p->leftover_count++] = c;
		cluster_comments_add(p->leftover, &x->words, only_judges, NULL);
	}
	arena_free(&row);
}

static void read_all(struct pass *p, file_reading_fn each, void *context)
{
	for (size_t i = 0; i < p->file->count; i++) {
		struct arena row = { 0 };
		struct analysis x;
		struct comment c = comment_of(p, i);
		analyse(p->analyst, p->reader, &row, &c, &x);
		if (c.text.len > 0)
			count(p, &p->file->at[i], &x);
		bool on = !each || each(context, &p->file->at[i], &x);
		arena_free(&row);
		if (!on)
			return;
	}
}

/* The most typical so far, the best first. */
struct best {
	const struct file_comment *at[FILE_READING_QUOTES];
	double typical[FILE_READING_QUOTES];
	size_t count;
};

static bool said_before(const struct best *b, const struct file_comment *c)
{
	for (size_t i = 0; i < b->count; i++)
		if (str_eq(b->at[i]->text, c->text))
			return true;
	return false;
}

static void offer(struct best *b, const struct file_comment *c, double typical)
{
	bool fits = c->text.len >= QUOTE_BYTES_MIN && c->text.len <= QUOTE_BYTES_MAX;
	if (!fits || typical <= 0 || said_before(b, c))
		return;
	if (b->count == FILE_READING_QUOTES && typical <= b->typical[b->count - 1])
		return;
	size_t at = b->count < FILE_READING_QUOTES ? b->count++ : b->count - 1;
	for (; at > 0 && b->typical[at - 1] < typical; at--) {
		b->at[at] = b->at[at - 1];
		b->typical[at] = b->typical[at - 1];
	}
	b->at[at] = c;
	b->typical[at] = typical;
}

static void take_quotes(const struct best *b, struct file_group *g)
{
	memcpy(g->quotes, b->at, sizeof g->quotes);
	g->quote_count = b->count;
}

static void find_quotes(struct pass *p)
{
	struct best best[COMMENT_GROUPS + 1] = { 0 };
	for (size_t g = 0; g <= COMMENT_GROUPS; g++)
		typical_settle(p->typical[g]);
	for (size_t i = 0; i < p->file->count; i++) {
		const struct file_comment *c = &p->file->at[i];
		struct arena row = { 0 };
		struct words w;
		if (c->text.len >= QUOTE_BYTES_MIN && c->text.len <= QUOTE_BYTES_MAX) {
			Str said = transcript_said(&row, c->text, &p->wishes->transcripts);
			words_read(p->reader, &row, said, p->languages.expected, &w);
			offer(&best[COMMENT_GROUPS], c, typical_of(p->typical[COMMENT_GROUPS], &w));
			if (c->group != COMMENT_NO_GROUP)
				offer(&best[c->group], c, typical_of(p->typical[c->group], &w));
		}
		arena_free(&row);
	}
	for (size_t g = 0; g < COMMENT_GROUPS; g++)
		take_quotes(&best[g], &p->out->groups[g]);
	take_quotes(&best[COMMENT_GROUPS], &p->out->all);
}

/* What goes with the score among those who comment. */
static void find_drivers(struct pass *p)
{
	struct theme_drivers found;
	uint64_t *cluster = ARENA_ARRAY(p->a, uint64_t, p->scored + 1);
	for (size_t i = 0; i < p->scored; i++)
		cluster[i] = i + 1;
	theme_drivers_find(p->a, p->mentions, analyst_taxonomy(p->analyst)->themes, p->score,
	                   cluster, p->scored, &found);
	p->out->drivers = found.list;
	memcpy(p->out->driver_of, found.of, sizeof found.of);
}

static void find_clusters(struct pass *p)
{
	struct clusters found;
	clusters_find(p->leftover, p->a, p->wishes->discover, 1, &found);
	struct best *best = ARENA_ARRAY(p->a, struct best, found.count + 1);
	for (size_t i = 0; i < found.comments; i++)
		if (found.of[i] != CLUSTER_NONE)
			offer(&best[found.of[i]], p->leftover_of[i], (double)found.closeness[i]);
	p->out->clusters = ARENA_ARRAY(p->a, struct file_cluster, found.count + 1);
	p->out->cluster_count = found.count;
	for (size_t k = 0; k < found.count; k++) {
		struct file_cluster *c = &p->out->clusters[k];
		c->cluster = found.at[k];
		c->quote_count = best[k].count;
		memcpy(c->quotes, best[k].at, sizeof c->quotes);
	}
}

/* What stands out by chance is not said. */
static void find_words(struct pass *p, unsigned group)
{
	struct file_group *g = &p->out->groups[group];
	size_t kept = 0;
	keywords_of(p->words, p->a, group, FILE_READING_WORDS, &g->words, &g->word_count);
	for (size_t i = 0; i < g->word_count; i++)
		if (g->words[i].z >= WORD_Z)
			g->words[kept++] = g->words[i];
	g->word_count = kept;
}

static void sum_up(struct pass *p)
{
	for (unsigned g = 0; g < COMMENT_GROUPS; g++)
		find_words(p, g);
	find_quotes(p);
	find_drivers(p);
	if (p->leftover)
		find_clusters(p);
}

static void begin_whole(struct pass *p)
{
	p->words = keyword_counts_open();
	for (size_t g = 0; g <= COMMENT_GROUPS; g++)
		p->typical[g] = typical_open();
	p->mentions = blind_mentions_new(p->a, p->file->with_score);
	p->score = ARENA_ARRAY(p->a, int8_t, p->file->with_score + 1);
	if (p->wishes->discover) {
		p->leftover = cluster_comments_open();
		p->leftover_of = ARENA_ARRAY(p->a, const struct file_comment *, p->file->count + 1);
	}
}

void file_reading(const struct analyst *n, const struct file_comments *comments,
                  const struct file_reading_wishes *wishes, struct arena *a, file_reading_fn each,
                  void *context, struct file_reading *out)
{
	struct pass p = { .analyst = n, .file = comments, .wishes = wishes, .a = a, .out = out };
	*out = (struct file_reading){ 0 };
	p.reader = word_reader_open();
	if (wishes->tongue != TONGUE_OTHER)
		p.languages = (struct language_wish){ .expected = wishes->tongue, .is_told = true };
	else
		p.languages.expected = usual_tongue(&p);
	if (wishes->learn)
		p.own = learn(&p);
	if (!each)
		begin_whole(&p);
	read_all(&p, each, context);
	if (!each)
		sum_up(&p);
	keyword_counts_close(p.words);
	for (size_t g = 0; g <= COMMENT_GROUPS; g++)
		typical_close(p.typical[g]);
	cluster_comments_close(p.leftover);
	word_reader_close(p.reader);
}
