/* base/radix.h - puts very many small things in order of whole numbers: byte by byte, in a time that goes with how many there
 * are.
 *
 * Bytes that are the same in all are passed over, so that small numbers are sorted in two or three passes. Needs as much
 * memory again for a while. The order is that of `key`, then of `what`.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_RADIX_H
#define BASE_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct radix_item {
	uint64_t key, what;
};

void radix_sort(struct radix_item *items, size_t count);

#endif
