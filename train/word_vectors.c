/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "word_vectors.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static _Noreturn void stop(const char *what, const char *path)
{
	fprintf(stderr, "%s: %s\n", path, what);
	exit(1);
}

static Str map_file(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		stop("cannot be read", path);
	void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		stop("cannot be read", path);
	close(fd);
	return (Str){ at, (size_t)st.st_size };
}

static uint64_t hash_of(Str s)
{
	uint64_t hash = 0xCBF29CE484222325ull;
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * 0x100000001B3ull;
	return hash ^ hash >> 29;
}

static uint32_t *slot_of(const struct word_vectors *v, Str word)
{
	size_t at = hash_of(word) & (v->slot_count - 1);
	while (v->slots[at] && !str_eq(v->words[v->slots[at] - 1], word))
		at = (at + 1) & (v->slot_count - 1);
	return &v->slots[at];
}

/* "words":["the", ...]: those without escapes. */
static void take_words(struct arena *a, Str json, size_t most, struct word_vectors *v)
{
	Str key = STR("\"words\":[");
	size_t at = str_find(json, key);
	Str rest = str_from(json, at == SIZE_MAX ? json.len : at + key.len), one;
	v->words = ARENA_ARRAY(a, Str, most);
	for (size_t i = 0; i < most && str_cut(&rest, ',', &one); i++) {
		if (one.len < 3 || one.at[0] != '"' || one.at[one.len - 1] != '"')
			continue;
		v->words[v->count] = str_slice(one, 1, one.len - 2);
		*slot_of(v, v->words[v->count]) = (uint32_t)v->count + 1;
		v->count++;
	}
}

static void normalise(float *vector)
{
	float square = 0;
	for (size_t k = 0; k < VECTOR_SIZE; k++)
		square += vector[k] * vector[k];
	for (size_t k = 0; k < VECTOR_SIZE; k++)
		vector[k] /= sqrtf(square) + 1e-9F;
}

/* "vectors":{"the":[...],...} in any order. */
static void take_vectors(Str json, struct word_vectors *v)
{
	Str key = STR("\"vectors\":{"), rest, one;
	size_t at = str_find(json, key);
	rest = str_from(json, at == SIZE_MAX ? json.len : at + key.len);
	while (str_cut(&rest, ']', &one)) {
		size_t open = str_find(one, STR(":["));
		if (open == SIZE_MAX || open < 3)
			break;
		size_t from = one.at[0] == ',' ? 2 : 1;
		uint32_t slot = *slot_of(v, str_slice(one, from, open - from - 1));
		if (!slot)
			continue;
		char *number = (char *)(uintptr_t)(one.at + open + 2);
		for (size_t k = 0; k < VECTOR_SIZE; k++, number++)
			v->vector[slot - 1][k] = strtof(number, &number);
		normalise(v->vector[slot - 1]);
	}
}

void word_vectors_read(struct arena *a, const char *path, size_t most, struct word_vectors *out)
{
	Str json = map_file(path);
	struct word_vectors v = { .slot_count = 64 };
	while (v.slot_count < most * 2)
		v.slot_count *= 2;
	v.slots = ARENA_ARRAY(a, uint32_t, v.slot_count);
	v.vector = arena_zeroed(a, most, sizeof *v.vector);
	take_words(a, json, most, &v);
	take_vectors(json, &v);
	if (v.count == 0)
		stop("holds no word vectors", path);
	*out = v;
}

const float *word_vector(const struct word_vectors *v, Str word)
{
	uint32_t slot = *slot_of(v, word);
	return slot ? v->vector[slot - 1] : NULL;
}
