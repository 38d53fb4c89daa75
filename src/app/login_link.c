/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/login_link.h"

#include "account/session.h"
#include "account/user.h"

struct link_unit {
	Str hash;
	int64_t user, workspace;
};

static bool link_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct link_unit *in = input;
	return login_link_create(tx, in->hash, in->user, in->workspace, err);
}

bool login_link_make(struct world *w, struct arena *a, int64_t user, int64_t workspace, Str *url,
                     struct err *err)
{
	struct link_unit in = { .user = user, .workspace = workspace };
	Str token;
	token_new(a, &token, &in.hash);
	if (!store_run(w->store, 0, UNIT_INTERACTIVE, link_apply, &in, err))
		return false;
	*url = str_printf(a, "%s/login/%.*s", w->account.public_url, STR_FMT(token));
	return true;
}

static bool owner_find(struct db *db, struct arena *a, struct user *owner, int64_t *workspace,
                       struct err *err)
{
	struct workspace_row *rows;
	size_t count;
	int64_t demo = 0;
	if (!workspace_list(db, a, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct workspace w;
		if (!workspace_find(db, rows[i].id, a, &w, err)) {
			/* A name without its workspace: an init that was cut short. */
			if (err->kind != ERR_NOT_FOUND)
				return false;
			continue;
		}
		if (!w.demo) {
			*workspace = w.id;
			return member_first_owner(db, w.id, a, owner, err);
		}
		demo = w.id;
	}
	if (!demo)
		return err_set(err, ERR_NOT_FOUND, "there is no workspace yet");
	*workspace = demo;
	return member_first_owner(db, demo, a, owner, err);
}

bool login_link_for_owner(struct world *w, struct arena *a, Str *url, struct err *err)
{
	struct user owner;
	int64_t workspace = 0;
	struct db *db;
	if (!store_reader_open(w->store, &db, err))
		return false;
	bool ok = owner_find(db, a, &owner, &workspace, err);
	store_reader_close(w->store, db);
	return ok && login_link_make(w, a, owner.id, workspace, url, err);
}
