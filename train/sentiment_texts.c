/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sentiment_texts.h"

#include "base/buf.h"
#include "base/die.h"
#include "rows.h"

/* Of valence -4..4; between is neutral. */
#define PLAIN 0.5
/* Every so manieth text of GoEmotions: they are many, and from elsewhere. */
#define EMOTIONS_STEP 2
#define TOGETHER      18000
#define TOGETHER_MAX  6

static void add(struct arena *a, struct labelled_texts *t, struct labelled one)
{
	if (t->count == t->room) {
		t->room = t->room ? t->room * 2 : 4096;
		struct labelled *larger = arena_alloc(a, t->room * sizeof *larger);
		for (size_t i = 0; i < t->count; i++)
			larger[i] = t->text[i];
		t->text = larger;
	}
	t->text[t->count++] = one;
}

static enum sentiment_label of_valence(double valence)
{
	return valence > PLAIN    ? SENTIMENT_POSITIVE
	       : valence < -PLAIN ? SENTIMENT_NEGATIVE
	                          : SENTIMENT_NEUTRAL;
}

static void add_valences(struct arena *a, const char *name, enum text_set set,
                         struct labelled_texts *t)
{
	struct rows rows;
	rows_read(a, name, &rows);
	size_t score = rows_column(&rows, "score"), text = rows_column(&rows, "text");
	for (size_t i = 0; i < rows.count; i++) {
		double valence;
		if (str_to_double(rows.cells[i][score], &valence))
			add(a, t,
			    (struct labelled){ rows.cells[i][text], TONGUE_EN, set,
			                       of_valence(valence) });
	}
}

static void add_uci(struct arena *a, struct labelled_texts *t)
{
	struct rows rows;
	rows_read(a, "uci_sentences/uci.csv", &rows);
	size_t label = rows_column(&rows, "label"), text = rows_column(&rows, "text");
	for (size_t i = 0; i < rows.count; i++)
		add(a, t,
		    (struct labelled){ rows.cells[i][text], TONGUE_EN, SET_UCI,
		                       str_eq(rows.cells[i][label], STR("pos"))
		                           ? SENTIMENT_POSITIVE
		                           : SENTIMENT_NEGATIVE });
}

/* Numbers of GoEmotions' labels, a bit each. */
#define EMOTION(n) (1u << (n))
static const uint32_t good_emotions = EMOTION(0) | EMOTION(1) | EMOTION(4) | EMOTION(5) |
                                      EMOTION(13) | EMOTION(15) | EMOTION(17) | EMOTION(18) |
                                      EMOTION(20) | EMOTION(21) | EMOTION(23);
static const uint32_t bad_emotions = EMOTION(2) | EMOTION(3) | EMOTION(9) | EMOTION(10) |
                                     EMOTION(11) | EMOTION(12) | EMOTION(14) | EMOTION(16) |
                                     EMOTION(19) | EMOTION(24) | EMOTION(25);
static const uint32_t neutral_emotion = EMOTION(27);

static uint32_t emotions_of(Str labels)
{
	uint32_t bits = 0;
	Str one;
	int64_t n;
	while (str_cut(&labels, ',', &one))
		if (str_to_i64(one, &n) && n >= 0 && n < 28)
			bits |= EMOTION((uint32_t)n);
	return bits;
}

