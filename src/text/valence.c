/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/valence.h"

#include <math.h>
#include <string.h>

/* VADER's constants. */
#define DEGREE      0.293F
#define CAPITALS    0.733F
#define STRETCHED   0.3F
#define SUPERLATIVE 0.5F
#define TURNED      (-0.74F)
#define SQUEEZE     15.0F
/* Of phrases of praise whose words say nothing by themselves. */
#define PRAISE 2.5F
/* How far a negation and a word of degree reach, in words. */
#define REACH 3
/* Where negations add up, they stand further off: "non ho avuto alcun problema". */
#define CONCORD_REACH 5
#define LITTLE_REACH  3
/* How far a wish reaches forward. */
#define WISH_REACH  4
#define TOO_VALENCE (-1.2F)

enum valence_mark {
	MARK_NEGATION = 1,
	MARK_TURNING = 2, /* a negation that turned a valence */
	MARK_TOO = 4,
	MARK_WISH = 8,
	MARK_WISHED = 16, /* positive within reach of a wish */
	MARK_QUESTION = 32,
	MARK_CRY = 64,
	MARK_AGAIN = 128, /* a negation that agrees with one before */
};

struct rules {
	const struct words *w;
	struct valence *v;
	enum lexicon_cue *cue;
	bool shouted; /* all of the text in capitals */
};

/* Words for little that turn what they stand before, but behind an article; folded, between spaces. */
static const char *const little[TONGUE_COUNT] = {
	[TONGUE_DE] = " wenig ",
	[TONGUE_FR] = " peu ",
	[TONGUE_ES] = " poco poca pocos pocas ",
	[TONGUE_IT] = " poco poca pochi poche ",
	[TONGUE_PT] = " pouco pouca poucos poucas ",
	[TONGUE_NL] = " weinig ",
};
static const char articles[] = " un um uma una ein een ";

static bool turns_backwards(enum tongue t)
{
	return t == TONGUE_DE || t == TONGUE_NL || t == TONGUE_DA || t == TONGUE_SV ||
	       t == TONGUE_NO;
}

/* Two negations are one: "ne ... pas", "no ... nada", "non ... mai". */
static bool negations_agree(enum tongue t)
{
	return t == TONGUE_FR || t == TONGUE_ES || t == TONGUE_IT || t == TONGUE_PT;
}

static bool is_comma(const struct word *word)
{
	return word->kind == WORD_MARK && str_eq(word->folded, STR(","));
}

/* The first word of the clause of `i`, or behind the comma before it, not further back than `reach`. */
static size_t reach_back(const struct words *w, size_t i, size_t reach)
{
	size_t first = w->clauses[w->words[i].clause].first, k = i;
	while (k > first && i - k < reach && !is_comma(&w->words[k - 1]))
		k--;
	return k;
}

static float by_degree(const struct rules *r, size_t i, float sign)
{
	static const float fades[] = { 1, 1, 0.95F, 0.9F };
	float more = 0;
	for (size_t k = reach_back(r->w, i, REACH); k < i; k++) {
		float degree = r->cue[k] == LEXICON_MORE   ? DEGREE
		               : r->cue[k] == LEXICON_LESS ? -DEGREE
		                                           : 0;
		more += degree * fades[i - k];
	}
	return sign > 0 ? fmaxf(sign + more, 0.1F) : fminf(sign - more, -0.1F);
}

static bool negated_at(struct rules *r, size_t k)
{
	if (!(r->v->mark[k] & MARK_NEGATION))
		return false;
	r->v->mark[k] |= MARK_TURNING;
	return true;
}

static bool is_negated(struct rules *r, size_t i)
{
	const struct words *w = r->w;
	bool agree = negations_agree(w->tongue), negated = false;
	for (size_t k = reach_back(w, i, agree ? CONCORD_REACH : REACH); k < i; k++) {
		bool here = negated_at(r, k);
		negated = agree ? negated || here : negated != here;
	}
	if (negated || !turns_backwards(w->tongue))
		return negated;
	const struct clause *c = &w->clauses[w->words[i].clause];
	for (size_t k = i + 1; k < c->first + c->count && k <= i + 2; k++) {
		if (is_comma(&w->words[k]))
			return false;
		if (negated_at(r, k))
			return true;
	}
	return false;
}

/* "Poco intuitivo", "peu de choix": hardly any of it. "Un poco caro" is a little of it. */
static bool is_little(const struct rules *r, size_t i)
{
	const struct words *w = r->w;
	if (!little[w->tongue])
		return false;
	size_t first = reach_back(w, i, LITTLE_REACH), k = i;
	if (k > first && tongue_listed(" de d di ", w->words[k - 1].folded))
		k--;
	return k > first && tongue_listed(little[w->tongue], w->words[k - 1].folded) &&
	       (k < first + 2 || !tongue_listed(articles, w->words[k - 2].folded));
}

