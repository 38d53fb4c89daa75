/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/licences.h"

#include "base/die.h"
#include "net/asset_reply.h"

static bool text_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct asset *text = asset_find(STR("third-party.txt"));
	(void)err;
	MUST(text != NULL);
	asset_reply(rq, rp, text);
	return true;
}

const struct route licences_routes[] = {
	{ .method = "GET",
	  .path = "/licences",
	  .operation = "licences",
	  .open = true,
	  .direct = true,
	  .read = text_read },
};
const size_t licences_route_count = sizeof licences_routes / sizeof licences_routes[0];
