/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Sentiment of texts, for tests/eval.
 *
 *	sentiment_fixture [MODEL]
 *
 * stdin has a text a line: language, tab, question, tab, text. Each gives a line: label, score, the shares of negative,
 * neutral and positive. Without MODEL the program's own is asked. */
#include <stdio.h>
#include <stdlib.h>

#include "base/asset.h"
#include "base/die.h"
#include "tests/text/file_text.h"
#include "text/sentiment.h"

static Str model_bytes(struct arena *a, const char *path)
{
	if (!path) {
		const struct asset *own = asset_find(STR("models/sentiment.heedmodel"));
		return own ? own->bytes : (Str){ 0 };
	}
	return file_text(a, path);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct sentiment_model model;
	struct err err;
	if (!sentiment_model_read(&a, model_bytes(&a, argc > 1 ? argv[1] : NULL), &model, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	struct word_reader *r = word_reader_open();
	Str rest = file_text_rest(&a, stdin), line, language, question;
	while (rest.len > 0 && str_cut(&rest, '\n', &line)) {
		struct arena one = { 0 };
		struct words w, q;
		struct sentiment_reading reading;
		struct sentiment_context context = { 0 };
		struct sentiment s;
		(void)str_cut(&line, '\t', &language);
		(void)str_cut(&line, '\t', &question);
		enum tongue tongue = tongue_of_tag(language);
		words_read(r, &one, question, tongue, &q);
		words_read(r, &one, line, tongue, &w);
		context.question = question_leaning(&q);
		sentiment_read(&model, &one, &w, &reading);
		sentiment_shown(&reading, &context, &s);
		printf("%.*s %.3f %.3f %.3f %.3f\n", STR_FMT(sentiment_word(s.label)),
		       (double)s.score, (double)s.share[0], (double)s.share[1], (double)s.share[2]);
		arena_free(&one);
	}
	word_reader_close(r);
	arena_free(&a);
	return 0;
}
