/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/standouts_kept.h"

#include "base/die.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Texts are malloc'd. */
struct entry {
	struct standouts_key key;
	struct standouts_made made;
	bool used;
};

struct standouts_kept {
	pthread_mutex_t lock;
	struct entry entries[STANDOUTS_KEPT_MAX];
};

struct standouts_kept *standouts_kept_new(void)
{
	struct standouts_kept *kept = mem_zeroed(1, sizeof(*kept));
	MUST(pthread_mutex_init(&kept->lock, NULL) == 0);
	return kept;
}

static void drop(struct entry *e)
{
	free((void *)(uintptr_t)e->key.scope.at);
	free((void *)(uintptr_t)e->made.json.at);
	*e = (struct entry){ 0 };
}

void standouts_kept_free(struct standouts_kept *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < STANDOUTS_KEPT_MAX; i++)
		drop(&kept->entries[i]);
	pthread_mutex_destroy(&kept->lock);
	free(kept);
}

static Str owned(Str text)
{
	if (!text.at)
		return (Str){ 0 };
	char *copy = mem_alloc(text.len + 1);
	memcpy(copy, text.at, text.len);
	return (Str){ copy, text.len };
}

static bool is_for(const struct entry *e, const struct standouts_key *key)
{
	return e->used && e->key.workspace == key->workspace &&
	       e->key.hides_names == key->hides_names && e->key.figures_only == key->figures_only &&
	       (e->key.scope.at == NULL) == (key->scope.at == NULL) &&
	       str_eq(e->key.scope, key->scope);
}

bool standouts_kept_find(struct standouts_kept *kept, const struct standouts_key *key,
                         struct arena *a, struct standouts_made *out)
{
	bool found = false;
	pthread_mutex_lock(&kept->lock);
	for (size_t i = 0; i < STANDOUTS_KEPT_MAX && !found; i++) {
		const struct entry *e = &kept->entries[i];
		found = is_for(e, key);
		if (!found)
			continue;
		*out = e->made;
		out->json = str_copy(a, e->made.json);
	}
	pthread_mutex_unlock(&kept->lock);
	return found;
}

/* The one for this key, else a free one, else the oldest. */
static struct entry *place_for(struct standouts_kept *kept, const struct standouts_key *key)
{
	struct entry *best = &kept->entries[0];
	for (size_t i = 0; i < STANDOUTS_KEPT_MAX; i++) {
		struct entry *e = &kept->entries[i];
		if (is_for(e, key))
			return e;
		if (best->used && (!e->used || e->made.at < best->made.at))
			best = e;
	}
	return best;
}

void standouts_kept_put(struct standouts_kept *kept, const struct standouts_key *key,
                        const struct standouts_made *made)
{
	struct entry entry = { *key, *made, true };
	entry.key.scope = owned(key->scope);
	entry.made.json = owned(made->json);
	pthread_mutex_lock(&kept->lock);
	struct entry *e = place_for(kept, key);
	drop(e);
	*e = entry;
	pthread_mutex_unlock(&kept->lock);
}

void standouts_kept_forget(struct standouts_kept *kept, int64_t workspace)
{
	pthread_mutex_lock(&kept->lock);
	for (size_t i = 0; i < STANDOUTS_KEPT_MAX; i++)
		if (kept->entries[i].used && kept->entries[i].key.workspace == workspace)
			drop(&kept->entries[i]);
	pthread_mutex_unlock(&kept->lock);
}
