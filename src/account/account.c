/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account.h"

#include <inttypes.h>

#include "account/session.h"
#include "account/throttle.h"
#include "base/asset.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/template.h"
#include "db/store.h"

#define THROTTLE_PLACES 16384

static bool page_load(struct account *account, Str path, const struct template **out,
                      struct err *err)
{
	const struct asset *asset = asset_find(path);
	MUST(asset != NULL);
	return template_parse(&account->arena, asset->bytes, out, err);
}

bool account_open(struct account *account, struct store *store, struct err *err)
{
	*account = (struct account){ .store = store };
	MUST(pthread_mutex_init(&account->hashing_lock, NULL) == 0);
	MUST(pthread_cond_init(&account->hashing_done, NULL) == 0);
	vault_init(&account->vault, store ? store_data_dir(store) : ".");
	account->throttle = throttle_new(THROTTLE_PLACES);
	if (page_load(account, STR("pages/login.html"), &account->login_page, err) &&
	    page_load(account, STR("pages/join.html"), &account->join_page, err) &&
	    page_load(account, STR("pages/lost.html"), &account->lost_page, err))
		return true;
	account_close(account);
	return false;
}

bool account_set_public_url(struct account *account, const char *public_url, struct err *err)
{
	if (!origin_parse(&account->arena, str_of(public_url), &account->origin, err))
		return false;
	account->public_url = str_copy_c(&account->arena, str_of(public_url));
	account->origin.loopback_too = host_is_loopback(account->origin.host);
	return true;
}

void account_close(struct account *account)
{
	throttle_free(account->throttle);
	vault_end(&account->vault);
	pthread_cond_destroy(&account->hashing_done);
	pthread_mutex_destroy(&account->hashing_lock);
	arena_free(&account->arena);
}

const struct origin *account_origin(const struct account *account, const struct request *rq)
{
	const struct origin *also = account->also;
	return also && origin_is_host(also, rq->host) ? also : &account->origin;
}

bool account_cookies_are_safe(const struct origin *origin)
{
	return origin->https || origin->loopback_too;
}

const char *account_cookie_name(const struct account *account, const struct request *rq)
{
	return account_origin(account, rq)->https ? "__Host-heed" : "heed";
}

Str account_cookie(const struct account *account, const struct request *rq, Str token)
{
	int64_t lasts = token.len ? SESSION_LASTS / CLOCK_SECOND : 0;
	return str_printf(rq->arena,
	                  "%s=%.*s; Path=/; Max-Age=%" PRId64 "; HttpOnly; SameSite=Lax%s",
	                  account_cookie_name(account, rq), STR_FMT(token), lasts,
	                  account_origin(account, rq)->https ? "; Secure" : "");
}
