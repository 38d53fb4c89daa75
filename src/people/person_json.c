/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person_json.h"

static Str kind_name(enum identity_kind kind)
{
	switch (kind) {
	case IDENTITY_EMAIL:
		return STR("email");
	case IDENTITY_EXTERNAL_ID:
		return STR("external_id");
	case IDENTITY_PHONE:
		return STR("phone");
	}
	return STR("");
}

static void put_account(struct json_writer *w, int64_t id, const struct account_name *account)
{
	json_put_key(w, STR("account"));
	if (!id) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_id(w, "id", id);
	json_put_key_text(w, "external_id", account->external_id);
	json_put_key_text(w, "name", account->name);
	json_put_dict_end(w);
}

static void put_identities(struct json_writer *w, const struct identity *all, size_t count)
{
	json_put_key(w, STR("identities"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_text(w, "kind", kind_name(all[i].kind));
		json_put_key_text(w, "value", all[i].typed);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

bool person_put(struct json_writer *w, struct db *db, struct arena *a, int64_t workspace,
                const struct person *p, struct err *err)
{
	struct identity *identities;
	size_t count;
	struct account_name account = { 0 };
	if (!person_identities(db, a, workspace, p->id, &identities, &count, err) ||
	    (p->account_id && !account_find(db, a, workspace, p->account_id, &account, err)))
		return false;
	json_put_dict(w);
	json_put_key_id(w, "id", p->id);
	json_put_key_id(w, "merged_into", p->canonical_id);
	json_put_key_text(w, "name", p->name);
	put_identities(w, identities, count);
	put_account(w, p->account_id, &account);
	json_put_key(w, STR("traits"));
	json_put_raw(w, p->traits);
	json_put_key_time(w, "created_at", p->created_at);
	json_put_key_time(w, "updated_at", p->updated_at);
	json_put_dict_end(w);
	return true;
}
