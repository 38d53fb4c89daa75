/* app/learning_thread.h - has each workspace learnt from: once a day after its own midnight, and when somebody wants it.
 *
 * A thread of its own, of lower priority than those that answer and read, with models of its own for as long as it learns. One workspace
 * at a time. A workspace that has not taught anything yet is looked at whenever it has changed, every ten minutes at most. It
 * waits while all comments are being read; but the first reading of many waits for it (reading/learn.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_LEARNING_THREAD_H
#define APP_LEARNING_THREAD_H

struct analyst_files;
struct store;
struct learning_thread;

/* Store and files outlive it. */
struct learning_thread *learning_thread_start(struct store *store,
                                              const struct analyst_files *files);
/* Ends what it learns just now, soon; it is begun again with the next start. */
void learning_thread_stop(struct learning_thread *t);

#endif
