/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/sentiment.h"

#include <math.h>

#include "text/blind_sentiment_make.h"

/* What a leaning question, and the score of the answer, add to the logit of positive and take from that of negative. */
#define QUESTION_WEIGHT 0.6F
#define SCORE_WEIGHT    0.6F
/* Of a question that says more than the words: "the parking". */
#define QUESTION_ALONE 2.5F
/* From where a clause is plainly good or bad, and up to where neither side wins. */
#define CLAUSE_PLAIN 0.5F
#define MIXED_UP_TO  0.7F
/* Who writes a comment mostly has an opinion, other than where the models learnt: neutral is what is so many times likelier
 * than good and than bad. */
#define NEUTRAL_OVER 2.0F

bool sentiment_speaks(enum tongue t)
{
	return lexicon_knows(t);
}

static const struct linear *model_for(const struct sentiment_model *m, enum tongue t)
{
	return t == TONGUE_EN ? &m->english : &m->general;
}

static void calibrated(const struct linear *m, const float *scores, float *logit)
{
	for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
		logit[c] = m->calibration[c][0] * scores[c] + m->calibration[c][1];
}

static float balance_of(const float logit[SENTIMENT_CLASSES], float share[SENTIMENT_CLASSES])
{
	float largest = fmaxf(logit[0], fmaxf(logit[1], logit[2])), sum = 0;
	for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
		sum += share[c] = expf(logit[c] - largest);
	for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
		share[c] /= sum;
	return share[SENTIMENT_POSITIVE] - share[SENTIMENT_NEGATIVE];
}

/* The model of one stretch: `sums` of hashed weights over `count` features, and its numbers. */
static void scores_of(const struct linear *m, const float *sums, size_t count, const float *numbers,
                      float *scores)
{
	float value = count ? 1 / sqrtf((float)count) : 0;
	for (uint32_t c = 0; c < SENTIMENT_CLASSES; c++)
		scores[c] = m->bias[c] + m->scale[c] * sums[c] * value;
	for (uint32_t k = 0; k < m->named; k++)
		for (uint32_t c = 0; c < SENTIMENT_CLASSES; c++)
			scores[c] += numbers[k] * m->named_weight[k * SENTIMENT_CLASSES + c];
}

static bool says_good_or_bad(const struct valence *v, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++)
		if (v->sign[i] != 0)
			return true;
	return false;
}

static float leaning_of(const struct sentiment_reading *r, enum question_leaning question)
{
	return (r->tells ? QUESTION_WEIGHT : QUESTION_ALONE) * (float)question;
}

/* Adds the hashed weights of the words [first, first + count) to `all`; how many features that were. */
static size_t sum_stretch(const struct linear *model, struct arena *a, const struct words *w,
                          const struct valence *v, size_t first, size_t count,
                          float all[SENTIMENT_CLASSES], float logit[SENTIMENT_CLASSES])
{
	struct features f = { 0 };
	float sums[SENTIMENT_CLASSES] = { 0 }, numbers[VALENCE_COUNT], scores[SENTIMENT_CLASSES];
	if (model->rows > 0)
		features_of(a, w, first, count, SENTIMENT_FEATURES, &f);
	linear_sums(model, &f, sums);
	for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
		all[c] += sums[c];
	valence_numbers(w, v, first, count, numbers);
	scores_of(model, sums, f.count, numbers, scores);
	calibrated(model, scores, logit);
	return f.count;
}

static void lean_by(float logit[SENTIMENT_CLASSES], float by)
{
	logit[SENTIMENT_NEGATIVE] -= by;
	logit[SENTIMENT_POSITIVE] += by;
}

void sentiment_read(const struct sentiment_model *m, struct arena *a, const struct words *w,
                    struct sentiment_reading *out)
{
	const struct linear *model = model_for(m, w->tongue);
	float numbers[VALENCE_COUNT], scores[SENTIMENT_CLASSES], all[SENTIMENT_CLASSES] = { 0 };
	float logit[SENTIMENT_CLASSES], share[SENTIMENT_CLASSES];
	size_t count = 0;
	*out = (struct sentiment_reading){ .clause = ARENA_ARRAY(a, float, w->clause_count),
		                           .clauses = w->clause_count };
	valence_read(a, w, w->tongue == TONGUE_EN ? &m->kin : NULL, &out->valence);
	out->tells = says_good_or_bad(&out->valence, 0, w->count);
	for (size_t k = 0; k < w->clause_count; k++) {
		count += sum_stretch(model, a, w, &out->valence, w->clauses[k].first,
		                     w->clauses[k].count, all, logit);
		out->clause[k] = balance_of(logit, share);
	}
	valence_numbers(w, &out->valence, 0, w->count, numbers);
	scores_of(model, all, count, numbers, scores);
	calibrated(model, scores, out->logit);
}

