/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/listen.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/proxy.h"

#define BACKLOG 1024

struct place {
	struct net_address address;
	bool any;
	uint16_t port;
};

static bool place_parse(Str where, struct place *out, struct err *err)
{
	size_t colon = where.len;
	while (colon > 0 && where.at[colon - 1] != ':')
		colon--;
	int64_t port = -1;
	bool ok =
	    colon > 0 && str_to_i64(str_from(where, colon), &port) && port >= 0 && port <= 65535;
	Str host = colon > 0 ? str_slice(where, 0, colon - 1) : STR("");
	*out = (struct place){ .any = host.len == 0, .port = (uint16_t)(ok ? port : 0) };
	if (str_eq(host, STR("localhost")))
		host = STR("127.0.0.1");
	if (!ok || (!out->any && !address_parse(host, &out->address)))
		return err_set(err, ERR_INVALID,
		               "Cannot listen on \"%.*s\": say an address and a port, such as "
		               "127.0.0.1:8080, [::1]:8080 or :8080 for all addresses.",
		               STR_FMT(where));
	return true;
}

static bool open_failed(const struct place *place, int error, struct err *err)
{
	if (error == EADDRINUSE)
		return err_set(err, ERR_BUSY,
		               "Port %d is taken by another program. Choose another with "
		               "--listen 127.0.0.1:PORT, or end that one.",
		               place->port);
	if (error == EACCES)
		return err_set(err, ERR_DENIED,
		               "Port %d is for the administrator. Choose one above 1023 and put a "
		               "reverse proxy in front.",
		               place->port);
	if (error == EADDRNOTAVAIL)
		return err_set(err, ERR_INVALID, "This machine has no such address to listen on.");
	return err_set(err, ERR_IO, "Cannot listen on port %d: %s.", place->port, strerror(error));
}

static socklen_t address_fill(const struct place *place, bool six, struct sockaddr_storage *out)
{
	memset(out, 0, sizeof *out);
	if (six) {
		struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
			                   .sin6_port = htons(place->port) };
		memcpy(&v6.sin6_addr, place->address.bytes, 16);
		memcpy(out, &v6, sizeof v6);
		return sizeof v6;
	}
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(place->port) };
	memcpy(&v4.sin_addr, place->address.bytes + 12, 4);
	memcpy(out, &v4, sizeof v4);
	return sizeof v4;
}

/* A socket of one family, bound; -1 leaves errno. */
static int socket_bind(const struct place *place, bool six)
{
	struct sockaddr_storage address;
	socklen_t len = address_fill(place, six, &address);
	int on = 1, off = 0;
	int fd = socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (six)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(fd, (struct sockaddr *)&address, len) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;
	if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
		return 0;
	static_assert(offsetof(struct sockaddr_in6, sin6_port) ==
	                  offsetof(struct sockaddr_in, sin_port),
	              "the port stands at the same place in both");
	struct sockaddr_in v4;
	memcpy(&v4, &address, sizeof v4);
	return ntohs(v4.sin_port);
}

bool listen_open(Str where, struct listening *out, struct err *err)
{
	struct place place;
	if (!place_parse(where, &place, err))
		return false;
	bool six = place.any || !address_is_ipv4(&place.address);
	int fd = socket_bind(&place, six);
	if (fd < 0 && place.any && (errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL))
		fd = socket_bind(&place, false); /* a machine without IPv6 */
	if (fd < 0)
		return open_failed(&place, errno, err);
	*out = (struct listening){
		.fd = fd,
		.port = port_of(fd),
		.loopback = !place.any && address_is_loopback(&place.address),
	};
	return true;
}
