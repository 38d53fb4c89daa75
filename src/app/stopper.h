/* app/stopper.h - Ctrl-C and SIGTERM: the first asks the server to stop and finish what is in flight, a second ends the
 * process at once.
 *
 * Signals are blocked in every thread and taken by one thread of this module, so that no code of ours runs in a
 * signal handler.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_STOPPER_H
#define APP_STOPPER_H

struct server;
struct stopper;

/* Before any other thread is made: they inherit the mask. SIGPIPE is ignored from here on. */
void stopper_block_signals(void);
struct stopper *stopper_start(struct server *server);
void stopper_end(struct stopper *stopper);

#endif
