/* app/address.h - the public address that every link and QR code uses, and its change while the server runs.
 *
 * It comes from the command line, the environment or heed.conf; else from what the set-up stored; else it is http://localhost:PORT.
 * A stored one is taken over at once: links use it, and the server answers to it beside the address it was started with, so that
 * who set it is not thrown out.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ADDRESS_H
#define APP_ADDRESS_H

#include <pthread.h>

#include "account/account.h"
#include "app/settings.h"

struct server;
struct survey_room;

struct address {
	struct account *account;
	struct survey_room *survey;
	const struct settings *settings;
	struct server *server;   /* NULL in a command, and until it has started */
	const char *started_url; /* what it was started with, or its guess */
	pthread_mutex_t lock;
	struct arena arena; /* of addresses that were taken over; few */
};

void address_init(struct address *address, struct account *account, struct survey_room *survey,
                  const struct settings *settings);
void address_end(struct address *address);

/* Does a setting say it, so that nothing stored counts? */
bool address_is_set(const struct settings *settings);
/* The server has started with this one; takes over what is stored. */
MUST_USE bool address_begin(struct address *address, struct server *server, const char *url,
                            struct err *err);
/* Links use it from now on; at NULL: the one it was started with. ERR_INVALID when it is no origin. */
MUST_USE bool address_take(struct address *address, Str url, struct err *err);

/* The first workspace that is no demo, and the demo; 0: there is none. In reads and prepare. */
struct places {
	int64_t first, demo;
};
MUST_USE bool places_find(struct request *rq, struct places *out, struct err *err);

extern const struct route address_routes[];
extern const size_t address_route_count;

#endif
