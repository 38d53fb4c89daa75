/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/analysis.h"

#include "text/lexicon.h"

struct analyst {
	const struct language_id *languages;
	struct sentiment_model sentiment;
	struct linear emotion;
	struct taxonomy *taxonomy;
	const struct theme_reader *themes;
	const struct patterns *low_effort, *urgent, *intent;
};

bool analyst_make(struct arena *a, struct word_reader *r, const struct analyst_files *files,
                  const struct analyst **out, struct err *err)
{
	struct analyst *n = ARENA_NEW(a, struct analyst);
	const struct fasttext *language = NULL;
	n->taxonomy = ARENA_NEW(a, struct taxonomy);
	if ((files->language.at && !fasttext_read(a, files->language, &language, err)) ||
	    !sentiment_model_read(a, files->sentiment, &n->sentiment, err) ||
	    !emotion_model_read(a, files->emotion, &n->emotion, err) ||
	    !taxonomy_read(a, files->themes, n->taxonomy, err))
		return false;
	n->languages = language_id_make(a, language);
	n->themes = theme_reader_new(a, r, n->taxonomy, NULL);
	n->low_effort = low_effort_make(a);
	n->urgent = urgent_make(a);
	n->intent = intent_make(a);
	*out = n;
	return true;
}

const struct taxonomy *analyst_taxonomy(const struct analyst *n)
{
	return n->taxonomy;
}

const struct theme_reader *analyst_themes(const struct analyst *n)
{
	return n->themes;
}

const struct analyst *analyst_with_themes(struct arena *a, const struct analyst *n,
                                          const struct theme_model *themes)
{
	struct analyst *with = ARENA_NEW(a, struct analyst);
	*with = *n;
	with->themes = theme_reader_with(a, n->themes, themes);
	return with;
}

static enum question_leaning leaning_of(struct word_reader *r, struct arena *a, Str question,
                                        enum tongue tongue)
{
	struct words w;
	if (question.len == 0)
		return QUESTION_OPEN;
	words_read(r, a, question, tongue, &w);
	return question_leaning(&w);
}

/* Words that only judge ("great") name nothing. */
static bool names_something(const struct words *w, const struct phrase *p)
{
	for (uint32_t i = p->first; i < p->first + p->count; i++) {
		const struct word *word = &w->words[i];
		if (!word->stop && lexicon_find(w->tongue, word->folded, word->stem).valence == 0)
			return true;
	}
	return false;
}

/* The longest phrase at each place, of those that name something, none within another. */
static size_t keywords_of_words(struct arena *a, const struct words *w,
                                struct phrase out[static ANALYSIS_KEYWORDS_MAX])
{
	struct phrase *all;
	size_t count, n = 0;
	phrases_of(a, w, &all, &count);
	for (size_t i = 0; i < count && n < ANALYSIS_KEYWORDS_MAX; i++) {
		bool longest = i + 1 == count || all[i + 1].first != all[i].first;
		bool within = n > 0 && all[i].first < out[n - 1].first + out[n - 1].count;
		if (longest && !within && names_something(w, &all[i]))
			out[n++] = all[i];
	}
	return n;
}

struct judging {
	const struct analyst *analyst;
	struct arena *arena;
	struct analysis *x;
};

/* A theme is judged by its own words, and where these say nothing by the question. */
static float judge_stretch(void *of, size_t first, size_t count)
{
	struct judging *j = of;
	return sentiment_stretch(&j->analyst->sentiment, j->arena, &j->x->words, &j->x->text,
	                         j->x->question, first, count);
}

/* What the workspace's scores taught, of what is shown alone. */
static float own_of(struct arena *a, const struct comment *comment, const struct analysis *x)
{
	struct own_example one;
	if (!comment->own_model)
		return comment->own;
	own_example(a, &x->words, &x->text, 0, &one);
	return comment->own + own_model_say(comment->own_model, &one.features, comment->owner);
}

struct language_guess analyst_language(const struct analyst *n, const struct comment *comment)
{
	return language_find(n->languages, comment->text, comment->wish);
}

/* What is said to be good is not said in anger, nor what is bad in joy. Of the blind label: the score has no say in emotions. */
static void agree_with_sentiment(struct emotions *e, enum sentiment_label label)
{
	if (label == SENTIMENT_NEGATIVE)
		e->present &= ~(1u << EMOTION_JOY);
	else if (label == SENTIMENT_POSITIVE)
		e->present &=
		    ~(1u << EMOTION_ANGER | 1u << EMOTION_SADNESS | 1u << EMOTION_DISGUST);
}

void analyse(const struct analyst *n, struct word_reader *r, struct arena *a,
             const struct comment *comment, struct analysis *out)
{
	struct plain_words plain;
	struct comment said = *comment;
	*out = (struct analysis){ 0 };
	transcript_read(a, comment->text, &comment->transcript, &out->transcript);
	said.text = out->transcript.said;
	out->language = analyst_language(n, &said);
	enum tongue tongue = out->language.tongue;
	words_read(r, a, out->transcript.text, tongue, &out->words);
	plain_words(a, &out->words, &plain);
	out->question = leaning_of(r, a, comment->question, tongue);
	out->low_effort = low_effort_of(n->low_effort, a, &plain, out->question);
	out->covered = sentiment_speaks(tongue) && out->low_effort == LOW_EFFORT_NONE;
	urgent_find(n->urgent, a, &plain, &out->urgent);
	if (out->low_effort != LOW_EFFORT_NONE)
		return;
	out->has_emotions = emotion_reads(tongue);
	if (out->has_emotions)
		emotion_find(&n->emotion, a, &out->words, &out->emotions);
	intent_find(n->intent, a, &plain, &out->intents);
	out->keyword_count = keywords_of_words(a, &out->words, out->keywords);
	struct judging judging = { n, a, out };
	struct theme_judge judge = { out->covered ? judge_stretch : NULL, &judging };
	if (out->covered) {
		struct sentiment_context context = { .question = out->question,
			                             .leaning = comment->leaning };
		sentiment_read(&n->sentiment, a, &out->words, &out->text);
		out->blind = sentiment_blind(a, &out->text, out->question);
		agree_with_sentiment(&out->emotions, blind_sentiment_label(out->blind));
		context.own = own_of(a, comment, out);
		sentiment_shown(&out->text, &context, &out->shown);
	}
	theme_read(n->themes, a, &out->words, &judge, &out->themes);
}

void analyse_themes(const struct analyst *n, struct word_reader *r, struct arena *a,
                    const struct comment *comment, enum tongue tongue, bool judged,
                    struct theme_mentions *out)
{
	struct analysis x = { 0 };
	struct judging judging = { n, a, &x };
	struct theme_judge judge = { judge_stretch, &judging };
	bool judges = judged && sentiment_speaks(tongue);
	transcript_read(a, comment->text, &comment->transcript, &x.transcript);
	words_read(r, a, x.transcript.text, tongue, &x.words);
	if (judges) {
		x.question = leaning_of(r, a, comment->question, tongue);
		sentiment_read(&n->sentiment, a, &x.words, &x.text);
	}
	theme_read(n->themes, a, &x.words, judges ? &judge : NULL, out);
}
