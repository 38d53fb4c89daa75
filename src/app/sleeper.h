/* app/sleeper.h - a thread that works, rests and works again, until it is stopped.
 *
 * Its owner has the struct within its own. The thread's function ends when a rest, or sleeper_goes_on, says so.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SLEEPER_H
#define APP_SLEEPER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct sleeper {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping, woken; /* under the lock */
	void (*work)(void *context);
	void *context;
};

/* What `work` looks at is there before the call. */
void sleeper_start(struct sleeper *s, void (*work)(void *context), void *context);
bool sleeper_goes_on(struct sleeper *s);
/* Of the thread itself, on the wall clock, as nights are: false when it is stopped, which ends the rest at once. */
bool sleeper_rest(struct sleeper *s, int64_t ms);
/* Of the thread itself: true when it was woken, since its last doze too; false after so long, or when it is stopped. */
bool sleeper_doze(struct sleeper *s, int64_t ms);
/* By any thread. */
void sleeper_wake(struct sleeper *s);
/* Waits for what it does just now. Nobody wakes it any more. */
void sleeper_stop(struct sleeper *s);

#endif
