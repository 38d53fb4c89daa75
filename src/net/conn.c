/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "net/core.h"

/* Deadlines are looked at this often at most, so they may pass by as much. */
#define SWEEP_EVERY  (CLOCK_SECOND / 4)
#define LINGER_US    (2 * CLOCK_SECOND)
#define LINGER_BYTES ((size_t)2 * 1024 * 1024)

/* How many an address may have: one subscriber far away, or whatever runs on this machine. */
static int per_address(const struct server *server, const struct net_address *peer)
{
	int most = server->config.connections_per_address;
	return most ? most : address_is_loopback(peer) ? 1024 : 64;
}

bool conn_is_welcome(const struct server *server, const struct net_address *peer)
{
	if (atomic_load(&server->stopping))
		return false;
	if (proxies_trust(&server->proxies, peer))
		return true;
	struct net_address subscriber = address_subscriber(peer);
	int count = 0, most = per_address(server, peer);
	for (const struct conn *c = server->conns; c && count < most; c = c->next) {
		struct net_address other = address_subscriber(&c->peer);
		count += address_eq(&other, &subscriber);
	}
	return count < most;
}

/* libmicrohttpd takes a read that left room in its buffer for all that there is, and waits for the next edge. Where
 * the peer's end stood right behind those bytes there comes none, and who went away would be kept until the deadline.
 * So we are told of the end ourselves, once, and when all that came before it was read we make the edge: shutting the
 * side that the peer has shut changes nothing but wakes whoever polls. Without this watch (no memory) the deadline is
 * left. */
static void end_watch(struct conn *conn)
{
	struct epoll_event event = { .events = EPOLLRDHUP | EPOLLONESHOT, .data.ptr = conn };
	(void)epoll_ctl(conn->server->epoll_fd, EPOLL_CTL_ADD, conn->fd, &event);
}

static void end_forget(struct conn *conn)
{
	conn->server->ended -= conn->ended;
	conn->ended = false;
}

void conn_end_note(struct conn *conn)
{
	conn->ended = true;
	conn->server->ended++;
}

void conns_end(struct server *server)
{
	for (struct conn *conn = server->conns; conn && server->ended > 0; conn = conn->next) {
		int unread;
		if (!conn->ended || (ioctl(conn->fd, FIONREAD, &unread) == 0 && unread > 0))
			continue;
		shutdown(conn->fd, SHUT_RD);
		end_forget(conn);
	}
}

struct conn *conn_add(struct server *server, struct MHD_Connection *wire, int fd,
                      const struct net_address *peer)
{
	struct conn *conn = mem_zeroed(1, sizeof *conn);
	*conn = (struct conn){
		.server = server, .wire = wire, .fd = fd, .peer = *peer, .next = server->conns
	};
	if (server->conns)
		server->conns->prev = conn;
	server->conns = conn;
	server->conn_count++;
	conn_deadline(conn, server->config.deadlines.header);
	end_watch(conn);
	return conn;
}

void conn_deadline(struct conn *conn, int64_t in_us)
{
	conn->deadline = in_us ? clock_monotonic() + in_us : 0;
	if (conn->deadline && conn->deadline < conn->server->next_deadline)
		conn->server->next_deadline = conn->deadline;
}

void conn_drop(struct conn *conn)
{
	shutdown(conn->fd, SHUT_RDWR);
	conn->deadline = 0;
}

void conn_say(struct conn *conn, int status)
{
	char text[256];
	bool shared = conn->exchange && exchange_is_shared(conn->exchange);
	int len = snprintf(text, sizeof text,
	                   "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: 0\r\n%s%s\r\n",
	                   status, status_title(status), status == 503 ? "Retry-After: 1\r\n" : "",
	                   shared ? "Access-Control-Allow-Origin: *\r\n" : "");
	MUST(len > 0 && (size_t)len < sizeof text);
	(void)!send(conn->fd, text, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL);
	conn->lingers = true;
}

