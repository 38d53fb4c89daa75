/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/rng.h"

#include <errno.h>
#include <sys/random.h>

#include "base/die.h"

void rng_bytes(void *out, size_t len)
{
	char *at = out;
	while (len) {
		ssize_t got = getrandom(at, len, 0);
		if (got < 0) {
			MUST(errno == EINTR);
			continue;
		}
		at += got;
		len -= (size_t)got;
	}
}
