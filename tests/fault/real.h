/* tests/fault/real.h - the call of libc that a shim stands before: REAL(write)(fd, bytes, len).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FAULT_REAL_H
#define TESTS_FAULT_REAL_H

#include <dlfcn.h>
#include <stdlib.h>

static inline void *real_find(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);
	if (!found)
		abort();
	return found;
}

/* A union, for ISO C has no cast from an object's address to a function's. */
#define REAL(name)                                           \
	__extension__({                                      \
		static union {                               \
			void *object;                        \
			__typeof__(&(name)) call;            \
		} real_call;                                 \
		if (!real_call.object)                       \
			real_call.object = real_find(#name); \
		real_call.call;                              \
	})

#endif
