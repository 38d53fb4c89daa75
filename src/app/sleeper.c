/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/sleeper.h"

#include <time.h>

#include "base/die.h"

static void *sleeper_main(void *context)
{
	struct sleeper *s = context;
	s->work(s->context);
	return NULL;
}

void sleeper_start(struct sleeper *s, void (*work)(void *context), void *context)
{
	*s = (struct sleeper){ .work = work, .context = context };
	MUST(pthread_mutex_init(&s->lock, NULL) == 0);
	MUST(pthread_cond_init(&s->wake, NULL) == 0);
	MUST(pthread_create(&s->thread, NULL, sleeper_main, s) == 0);
}

bool sleeper_goes_on(struct sleeper *s)
{
	pthread_mutex_lock(&s->lock);
	bool on = !s->stopping;
	pthread_mutex_unlock(&s->lock);
	return on;
}

static struct timespec in_ms(int64_t ms)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += (time_t)(ms / 1000);
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

bool sleeper_rest(struct sleeper *s, int64_t ms)
{
	const struct timespec until = in_ms(ms);
	pthread_mutex_lock(&s->lock);
	while (!s->stopping && pthread_cond_timedwait(&s->wake, &s->lock, &until) == 0)
		continue;
	bool on = !s->stopping;
	pthread_mutex_unlock(&s->lock);
	return on;
}

bool sleeper_doze(struct sleeper *s, int64_t ms)
{
	const struct timespec until = in_ms(ms);
	pthread_mutex_lock(&s->lock);
	while (!s->stopping && !s->woken && pthread_cond_timedwait(&s->wake, &s->lock, &until) == 0)
		continue;
	bool woken = s->woken && !s->stopping;
	s->woken = false;
	pthread_mutex_unlock(&s->lock);
	return woken;
}

void sleeper_wake(struct sleeper *s)
{
	pthread_mutex_lock(&s->lock);
	s->woken = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
}

void sleeper_stop(struct sleeper *s)
{
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
}
