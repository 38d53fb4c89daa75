/* app/public_url.h - how people reach this server, for links that commands print.
 *
 * A running server notes it in DATA/heed.url, for its port and public URL may come from its own command line.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_PUBLIC_URL_H
#define APP_PUBLIC_URL_H

#include "app/settings.h"

/* The setting, else what a running server noted, else http://localhost:PORT of the setting `listen`. Without a slash at
 * its end; in the arena. */
const char *public_url_guess(struct arena *a, const struct settings *s);
/* The setting, else http://localhost:`port`. */
const char *public_url_of_port(struct arena *a, const struct settings *s, int port);

/* Best effort: a note that cannot be written costs commands a better guess. */
void public_url_note(struct arena *a, const struct settings *s, const char *url);
void public_url_forget(struct arena *a, const struct settings *s);

#endif
