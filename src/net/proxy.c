/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

bool address_is_ipv4(const struct net_address *address)
{
	return memcmp(address->bytes, mapped, sizeof mapped) == 0;
}

bool address_parse(Str text, struct net_address *out)
{
	char copy[INET6_ADDRSTRLEN];
	if (text.len >= 2 && text.at[0] == '[' && text.at[text.len - 1] == ']')
		text = str_slice(text, 1, text.len - 2);
	if (text.len == 0 || text.len >= sizeof copy)
		return false;
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	if (strlen(copy) != text.len)
		return false;
	struct net_address read;
	memcpy(read.bytes, mapped, sizeof mapped);
	if (inet_pton(AF_INET, copy, read.bytes + 12) != 1 &&
	    inet_pton(AF_INET6, copy, read.bytes) != 1)
		return false;
	*out = read;
	return true;
}

void address_from_socket(const struct sockaddr *socket, struct net_address *out)
{
	*out = (struct net_address){ 0 };
	if (socket->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, socket, sizeof v4);
		memcpy(out->bytes, mapped, sizeof mapped);
		memcpy(out->bytes + 12, &v4.sin_addr, 4);
	} else if (socket->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, socket, sizeof v6);
		memcpy(out->bytes, &v6.sin6_addr, 16);
	}
}

Str address_text(struct arena *a, const struct net_address *address)
{
	char text[INET6_ADDRSTRLEN] = "";
	if (address_is_ipv4(address))
		inet_ntop(AF_INET, address->bytes + 12, text, sizeof text);
	else
		inet_ntop(AF_INET6, address->bytes, text, sizeof text);
	return str_copy(a, str_of(text));
}

bool address_is_loopback(const struct net_address *address)
{
	static const struct net_address six = { { [15] = 1 } };
	return address_is_ipv4(address) ? address->bytes[12] == 127 : address_eq(address, &six);
}

bool address_is_private(const struct net_address *address)
{
	const uint8_t *v4 = address->bytes + 12;
	if (!address_is_ipv4(address))
		return (address->bytes[0] & 0xfe) == 0xfc ||
		       (address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80);
	return v4[0] == 10 || (v4[0] == 172 && (v4[1] & 0xf0) == 16) ||
	       (v4[0] == 192 && v4[1] == 168) || (v4[0] == 169 && v4[1] == 254);
}

struct net_address address_subscriber(const struct net_address *address)
{
	struct net_address subscriber = *address;
	if (!address_is_ipv4(address))
		memset(subscriber.bytes + 8, 0, 8);
	return subscriber;
}

bool address_eq(const struct net_address *a, const struct net_address *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static bool range_parse(Str text, struct net_range *out)
{
	Str rest = text, base;
	str_cut(&rest, '/', &base);
	if (!address_parse(str_trim(base), &out->base))
		return false;
	int64_t most = address_is_ipv4(&out->base) ? 32 : 128, bits = most;
	if (rest.at && (!str_to_i64(str_trim(rest), &bits) || bits < 0 || bits > most))
		return false;
	out->bits = (int)(bits + 128 - most);
	return true;
}

bool proxies_parse(Str text, struct proxies *out, struct err *err)
{
	struct proxies read = { .count = 0 };
	Str rest = text, one;
	while (str_cut(&rest, ',', &one)) {
		one = str_trim(one);
		if (one.len == 0)
			continue;
		if (read.count == PROXIES_MAX)
			return err_set(err, ERR_INVALID, "At most %d trusted proxies.",
			               PROXIES_MAX);
		if (!range_parse(one, &read.ranges[read.count++]))
			return err_set(
			    err, ERR_INVALID,
			    "Trusted proxies: \"%.*s\" is neither an address nor a range "
			    "such as 10.0.0.0/8.",
			    STR_FMT(one));
	}
	*out = read;
	return true;
}

static bool range_holds(const struct net_range *range, const struct net_address *address)
{
	size_t whole = (size_t)range->bits / 8;
	unsigned part = (unsigned)range->bits % 8;
	if (memcmp(range->base.bytes, address->bytes, whole) != 0)
		return false;
	unsigned mask = 0xff00u >> part & 0xffu;
	return part == 0 || ((range->base.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

bool proxies_trust(const struct proxies *proxies, const struct net_address *address)
{
	for (size_t i = 0; i < proxies->count; i++)
		if (range_holds(&proxies->ranges[i], address))
			return true;
	return false;
}

/* Cuts the last entry off a comma separated list; false when nothing is left. */
static bool cut_last(Str *list, Str *out)
{
	if (!list->at)
		return false;
	size_t at = list->len;
	while (at > 0 && list->at[at - 1] != ',')
		at--;
	*out = str_trim(str_from(*list, at));
	*list = at ? str_slice(*list, 0, at - 1) : (Str){ NULL, 0 };
	return true;
}

/* "1.2.3.4:5678" and "[::1]:5678" without the port. */
static Str port_cut(Str entry)
{
	size_t bracket = str_find_char(entry, ']', 0);
	if (bracket != SIZE_MAX)
		return str_slice(entry, 0, bracket + 1);
	size_t colon = str_find_char(entry, ':', 0);
	if (colon != SIZE_MAX && str_find_char(entry, ':', colon + 1) == SIZE_MAX)
		return str_slice(entry, 0, colon);
	return entry;
}

struct net_address proxies_client(const struct proxies *proxies, const struct net_address *peer,
                                  const struct http_head *head)
{
	struct net_address client = *peer;
	for (size_t i = head->field_count; i-- > 0 && proxies_trust(proxies, &client);) {
		if (!str_eq_ignoring_ascii_case(head->fields[i].name, STR("X-Forwarded-For")))
			continue;
		Str list = head->fields[i].value, entry;
		while (proxies_trust(proxies, &client) && cut_last(&list, &entry))
			if (!address_parse(port_cut(entry), &client))
				return client; /* garbage: the last one who is known */
	}
	return client;
}
