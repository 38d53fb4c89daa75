/* feedback/cube_wide.h - loops over columns that are worth wide registers: one version for each width, of which the loader
 * chooses.
 *
 * Sanitizers start too late for that. Only for functions of one file: clang 14 gives others a name that nobody finds.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_WIDE_H
#define FEEDBACK_CUBE_WIDE_H

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(ARENA_EACH_ITS_OWN)
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDE
#endif

#endif