void conn_say_reply(struct conn *conn, const struct reply *rp)
{
	char head[512];
	int len = snprintf(head, sizeof head,
	                   "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Type: %s\r\n"
	                   "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
	                   "Content-Length: %zu\r\n\r\n",
	                   rp->status, status_title(rp->status), rp->content_type, rp->body.len);
	MUST(len > 0 && (size_t)len < sizeof head);
	if (send(conn->fd, head, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_MORE) == len)
		(void)!send(conn->fd, rp->body.at, rp->body.len, MSG_DONTWAIT | MSG_NOSIGNAL);
	conn->lingers = true;
}

/* A client that was told 413 while it still sends would meet a reset and never read why. Its socket stays open, under
 * a number of our own, until it has read that or two seconds have passed. */
static void linger_add(struct server *server, int fd)
{
	for (size_t i = 0; i < LINGER_MAX; i++) {
		struct lingering *linger = &server->lingers[i];
		if (linger->fd > 0)
			continue;
		*linger =
		    (struct lingering){ .fd = dup(fd), .until = clock_monotonic() + LINGER_US };
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = linger };
		if (linger->fd < 0 ||
		    epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, linger->fd, &event) != 0) {
			if (linger->fd > 0)
				close(linger->fd);
			linger->fd = 0;
			return;
		}
		shutdown(linger->fd, SHUT_WR);
		if (linger->until < server->next_deadline)
			server->next_deadline = linger->until;
		return;
	}
}

bool linger_is(const struct server *server, const void *what)
{
	return (uintptr_t)what - (uintptr_t)server->lingers < sizeof server->lingers;
}

static void linger_end(struct lingering *linger)
{
	if (linger->fd > 0)
		close(linger->fd);
	linger->fd = 0;
}

void linger_read(struct lingering *linger)
{
	char waste[16 * 1024];
	ssize_t got = recv(linger->fd, waste, sizeof waste, MSG_DONTWAIT);
	if (got > 0)
		linger->bytes += (size_t)got;
	if (got <= 0 || linger->bytes > LINGER_BYTES)
		linger_end(linger);
}

void linger_end_all(struct server *server)
{
	for (size_t i = 0; i < LINGER_MAX; i++)
		linger_end(&server->lingers[i]);
}

void conn_remove(struct conn *conn)
{
	struct server *server = conn->server;
	end_forget(conn);
	(void)epoll_ctl(server->epoll_fd, EPOLL_CTL_DEL, conn->fd, NULL);
	if (conn->lingers && !server->draining)
		linger_add(server, conn->fd);
	if (conn->prev)
		conn->prev->next = conn->next;
	else
		server->conns = conn->next;
	if (conn->next)
		conn->next->prev = conn->prev;
	server->conn_count--;
	free(conn);
}

/* Past its deadline. Who sends a request too slowly is told, unless a reply is under way. */
static void conn_expire(struct conn *conn)
{
	if (conn->exchange && conn->exchange->stage <= STAGE_BODY)
		conn_say(conn, 408);
	conn_drop(conn);
}

void conns_sweep(struct server *server, int64_t now)
{
	if (now < server->next_deadline)
		return;
	int64_t next = INT64_MAX;
	for (struct conn *conn = server->conns; conn; conn = conn->next) {
		if (conn->deadline && conn->deadline <= now)
			conn_expire(conn);
		if (conn->deadline && conn->deadline < next)
			next = conn->deadline;
	}
	for (size_t i = 0; i < LINGER_MAX; i++) {
		struct lingering *linger = &server->lingers[i];
		if (linger->fd > 0 && linger->until <= now)
			linger_end(linger);
		if (linger->fd > 0 && linger->until < next)
			next = linger->until;
	}
	if (next != INT64_MAX && next < now + SWEEP_EVERY)
		next = now + SWEEP_EVERY;
	server->next_deadline = next;
}