static bool is_wished(const struct rules *r, size_t i, enum lexicon_cue by)
{
	for (size_t k = reach_back(r->w, i, WISH_REACH); k < i; k++)
		if (r->cue[k] == by)
			return true;
	return false;
}

static void judge(struct rules *r, size_t i)
{
	const struct word *word = &r->w->words[i];
	struct valence *v = r->v;
	float sign = v->sign[i];
	bool turn =
	    (sign != 0 || (v->kin && v->kin[i] != 0)) && (is_negated(r, i) || is_little(r, i));
	bool could = sign > 0 && is_wished(r, i, LEXICON_COULD);
	if (v->kin && turn)
		v->kin[i] *= TURNED;
	if (sign == 0)
		return;
	if (word->capitals && !r->shouted)
		sign += sign > 0 ? CAPITALS : -CAPITALS;
	if (word->stretched)
		sign += sign > 0 ? STRETCHED : -STRETCHED;
	sign = by_degree(r, i, sign);
	if (turn != could) /* "no podría ser mejor" is praise */
		sign *= TURNED;
	else if (sign > 0 && i > 0 && word->clause == r->w->words[i - 1].clause &&
	         r->cue[i - 1] == LEXICON_TOO)
		sign = TOO_VALENCE;
	if (sign > 0 && is_wished(r, i, LEXICON_WISH))
		v->mark[i] |= MARK_WISHED;
	v->sign[i] = sign;
}

/* Without an article before an apostrophe: "l'accueil", "un'ottima". */
static Str after_elision(enum tongue t, Str folded)
{
	size_t at = t == TONGUE_FR || t == TONGUE_IT ? str_find_char(folded, '\'', 0) : SIZE_MAX;
	return at == SIZE_MAX ? (Str){ 0 } : str_from(folded, at + 1);
}

/* What stands before the ending of "carísimo", "gentilissimi"; empty: it has none. */
static Str before_superlative(enum tongue t, Str folded)
{
	static const Str ends[] = {
		{ "\xC3\xADsim", 5 }, { "isim", 4 }, { "\xC3\xADssim", 6 }, { "issim", 5 }
	};
	if (t != TONGUE_ES && t != TONGUE_IT && t != TONGUE_PT)
		return (Str){ 0 };
	Str s = folded;
	s.len -= str_ends(s, STR("s"));
	s.len -= s.len > 0;
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_ends(s, ends[i]) && s.len > ends[i].len + 1)
			return str_slice(s, 0, s.len - ends[i].len);
	return (Str){ 0 };
}

static struct lexicon_word with_ending(enum tongue t, Str stem, Str end)
{
	char word[WORD_BYTES_MAX + 8];
	if (stem.len + end.len > sizeof word)
		return (struct lexicon_word){ 0 };
	memcpy(word, stem.at, stem.len);
	memcpy(word + stem.len, end.at, end.len);
	return lexicon_find(t, (Str){ word, stem.len + end.len }, stem);
}

/* The word that "carísimo", "riquísimo", "amabilísima", "sporchissimo" is the superlative of. */
static struct lexicon_word below_superlative(enum tongue t, Str folded)
{
	static const struct {
		Str from, to; /* as the stem ends, and as the word does */
	} ends[] = {
		{ { "", 0 }, { "o", 1 } },      { { "", 0 }, { "e", 1 } },
		{ { "", 0 }, { "", 0 } },       { { "", 0 }, { "io", 2 } },
		{ { "qu", 2 }, { "co", 2 } },   { { "ch", 2 }, { "co", 2 } },
		{ { "gu", 2 }, { "go", 2 } },   { { "gh", 2 }, { "go", 2 } },
		{ { "c", 1 }, { "z", 1 } },     { { "bil", 3 }, { "ble", 3 } },
		{ { "bil", 3 }, { "vel", 3 } },
	};
	Str stem = before_superlative(t, folded);
	for (size_t i = 0; stem.len > 0 && i < sizeof ends / sizeof ends[0]; i++) {
		if (!str_ends(stem, ends[i].from))
			continue;
		struct lexicon_word found =
		    with_ending(t, str_slice(stem, 0, stem.len - ends[i].from.len), ends[i].to);
		if (found.valence == 0)
			continue;
		found.valence += found.valence > 0 ? SUPERLATIVE : -SUPERLATIVE;
		return found;
	}
	return (struct lexicon_word){ 0 };
}