/* Those that say both, or neither good nor bad, are left out. */
static void add_emotions(struct arena *a, struct labelled_texts *t)
{
	struct rows rows;
	rows_read(a, "goemotions/train.csv.gz", &rows);
	size_t labels = rows_column(&rows, "labels"), text = rows_column(&rows, "text");
	for (size_t i = 0; i < rows.count; i += EMOTIONS_STEP) {
		uint32_t bits = emotions_of(rows.cells[i][labels]);
		bool good = bits & good_emotions, bad = bits & bad_emotions;
		if (good == bad && bits != neutral_emotion)
			continue;
		add(a, t,
		    (struct labelled){ rows.cells[i][text], TONGUE_EN, SET_EMOTIONS,
		                       good  ? SENTIMENT_POSITIVE
		                       : bad ? SENTIMENT_NEGATIVE
		                             : SENTIMENT_NEUTRAL });
	}
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool same_letters(Str x, Str y)
{
	size_t i = 0, k = 0;
	for (;; i++, k++) {
		while (i < x.len && !is_letter(x.at[i]))
			i++;
		while (k < y.len && !is_letter(y.at[k]))
			k++;
		if (i == x.len || k == y.len)
			return i == x.len && k == y.len;
		if ((x.at[i] | 0x20) != (y.at[k] | 0x20))
			return false;
	}
}

static bool stands_among(Str text, const struct rows *rows)
{
	size_t column = rows_column(rows, "text");
	for (size_t i = 0; i < rows->count; i++)
		if (same_letters(text, rows->cells[i][column]))
			return true;
	return false;
}

/* "Excellent" stands everywhere: who measures on `but` (NULL: nothing) learns nothing that is in it. */
static void add_own(struct arena *a, const struct rows *but, struct labelled_texts *t)
{
	struct rows rows;
	rows_read_at(a, "train/feedback.csv", &rows);
	size_t label = rows_column(&rows, "label"), text = rows_column(&rows, "text");
	for (size_t i = 0; i < rows.count; i++) {
		Str word = rows.cells[i][label];
		if (but && stands_among(rows.cells[i][text], but))
			continue;
		add(a, t,
		    (struct labelled){ rows.cells[i][text], TONGUE_EN, SET_OWN,
		                       str_eq(word, STR("positive"))   ? SENTIMENT_POSITIVE
		                       : str_eq(word, STR("negative")) ? SENTIMENT_NEGATIVE
		                                                       : SENTIMENT_NEUTRAL });
	}
}

static void add_nps(struct arena *a, struct labelled_texts *t)
{
	struct rows rows;
	rows_read(a, "nps_pt/nps_pt.csv", &rows);
	size_t score = rows_column(&rows, "score"), text = rows_column(&rows, "text");
	for (size_t i = 0; i < rows.count; i++) {
		int64_t n;
		if (str_to_i64(rows.cells[i][score], &n))
			add(a, t,
			    (struct labelled){ rows.cells[i][text], TONGUE_PT, SET_NPS,
			                       n <= 6   ? SENTIMENT_NEGATIVE
			                       : n <= 8 ? SENTIMENT_NEUTRAL
			                                : SENTIMENT_POSITIVE });
	}
}

/* The same draws each time: G. Steele et al., SplitMix64, 2014. */
static size_t below(uint64_t *state, size_t n)
{
	uint64_t x = *state += 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
	x = (x ^ x >> 27) * 0x94D049BB133111EBull;
	return (size_t)((x ^ x >> 31) % n);
}

/* Sentences of reviews put together: of one side, or of both, which is neutral when both weigh about the same. */
static void add_together(struct arena *a, struct labelled_texts *t)
{
	size_t *usable = ARENA_ARRAY(a, size_t, t->count), count = 0;
	uint64_t draws = 20;
	for (size_t i = 0; i < t->count; i++)
		if (t->text[i].set == SET_REVIEWS || t->text[i].set == SET_UCI ||
		    t->text[i].set == SET_OWN)
			usable[count++] = i;
	MUST(count > 0);
	for (size_t n = 0; n < TOGETHER; n++) {
		size_t parts = 2 + below(&draws, TOGETHER_MAX - 1), kind = below(&draws, 3);
		struct buf *text = buf_in(a, 65536);
		int sum = 0;
		for (size_t k = 0; k < parts;) {
			const struct labelled *one = &t->text[usable[below(&draws, count)]];
			int side = (int)one->label - SENTIMENT_NEUTRAL;
			/* kind 0: not positive, 1: either, 2: not negative */
			if ((kind == 0 && side > 0) || (kind == 2 && side < 0))
				continue;
			sum += side;
			k++;
			buf_add(text, one->text);
			buf_add(text, str_ends(one->text, STR(".")) ? STR(" ") : STR(". "));
		}
		double mean = (double)sum / (double)parts;
		if (mean > 0.2 && mean < 0.4)
			continue;
		if (mean < -0.2 && mean > -0.4)
			continue;
		add(a, t,
		    (struct labelled){ buf_str(text), TONGUE_EN, SET_TOGETHER,
		                       mean >= 0.4    ? SENTIMENT_POSITIVE
		                       : mean <= -0.4 ? SENTIMENT_NEGATIVE
		                                      : SENTIMENT_NEUTRAL });
	}
}

void sentiment_texts(struct arena *a, bool uci, struct labelled_texts *out)
{
	struct rows measured;
	*out = (struct labelled_texts){ 0 };
	if (!uci)
		rows_read(a, "uci_sentences/uci.csv", &measured);
	add_own(a, uci ? NULL : &measured, out);
	add_valences(a, "vader/amazonReviewSnippets.csv", SET_REVIEWS, out);
	add_valences(a, "vader/tweets.csv", SET_TWEETS, out);
	if (uci)
		add_uci(a, out);
	add_together(a, out);
	add_emotions(a, out);
	add_nps(a, out);
}
