/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/stopper.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "net/server.h"

struct stopper {
	struct server *server;
	pthread_t thread;
};

static void stop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGUSR1); /* our own: the thread may end */
}

void stopper_block_signals(void)
{
	sigset_t set;
	stop_signals(&set);
	MUST(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	MUST(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
}

static void *stopper_main(void *context)
{
	struct stopper *stopper = context;
	sigset_t set;
	int number, stops = 0;
	stop_signals(&set);
	while (sigwait(&set, &number) == 0 && number != SIGUSR1) {
		if (++stops > 1)
			_exit(128 + number);
		fputs("Stopping: finishing what is in flight. Once more stops at once.\n", stderr);
		server_stop(stopper->server);
	}
	return NULL;
}

struct stopper *stopper_start(struct server *server)
{
	struct stopper *stopper = mem_zeroed(1, sizeof *stopper);
	stopper->server = server;
	MUST(pthread_create(&stopper->thread, NULL, stopper_main, stopper) == 0);
	return stopper;
}

void stopper_end(struct stopper *stopper)
{
	pthread_kill(stopper->thread, SIGUSR1);
	pthread_join(stopper->thread, NULL);
	free(stopper);
}
