/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/vocabulary.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "text/phrases.h"
#include "text/words.h"

#define PLACES     4096 /* a power of two; 56 bytes each */
#define LENGTH_MAX 24   /* longer words are rare, and are told anew each time */

struct place {
	char folded[LENGTH_MAX], stem[LENGTH_MAX];
	uint8_t tongue, folded_len, stem_len; /* folded_len 0: free */
	uint8_t roles;
	bool stop;
};

struct vocabulary {
	struct sb_stemmer *stemmers[TONGUE_COUNT];
	struct place places[PLACES];
};

struct vocabulary *vocabulary_open(void)
{
	return mem_zeroed(1, sizeof(struct vocabulary));
}

void vocabulary_close(struct vocabulary *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < TONGUE_COUNT; i++)
		if (v->stemmers[i])
			sb_stemmer_delete(v->stemmers[i]);
	free(v);
}

static struct sb_stemmer *stemmer_of(struct vocabulary *v, enum tongue tongue)
{
	const char *name = tongue_stemmer(tongue);
	if (name && !v->stemmers[tongue])
		v->stemmers[tongue] = sb_stemmer_new(name, "UTF_8");
	return v->stemmers[tongue];
}

/* Most stems are the beginning of their word. */
static Str kept(struct arena *a, Str stem, Str folded)
{
	return str_starts(folded, stem) ? str_slice(folded, 0, stem.len) : str_copy(a, stem);
}

Str vocabulary_stem(struct vocabulary *v, struct arena *a, Str folded, enum tongue tongue)
{
	struct sb_stemmer *stemmer = stemmer_of(v, tongue);
	if (!stemmer || folded.len > WORD_BYTES_MAX)
		return folded;
	const sb_symbol *stem =
	    sb_stemmer_stem(stemmer, (const sb_symbol *)folded.at, (int)folded.len);
	return kept(a, (Str){ (const char *)stem, (size_t)sb_stemmer_length(stemmer) }, folded);
}

static struct place *place_of(struct vocabulary *v, Str folded, enum tongue tongue)
{
	uint32_t hash = 2166136261u ^ (uint32_t)tongue;
	for (size_t i = 0; i < folded.len; i++)
		hash = (hash ^ (unsigned char)folded.at[i]) * 16777619u;
	return &v->places[(hash ^ hash >> 15) & (PLACES - 1)];
}

static bool is_there(const struct place *p, Str folded, enum tongue tongue)
{
	return p->folded_len == folded.len && p->tongue == tongue &&
	       memcmp(p->folded, folded.at, folded.len) == 0;
}

static void remember(struct place *p, Str folded, enum tongue tongue,
                     const struct known_word *known)
{
	memcpy(p->folded, folded.at, folded.len);
	memcpy(p->stem, known->stem.at, known->stem.len);
	p->folded_len = (uint8_t)folded.len;
	p->stem_len = (uint8_t)known->stem.len;
	p->tongue = (uint8_t)tongue;
	p->roles = known->roles;
	p->stop = known->stop;
}

struct known_word vocabulary_tell(struct vocabulary *v, struct arena *a, Str folded,
                                  enum tongue tongue)
{
	struct place *p = place_of(v, folded, tongue);
	bool fits = folded.len > 0 && folded.len <= LENGTH_MAX;
	if (fits && is_there(p, folded, tongue))
		return (struct known_word){ kept(a, (Str){ p->stem, p->stem_len }, folded),
			                    p->roles, p->stop };
	struct known_word known = {
		.stem = vocabulary_stem(v, a, folded, tongue),
		.roles = (uint8_t)tongue_roles(tongue, folded),
		.stop = stop_word(tongue, folded),
	};
	if (fits && known.stem.len <= LENGTH_MAX)
		remember(p, folded, tongue, &known);
	return known;
}
