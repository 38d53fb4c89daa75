/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "bench/load.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"

#define REPLY_MAX   (1u << 20)
#define LATENCY_MAX (4u << 20)

struct connection {
	int fd;
	struct buf out, in;
	size_t sent;
	int64_t began; /* 0: pauses */
	int64_t resume;
};

struct run {
	const struct load *load;
	struct load_result *result;
	int epoll;
	int64_t number, end;
	int64_t *latencies;
	size_t latency_count;
};

static int dial(int port, int extra)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | extra, 0), one = 1;
	MUST(fd >= 0);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port),
		                  .sin_addr = { htonl(INADDR_LOOPBACK) } };
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) {
		close(fd);
		return -1;
	}
	return fd;
}

static void watch(struct run *run, struct connection *c, bool write)
{
	struct epoll_event event = { .events = write ? EPOLLOUT : EPOLLIN, .data = { .ptr = c } };
	if (epoll_ctl(run->epoll, EPOLL_CTL_MOD, c->fd, &event) != 0)
		MUST(epoll_ctl(run->epoll, EPOLL_CTL_ADD, c->fd, &event) == 0);
}

static void send_some(struct run *run, struct connection *c)
{
	while (c->sent < c->out.len) {
		ssize_t n = send(c->fd, c->out.at + c->sent, c->out.len - c->sent, MSG_NOSIGNAL);
		if (n <= 0)
			break;
		c->sent += (size_t)n;
	}
	watch(run, c, c->sent < c->out.len);
}

static void begin(struct run *run, struct connection *c)
{
	buf_clear(&c->out);
	buf_clear(&c->in);
	c->sent = 0;
	c->began = clock_monotonic();
	run->load->request(run->load->context, run->number++, &c->out);
	send_some(run, c);
}

static void connect_anew(struct run *run, struct connection *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = dial(run->load->port, SOCK_NONBLOCK);
	MUST(c->fd >= 0);
	begin(run, c);
}

/* Bytes of the whole reply once its head is there, 0 before. */
static size_t reply_size(Str in)
{
	static const char length[] = "\r\nContent-Length: ";
	size_t head = str_find(in, STR("\r\n\r\n"));
	if (head == SIZE_MAX)
		return 0;
	size_t at = str_find(str_slice(in, 0, head), (Str){ length, sizeof length - 1 });
	return head + 4 + (at == SIZE_MAX ? 0 : strtoul(in.at + at + sizeof length - 1, NULL, 10));
}

/* "HTTP/1.1 200 OK" */
static int status_of(Str in)
{
	int64_t status;
	return str_to_i64(str_slice(in, 9, 3), &status) ? (int)status : 0;
}

static void finish(struct run *run, struct connection *c, Str reply)
{
	int64_t now = clock_monotonic();
	int status = status_of(reply);
	run->result->bytes = (int64_t)reply.len;
	if (status >= 200 && status < 300)
		run->result->answered++;
	else
		run->result->refused++;
	if (run->latency_count < LATENCY_MAX)
		run->latencies[run->latency_count++] = now - c->began;
	c->began = 0;
	c->resume = now + run->load->pause;
	if (run->load->pause == 0)
		begin(run, c);
}

static void receive(struct run *run, struct connection *c)
{
	char *room = buf_room(&c->in, 16384);
	MUST(room);
	ssize_t n = recv(c->fd, room, 16384, 0);
	if (n < 0 && errno == EAGAIN)
		return;
	if (n <= 0) {
		run->result->broken++;
		connect_anew(run, c);
		return;
	}
	c->in.len += (size_t)n;
	size_t size = reply_size(buf_str(&c->in));
	if (size && c->in.len >= size)
		finish(run, c, buf_str(&c->in));
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void loop(struct run *run, struct connection *all)
{
	struct epoll_event events[256];
	int wait = run->load->pause ? 1 : 100;
	for (;;) {
		int n = epoll_wait(run->epoll, events, 256, wait);
		int64_t now = clock_monotonic();
		if (now >= run->end)
			return;
		for (int i = 0; i < n; i++) {
			struct connection *c = events[i].data.ptr;
			if (events[i].events & EPOLLOUT)
				send_some(run, c);
			else
				receive(run, c);
		}
		for (int i = 0; run->load->pause && i < run->load->connections; i++)
			if (all[i].began == 0 && now >= all[i].resume)
				begin(run, &all[i]);
	}
}

void load_run(const struct load *load, struct load_result *out)
{
	*out = (struct load_result){ 0 };
	struct run run = { .load = load, .result = out, .epoll = epoll_create1(EPOLL_CLOEXEC) };
	run.latencies = mem_alloc(LATENCY_MAX * sizeof *run.latencies);
	struct connection *all = mem_zeroed((size_t)load->connections, sizeof *all);
	int64_t began = clock_monotonic();
	run.end = began + load->duration;
	for (int i = 0; i < load->connections; i++) {
		all[i].fd = -1;
		buf_init(&all[i].out, REPLY_MAX);
		buf_init(&all[i].in, REPLY_MAX);
		connect_anew(&run, &all[i]);
	}
	loop(&run, all);
	out->seconds = (double)(clock_monotonic() - began) / 1e6;
	for (int i = 0; i < load->connections; i++) {
		close(all[i].fd);
		buf_free(&all[i].out);
		buf_free(&all[i].in);
	}
	if (run.latency_count) {
		qsort(run.latencies, run.latency_count, sizeof *run.latencies, by_value);
		out->p50 = run.latencies[run.latency_count / 2];
		out->p99 = run.latencies[run.latency_count * 99 / 100];
		out->max = run.latencies[run.latency_count - 1];
	}
	free(run.latencies);
	free(all);
	close(run.epoll);
}

int load_once(int port, Str request, struct buf *out)
{
	int fd = dial(port, 0);
	buf_clear(out);
	if (fd < 0)
		return 0;
	size_t sent = 0, size = 0;
	while (sent < request.len) {
		ssize_t n = send(fd, request.at + sent, request.len - sent, MSG_NOSIGNAL);
		if (n <= 0)
			break;
		sent += (size_t)n;
	}
	while (size == 0 || out->len < size) {
		char *room = buf_room(out, 16384);
		ssize_t n = room ? recv(fd, room, 16384, 0) : 0;
		if (n <= 0)
			break;
		out->len += (size_t)n;
		size = reply_size(buf_str(out));
	}
	close(fd);
	int status = status_of(buf_str(out));
	size_t head = str_find(buf_str(out), STR("\r\n\r\n"));
	if (head != SIZE_MAX) {
		memmove(out->at, out->at + head + 4, out->len - head - 4);
		out->len -= head + 4;
	}
	buf_add_char(out, '\0');
	return status;
}