/* The stem of a word that says little is often that of another word: "con" of "coño", "tem" of "temer". */
static struct lexicon_word word_of(enum tongue t, const struct word *word)
{
	struct lexicon_word found =
	    lexicon_find(t, word->folded, word->stop ? (Str){ 0 } : word->stem);
	if (found.valence == 0 && found.cue == LEXICON_PLAIN && word->kind == WORD_LETTERS) {
		Str rest = after_elision(t, word->folded);
		found = lexicon_find(t, rest, rest);
	}
	if (found.valence == 0 && found.cue == LEXICON_PLAIN && word->kind == WORD_LETTERS)
		found = below_superlative(t, word->folded);
	return found;
}

static bool agrees_with_one_before(const struct rules *r, size_t i)
{
	if (!negations_agree(r->w->tongue))
		return false;
	for (size_t k = reach_back(r->w, i, CONCORD_REACH); k < i; k++)
		if (r->v->mark[k] & MARK_NEGATION)
			return true;
	return false;
}

static void look_up(struct rules *r, size_t i, const struct linear *kin)
{
	const struct word *word = &r->w->words[i];
	struct valence *v = r->v;
	if (word->kind == WORD_MARK) {
		char c = word->folded.len == 1 ? word->folded.at[0] : 0;
		v->mark[i] = (uint8_t)(c == '?' ? MARK_QUESTION : c == '!' ? MARK_CRY : 0);
		return;
	}
	if (word->roles & TONGUE_ONCE)
		r->cue[i] = LEXICON_COULD;
	if (word->roles & TONGUE_SPENT || word->saying != 0) {
		v->sign[i] = word->saying                   ? (float)word->saying / 10
		             : word->roles & TONGUE_PRAISES ? PRAISE
		                                            : 0;
		return;
	}
	struct lexicon_word found = word_of(r->w->tongue, word);
	v->sign[i] = found.valence;
	r->cue[i] = found.cue;
	if (word->kind != WORD_LETTERS)
		return;
	if (found.cue == LEXICON_TOO)
		v->mark[i] |= MARK_TOO;
	if (found.cue == LEXICON_WISH || found.cue == LEXICON_COULD)
		v->mark[i] |= MARK_WISH;
	if (word->roles & TONGUE_NEGATES) {
		v->mark[i] |= MARK_NEGATION;
		if (agrees_with_one_before(r, i))
			v->mark[i] |= MARK_AGAIN;
		v->sign[i] = 0;
	}
	if (!kin)
		return;
	const int8_t *row = linear_row(kin, feature_place('w', word->folded, (Str){ 0 }));
	v->kin[i] = (float)row[0] * kin->scale[0];
	v->interest[i] = (float)row[1] * kin->scale[1];
}

static bool all_shouted(const struct words *w)
{
	size_t capitals = 0;
	for (size_t i = 0; i < w->count; i++)
		capitals += w->words[i].capitals;
	return capitals * 4 > w->letters * 3;
}

void valence_read(struct arena *a, const struct words *w, const struct linear *kin,
                  struct valence *out)
{
	*out = (struct valence){
		.sign = ARENA_ARRAY(a, float, w->count),
		.mark = ARENA_ARRAY(a, uint8_t, w->count),
	};
	if (kin) {
		out->kin = ARENA_ARRAY(a, float, w->count);
		out->interest = ARENA_ARRAY(a, float, w->count);
	}
	struct rules r = { w, out, ARENA_ARRAY(a, enum lexicon_cue, w->count), all_shouted(w) };
	for (size_t i = 0; i < w->count; i++)
		look_up(&r, i, kin);
	for (size_t i = 0; i < w->count; i++)
		judge(&r, i);
}

static float squeezed(float sum)
{
	return sum / sqrtf(sum * sum + SQUEEZE);
}

struct tally {
	float good, bad, kin, interest, emoji;
	float largest, least, first, last, kin_largest, kin_least;
	float wished;
	size_t letters, plain; /* plain: words without valence */
	size_t negations, plain_negations, too, wishes, questions, cries;
};

static void count_sign(struct tally *t, float sign, const struct word *word)
{
	if (sign == 0) {
		t->plain += word->kind == WORD_LETTERS;
		return;
	}
	if (sign > 0)
		t->good += sign;
	else
		t->bad -= sign;
	if (word->kind == WORD_EMOJI)
		t->emoji += sign;
	t->largest = fmaxf(t->largest, sign);
	t->least = fminf(t->least, sign);
	if (t->first == 0)
		t->first = sign;
	t->last = sign;
}

static void count_mark(struct tally *t, uint8_t mark)
{
	t->negations += (mark & (MARK_NEGATION | MARK_AGAIN)) == MARK_NEGATION;
	t->plain_negations += (mark & (MARK_NEGATION | MARK_TURNING | MARK_AGAIN)) == MARK_NEGATION;
	t->too += (mark & MARK_TOO) != 0;
	t->wishes += (mark & MARK_WISH) != 0;
	t->questions += (mark & MARK_QUESTION) != 0;
	t->cries += (mark & MARK_CRY) != 0;
}

