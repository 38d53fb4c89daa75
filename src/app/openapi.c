/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/openapi.h"

#include "base/die.h"
#include "net/asset_reply.h"

static bool document_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct asset *document = asset_find(STR("api/openapi.json"));
	(void)err;
	MUST(document != NULL);
	asset_reply(rq, rp, document);
	return true;
}

const struct route openapi_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/openapi.json",
	  .operation = "getOpenapi",
	  .open = true,
	  .direct = true,
	  .read = document_read },
};
const size_t openapi_route_count = sizeof openapi_routes / sizeof openapi_routes[0];
