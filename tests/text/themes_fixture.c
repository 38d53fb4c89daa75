/* Which themes each line of the input speaks of: a JSON array a line.
 *
 *	themes_fixture TAXONOMY LANGUAGE          "-": the taxonomy that ships
 *	themes_fixture TAXONOMY LANGUAGE seeds    the seeds that were hit, as the file has them
 *	themes_fixture TAXONOMY LANGUAGE learn    each fifth of the lines by a model that learnt from the seeds of the others
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/themes.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/asset.h"
#include "base/die.h"
#include "tests/text/file_text.h"
#include "text/sentiment.h"
#include "text/theme_model.h"

static struct sentiment_model sentiment;

static Str taxonomy_text(struct arena *a, const char *path)
{
	return str_eq(str_of(path), STR("-")) ? asset_find(STR("models/themes.txt"))->bytes
	                                      : file_text(a, path);
}

struct judging {
	struct arena *a;
	const struct words *w;
	struct sentiment_reading reading;
};

static float judge_stretch(void *of, size_t first, size_t count)
{
	struct judging *j = of;
	return sentiment_stretch(&sentiment, j->a, j->w, &j->reading, QUESTION_OPEN, first, count);
}

static void say_themes(const struct theme_reader *r, struct arena *a, const struct words *w)
{
	const struct taxonomy *t = theme_reader_taxonomy(r);
	struct theme_mentions m;
	struct judging j = { .a = a, .w = w };
	struct theme_judge judge = { judge_stretch, &j };
	sentiment_read(&sentiment, a, w, &j.reading);
	theme_read(r, a, w, &judge, &m);
	for (size_t i = 0; i < m.count; i++)
		printf(
		    "%s{\"theme\":\"%.*s\",\"from\":%u,\"len\":%u,\"clause\":%u,\"certainty\":%.3f,"
		    "\"polarity\":%.3f}",
		    i ? "," : "", STR_FMT(t->theme[m.mention[i].theme].key), m.mention[i].from,
		    m.mention[i].len, m.mention[i].clause, (double)m.mention[i].certainty,
		    (double)m.mention[i].polarity);
}

static void say_seeds(const struct theme_reader *r, struct arena *a, const struct words *w)
{
	const struct taxonomy *t = theme_reader_taxonomy(r);
	struct seed_hits hits;
	theme_seeds_find(theme_reader_seeds(r), a, w, &hits);
	for (size_t i = 0; i < hits.count; i++) {
		const struct seed *seed = &t->seed[hits.hit[i].seed];
		printf("%s[\"%.*s\",%u,\"%.*s\",%u]", i ? "," : "",
		       STR_FMT(t->theme[seed->theme].key), seed->line, STR_FMT(seed->text),
		       hits.hit[i].seed);
	}
}

#define FOLDS 5

struct texts {
	struct words *words;                 /* [count] */
	struct theme_correction *correction; /* [count] */
	size_t count, cap;
};

static void make_room(struct arena *a, struct texts *t)
{
	struct texts old = *t;
	if (t->count < t->cap)
		return;
	t->cap = t->cap ? t->cap * 2 : 1024;
	t->words = ARENA_ARRAY(a, struct words, t->cap);
	t->correction = ARENA_ARRAY(a, struct theme_correction, t->cap);
	for (size_t i = 0; i < old.count; i++) {
		t->words[i] = old.words[i];
		t->correction[i] = old.correction[i];
	}
}

static uint64_t themes_of(const struct taxonomy *t, Str list)
{
	uint64_t bits = 0;
	Str one;
	while (str_cut(&list, ',', &one))
		if (one.len > 0)
			bits |= (uint64_t)1 << taxonomy_find(t, one);
	return bits;
}

/* "food,staff;price<tab>The text": people said that it is about food and staff and not about price. */
static void take_text(struct arena *a, struct word_reader *reader, const struct taxonomy *t,
                      Str line, enum tongue tongue, struct texts *out)
{
	Str said, is;
	line = str_copy(a, line);
	make_room(a, out);
	if (str_find_char(line, '\t', 0) != SIZE_MAX) {
		str_cut(&line, '\t', &said);
		str_cut(&said, ';', &is);
		out->correction[out->count] =
		    (struct theme_correction){ themes_of(t, is), themes_of(t, said) };
	}
	words_read(reader, a, line, tongue, &out->words[out->count++]);
}

/* Each line by a model that learnt from the other folds. */
static void say_learnt(struct arena *a, const struct theme_reader *seeds, const struct texts *texts)
{
	const struct theme_reader *r[FOLDS];
	for (size_t k = 0; k < FOLDS; k++) {
		struct theme_lesson lesson = { theme_reader_taxonomy(seeds),
			                       theme_reader_seeds(seeds),
			                       texts->words,
			                       texts->count,
			                       texts->correction,
			                       k,
			                       FOLDS,
			                       0 };
		struct theme_model *m = ARENA_NEW(a, struct theme_model);
		bool learnt = theme_learn(a, &lesson, m);
		r[k] = theme_reader_with(a, seeds, learnt ? m : NULL);
	}
	for (size_t i = 0; i < texts->count; i++) {
		printf("[");
		say_themes(r[i % FOLDS], a, &texts->words[i]);
		printf("]\n");
	}
}

static void say_each(struct arena *a, const struct theme_reader *r, const struct texts *texts,
                     bool seeds)
{
	for (size_t i = 0; i < texts->count; i++) {
		printf("[");
		if (seeds)
			say_seeds(r, a, &texts->words[i]);
		else
			say_themes(r, a, &texts->words[i]);
		printf("]\n");
	}
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct taxonomy t;
	struct texts texts = { 0 };
	struct err err;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	MUST(argc == 3 || argc == 4);
	Str what = argc == 4 ? str_of(argv[3]) : STR("themes");
	if (!taxonomy_read(&a, taxonomy_text(&a, argv[1]), &t, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	MUST(sentiment_model_read(&a, asset_find(STR("models/sentiment.heedmodel"))->bytes,
	                          &sentiment, &err));
	struct word_reader *reader = word_reader_open();
	const struct theme_reader *r = theme_reader_new(&a, reader, &t, NULL);
	while ((len = getline(&line, &room, stdin)) > 0)
		take_text(&a, reader, &t, (Str){ line, (size_t)len },
		          tongue_of_tag(str_of(argv[2])), &texts);
	if (str_eq(what, STR("learn")))
		say_learnt(&a, r, &texts);
	else
		say_each(&a, r, &texts, str_eq(what, STR("seeds")));
	free(line);
	word_reader_close(reader);
	arena_free(&a);
	return 0;
}