float sentiment_stretch(const struct sentiment_model *m, struct arena *a, const struct words *w,
                        const struct sentiment_reading *r, enum question_leaning question,
                        size_t first, size_t count)
{
	float all[SENTIMENT_CLASSES] = { 0 }, logit[SENTIMENT_CLASSES], share[SENTIMENT_CLASSES];
	uint32_t k = count > 0 ? w->words[first].clause : 0;
	bool asks = question != QUESTION_OPEN && !says_good_or_bad(&r->valence, first, count);
	if (!asks && count > 0 && w->clauses[k].first == first && w->clauses[k].count == count)
		return r->clause[k];
	sum_stretch(model_for(m, w->tongue), a, w, &r->valence, first, count, all, logit);
	if (asks)
		lean_by(logit, QUESTION_ALONE * (float)question);
	return balance_of(logit, share);
}

static enum sentiment_label label_of(const struct sentiment_reading *r, float score,
                                     const float share[SENTIMENT_CLASSES])
{
	bool good = false, bad = false;
	for (size_t k = 0; k < r->clauses; k++) {
		good |= r->clause[k] > CLAUSE_PLAIN;
		bad |= r->clause[k] < -CLAUSE_PLAIN;
	}
	if (good && bad && fabsf(score) < MIXED_UP_TO)
		return SENTIMENT_MIXED;
	if (share[SENTIMENT_NEUTRAL] > NEUTRAL_OVER * share[SENTIMENT_NEGATIVE] &&
	    share[SENTIMENT_NEUTRAL] > NEUTRAL_OVER * share[SENTIMENT_POSITIVE])
		return SENTIMENT_NEUTRAL;
	return score < 0 ? SENTIMENT_NEGATIVE : SENTIMENT_POSITIVE;
}

static enum sentiment_label lean(const struct sentiment_reading *r, float by,
                                 float share[SENTIMENT_CLASSES], float *score)
{
	float logit[SENTIMENT_CLASSES] = { r->logit[0], r->logit[1], r->logit[2] };
	lean_by(logit, by);
	*score = balance_of(logit, share);
	return label_of(r, *score, share);
}

const struct blind_sentiment *sentiment_blind(struct arena *a, const struct sentiment_reading *r,
                                              enum question_leaning question)
{
	struct blind_sentiment *b = ARENA_NEW(a, struct blind_sentiment);
	float share[SENTIMENT_CLASSES];
	b->label = lean(r, leaning_of(r, question), share, &b->score);
	b->clause = r->clause;
	b->clauses = r->clauses;
	return b;
}

void sentiment_shown(const struct sentiment_reading *r, const struct sentiment_context *c,
                     struct sentiment *out)
{
	float by = leaning_of(r, c->question) + SCORE_WEIGHT * (float)c->leaning + c->own;
	out->label = lean(r, by, out->share, &out->score);
}

#define SENTIMENT_WORD(name, word) STR(word),
Str sentiment_word(enum sentiment_label label)
{
	const Str words[] = { SENTIMENT_LABELS(SENTIMENT_WORD) };
	return words[label];
}
#undef SENTIMENT_WORD

static bool word_find(Str word, enum sentiment_label *out)
{
	for (int i = 0; i < SENTIMENT_LABEL_COUNT; i++)
		if (str_eq(word, sentiment_word((enum sentiment_label)i))) {
			*out = (enum sentiment_label)i;
			return true;
		}
	return false;
}

bool sentiment_label_read(JsonRef ref, enum sentiment_label *out, struct err *err)
{
	Str word;
	if (!json_read_text(ref, 32, &word, err))
		return false;
	return word_find(word, out) ||
	       err_at(err, ERR_INVALID, ref.path, "must be negative, neutral, positive or mixed");
}