static void count_word(struct tally *t, const struct words *w, const struct valence *v, size_t i)
{
	const struct word *word = &w->words[i];
	t->letters += word->kind == WORD_LETTERS;
	count_sign(t, v->sign[i], word);
	if (v->mark[i])
		count_mark(t, v->mark[i]);
	if (v->mark[i] & MARK_WISHED)
		t->wished += v->sign[i];
	if (!v->kin)
		return;
	t->kin += v->kin[i];
	t->interest += v->interest[i];
	t->kin_largest = fmaxf(t->kin_largest, v->kin[i]);
	t->kin_least = fminf(t->kin_least, v->kin[i]);
}

static float log_of(size_t n)
{
	return n ? log1pf((float)n) : 0;
}

/* Clauses that lie in the range, by the sign of their sum. */
static void number_clauses(const struct words *w, const struct valence *v, size_t first, size_t end,
                           float *numbers)
{
	float good = 0, bad = 0, clauses = 0, before = 0, after = 0;
	bool contrast = false;
	for (uint32_t c = w->words[first].clause; c < w->clause_count && w->clauses[c].first < end;
	     c++) {
		const struct clause *k = &w->clauses[c];
		float sum = 0;
		for (size_t i = k->first; i < k->first + k->count && i < end; i++)
			sum += v->sign[i];
		if (k->contrast && k->first > first) {
			before += after;
			after = 0;
			contrast = true;
		}
		after += sum;
		good += sum > 0;
		bad += sum < 0;
		clauses++;
	}
	numbers[VALENCE_CLAUSES_GOOD] = good / clauses;
	numbers[VALENCE_CLAUSES_BAD] = bad / clauses;
	numbers[VALENCE_BEFORE_CONTRAST] = contrast ? squeezed(before) : 0;
	numbers[VALENCE_AFTER_CONTRAST] = contrast ? squeezed(after) : 0;
}

void valence_numbers(const struct words *w, const struct valence *v, size_t first, size_t count,
                     float numbers[static VALENCE_COUNT])
{
	struct tally t = { 0 };
	for (size_t i = 0; i < VALENCE_COUNT; i++)
		numbers[i] = 0;
	if (count == 0)
		return;
	for (size_t i = first; i < first + count; i++)
		count_word(&t, w, v, i);
	float sum = t.good - t.bad, both = t.good + t.bad;
	float root = sqrtf((float)(t.letters ? t.letters : 1));
	float spread = both + (float)t.plain + 1;
	number_clauses(w, v, first, first + count, numbers);
	numbers[VALENCE_COMPOUND] = squeezed(sum);
	numbers[VALENCE_POSITIVE] = t.good / spread;
	numbers[VALENCE_NEGATIVE] = t.bad / spread;
	numbers[VALENCE_DENSITY] = sum / (4 * root);
	numbers[VALENCE_LARGEST] = t.largest / 4;
	numbers[VALENCE_LEAST] = t.least / 4;
	numbers[VALENCE_FIRST] = t.first / 4;
	numbers[VALENCE_LAST] = t.last / 4;
	numbers[VALENCE_BALANCE] = both > 0 ? fminf(t.good, t.bad) / both : 0;
	numbers[VALENCE_NONE] = both > 0 ? 0 : 1;
	numbers[VALENCE_NEGATIONS] = log_of(t.negations);
	numbers[VALENCE_PLAIN_NEGATIONS] = log_of(t.plain_negations);
	numbers[VALENCE_BEGINS_NEGATED] = v->mark[first] & MARK_NEGATION ? 1 : 0;
	numbers[VALENCE_TOO] = log_of(t.too);
	numbers[VALENCE_WISHES] = log_of(t.wishes);
	numbers[VALENCE_WISHED_GOOD] = squeezed(t.wished);
	numbers[VALENCE_QUESTIONS] = log_of(t.questions);
	numbers[VALENCE_CRIES] = log_of(t.cries) * (sum > 0 ? 1.0F : sum < 0 ? -1.0F : 0);
	numbers[VALENCE_EMOJI] = squeezed(t.emoji);
	numbers[VALENCE_LENGTH] = log_of(t.letters) / 5;
	numbers[VALENCE_KIN] = t.kin / root;
	numbers[VALENCE_KIN_LARGEST] = t.kin_largest;
	numbers[VALENCE_KIN_LEAST] = t.kin_least;
	numbers[VALENCE_KIN_COMPOUND] = squeezed(2 * t.kin);
	numbers[VALENCE_INTEREST] = t.interest / root;
}
