/* net/asset_reply.h - sends a file that is part of the program.
 *
 * Asked with ?v= and the asset's own version the reply may be kept for ever, otherwise it is asked again each time
 * and answered 304 when nothing changed. Compressed for those who take gzip. Routes that only do this may be `direct`.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_ASSET_REPLY_H
#define NET_ASSET_REPLY_H

#include "base/asset.h"
#include "net/route.h"

void asset_reply(struct request *rq, struct reply *rp, const struct asset *asset);
/* The same with a Cache-Control of one's own, for an address without a version. */
void asset_reply_kept(struct request *rq, struct reply *rp, const struct asset *asset, Str kept);

/* What to write behind ?v=: the ETag without its quotes. */
Str asset_version(const struct asset *asset);

/* Does the client take gzip? */
bool request_takes_gzip(const struct request *rq);

#endif
