/* net/proxy.h - who is at the other end: addresses, and proxies whose X-Forwarded-* is believed.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_PROXY_H
#define NET_PROXY_H

#include "net/head.h"

struct sockaddr;

/* IPv6; IPv4 stands as ::ffff:a.b.c.d. */
struct net_address {
	uint8_t bytes[16];
};

bool address_parse(Str text, struct net_address *out); /* with or without brackets, no port */
void address_from_socket(const struct sockaddr *socket, struct net_address *out);
Str address_text(struct arena *a, const struct net_address *address);
bool address_is_ipv4(const struct net_address *address);
bool address_is_loopback(const struct net_address *address);
/* Of a network of one's own: RFC 1918, RFC 3927 and RFC 4193. */
bool address_is_private(const struct net_address *address);
/* What one subscriber has: the whole of an IPv4, the first 64 bits of an IPv6 address. */
struct net_address address_subscriber(const struct net_address *address);
bool address_eq(const struct net_address *a, const struct net_address *b);

struct net_range {
	struct net_address base;
	int bits;
};

#define PROXIES_MAX 32

struct proxies {
	struct net_range ranges[PROXIES_MAX];
	size_t count;
};

/* "10.0.0.0/8, ::1"; empty is none. ERR_INVALID names what is no address. */
MUST_USE bool proxies_parse(Str text, struct proxies *out, struct err *err);
bool proxies_trust(const struct proxies *proxies, const struct net_address *address);
/* The client: `peer`, or when a trusted proxy speaks, the last address of X-Forwarded-For that is not itself one. */
struct net_address proxies_client(const struct proxies *proxies, const struct net_address *peer,
                                  const struct http_head *head);

#endif
