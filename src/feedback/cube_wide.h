/* feedback/cube_wide.h - loops over columns that are worth wide registers: one version for each width, of which the loader
 * chooses.
 *
 * They are plain loops over rows: types of vectors of one width are none here, for gcc takes their comparisons apart, byte by
 * byte, wherever a processor has no registers so wide. Sanitizers start too late for that. Only for functions of one file: clang 14 gives others a name that nobody finds.
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

/* Before a loop of eight steps or fewer that stands in one over very many: written out, so that the outer
 * one can be wide. */
#ifdef __clang__
#define EACH_OF_FEW _Pragma("unroll")
#else
#define EACH_OF_FEW _Pragma("GCC unroll 8")
#endif

#endif
