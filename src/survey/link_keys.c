/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/link.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "survey/link.sql.h"

#define KID_MAX 255

struct key {
	int64_t workspace;
	int kid;
	unsigned char secret[LINK_KEY_BYTES];
};

/* Sorted by workspace and kid. */
struct link_keys {
	pthread_mutex_t lock;
	struct key *all;
	size_t count, cap;
	int64_t lookup_second; /* of the strangers' look-ups */
	int lookups;
};

struct link_keys *link_keys_new(void)
{
	struct link_keys *keys = mem_zeroed(1, sizeof *keys);
	MUST(pthread_mutex_init(&keys->lock, NULL) == 0);
	return keys;
}

void link_keys_free(struct link_keys *keys)
{
	if (!keys)
		return;
	if (keys->all)
		sodium_memzero(keys->all, keys->cap * sizeof keys->all[0]);
	free(keys->all);
	pthread_mutex_destroy(&keys->lock);
	free(keys);
}

/* Index of the first key that is not before (workspace, kid). */
static size_t lower_bound(const struct link_keys *keys, int64_t workspace, int kid)
{
	size_t low = 0, high = keys->count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct key *k = &keys->all[mid];
		if (k->workspace < workspace || (k->workspace == workspace && k->kid < kid))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool find(struct link_keys *keys, int64_t workspace, int kid, struct key *out)
{
	pthread_mutex_lock(&keys->lock);
	size_t at = lower_bound(keys, workspace, kid);
	bool found =
	    at < keys->count && keys->all[at].workspace == workspace && keys->all[at].kid == kid;
	if (found)
		*out = keys->all[at];
	pthread_mutex_unlock(&keys->lock);
	return found;
}

static bool find_newest(struct link_keys *keys, int64_t workspace, struct key *out)
{
	pthread_mutex_lock(&keys->lock);
	size_t end = lower_bound(keys, workspace, KID_MAX + 1);
	bool found = end > 0 && keys->all[end - 1].workspace == workspace;
	if (found)
		*out = keys->all[end - 1];
	pthread_mutex_unlock(&keys->lock);
	return found;
}

static void remember(struct link_keys *keys, const struct key *key)
{
	pthread_mutex_lock(&keys->lock);
	size_t at = lower_bound(keys, key->workspace, key->kid);
	bool known = at < keys->count && keys->all[at].workspace == key->workspace &&
	             keys->all[at].kid == key->kid;
	if (!known) {
		if (keys->count == keys->cap) {
			keys->cap = keys->cap ? keys->cap * 2 : 16;
			keys->all = mem_resize(keys->all, keys->cap * sizeof keys->all[0]);
		}
		memmove(&keys->all[at + 1], &keys->all[at],
		        (keys->count - at) * sizeof keys->all[0]);
		keys->count++;
	}
	keys->all[at] = *key;
	pthread_mutex_unlock(&keys->lock);
}

static bool key_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct key *key = out;
	Str secret = db_blob(rows, 1, a);
	key->kid = (int)db_i64(rows, 0);
	if (secret.len != LINK_KEY_BYTES || key->kid < 1 || key->kid > KID_MAX)
		return err_set(err, ERR_CORRUPT, "a link key is not what Heed wrote");
	memcpy(key->secret, secret.at, LINK_KEY_BYTES);
	return true;
}

static bool read_workspace(struct link_keys *keys, struct db *db, int64_t workspace,
                           struct err *err)
{
	struct arena a = { 0 };
	void *items;
	size_t count;
	bool ok = db_list(db, &sql_link_key_list, DB_ARGS(db_arg_i64(workspace)), key_row,
	                  sizeof(struct key), &a, &items, &count, err);
	for (size_t i = 0; ok && i < count; i++) {
		struct key *key = (struct key *)items + i;
		key->workspace = workspace;
		remember(keys, key);
	}
	arena_free(&a);
	return ok;
}

bool link_keys_load(struct link_keys *keys, struct db *db, struct err *err)
{
	struct arena a = { 0 };
	void *ids;
	size_t count;
	bool ok = db_list(db, &sql_link_workspaces, DB_NO_ARGS, db_row_i64, sizeof(int64_t), &a,
	                  &ids, &count, err);
	for (size_t i = 0; ok && i < count; i++)
		ok = read_workspace(keys, db, ((const int64_t *)ids)[i], err);
	arena_free(&a);
	return ok;
}

/* Strangers together get so many look-ups a second. */
static bool may_look_up(struct link_keys *keys, int64_t now)
{
	pthread_mutex_lock(&keys->lock);
	int64_t second = now / CLOCK_SECOND;
	if (second != keys->lookup_second) {
		keys->lookup_second = second;
		keys->lookups = 0;
	}
	bool may = keys->lookups < LINK_LOOKUPS_PER_SECOND;
	keys->lookups += may;
	pthread_mutex_unlock(&keys->lock);
	return may;
}

bool link_check(struct link_keys *keys, struct db *db, int64_t now, enum link_kind kind, Str text,
                struct link_token *out, struct err *err)
{
	struct link_raw raw;
	struct link_token token;
	struct key key;
	if (!link_parse(text, &raw, &token) || token.kind != kind)
		return err_set(err, ERR_NOT_FOUND, "this link is not one of ours");
	bool known = find(keys, token.workspace, token.kid, &key);
	if (!known && may_look_up(keys, now)) {
		if (!read_workspace(keys, db, token.workspace, err))
			return false;
		known = find(keys, token.workspace, token.kid, &key);
	}
	bool good = known && link_mac_is_right(&raw, key.secret);
	sodium_memzero(&key, sizeof key);
	if (!good)
		return err_set(err, ERR_NOT_FOUND, "this link is not one of ours");
	*out = token;
	return true;
}

bool link_keys_need(struct link_keys *keys, struct db *db, int64_t workspace, struct err *err)
{
	struct key key;
	bool known = find_newest(keys, workspace, &key);
	sodium_memzero(&key, sizeof key);
	return known || read_workspace(keys, db, workspace, err);
}

bool link_mint(struct link_keys *keys, enum link_kind kind, int64_t workspace, int64_t id,
               int64_t expires_at, char out[static LINK_TOKEN_CHARS + 1], struct err *err)
{
	struct key key;
	if (!find_newest(keys, workspace, &key))
		return err_set(err, ERR_INTERNAL, "the workspace has no link key");
	struct link_token token = {
		.kind = kind,
		.kid = key.kid,
		.workspace = workspace,
		.id = id,
		.expires_at = expires_at,
	};
	link_write(&token, key.secret, out);
	sodium_memzero(&key, sizeof key);
	return true;
}

bool link_key_add(struct db_tx *tx, const unsigned char secret[static LINK_KEY_BYTES],
                  struct err *err)
{
	int64_t newest;
	if (!db_one_i64(tx->db, &sql_link_key_newest, DB_ARGS(db_arg_i64(tx->workspace)), 0,
	                &newest, err))
		return false;
	if (newest == KID_MAX)
		return err_set(err, ERR_CONFLICT, "the workspace has had %d link keys", KID_MAX);
	Str bytes = { (const char *)secret, LINK_KEY_BYTES };
	tx_changed(tx, CHANGE_LINK, newest + 1);
	return db_exec(tx->db, &sql_link_key_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(newest + 1),
	                       db_arg_blob(bytes), db_arg_i64(tx->now)),
	               NULL, err);
}
