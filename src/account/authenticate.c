/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account.h"

#include "account/api_key.h"
#include "account/session.h"
#include "account/user.h"

static bool by_key(struct request *rq, Str bearer, struct caller *caller, struct err *err)
{
	struct api_key key;
	int64_t workspace;
	Str hash;
	bool found = false;
	if (api_key_parse(rq->arena, bearer, &workspace, &hash) &&
	    !api_key_find(rq->db, workspace, hash, rq->arena, &key, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_UNAUTHENTICATED, "this API key is unknown or revoked");
	*caller = (struct caller){
		.workspace = workspace,
		.key = key.id,
		.scope = key.scope,
		.name = str_printf(rq->arena, "key %.*s", STR_FMT(key.name)),
	};
	return true;
}

/* A session whose user left the workspace is nobody. */
static bool by_session(struct request *rq, Str token, struct caller *caller, struct err *err)
{
	struct session session;
	Str hash;
	bool found;
	unsigned role;
	if (!token_hash(rq->arena, token, &hash))
		return true;
	if (!session_find(rq->db, hash, rq->now, rq->arena, &session, &found, err))
		return false;
	if (!found)
		return true;
	if (!member_role(rq->db, session.workspace, session.user, &role, err))
		return false;
	if (role)
		*caller = (struct caller){
			.workspace = session.workspace,
			.user = session.user,
			.role = role,
			.name = session.email,
			.session = hash,
		};
	return true;
}

bool account_authenticate(void *context, struct request *rq, struct caller *caller, struct err *err)
{
	const struct account *account = context;
	Str header = request_header(rq, "Authorization");
	if (header.at) {
		if (!str_eq_ignoring_ascii_case(str_slice(header, 0, 7), STR("Bearer ")))
			return err_set(err, ERR_UNAUTHENTICATED,
			               "use the header Authorization: Bearer KEY");
		return by_key(rq, str_trim(str_from(header, 7)), caller, err);
	}
	Str cookie = request_cookie(rq, account_cookie_name(account));
	if (cookie.at == NULL)
		return true;
	return by_session(rq, cookie, caller, err);
}
