/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/reach.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE   5 /* seconds for each step */
#define REPLY_HEAD 1024

struct visit {
	const char *host, *port; /* without brackets */
	Str host_header;
	int fd;
	gnutls_session_t tls; /* NULL over http */
	gnutls_certificate_credentials_t trusted;
};

/* "[::1]:8080" is "::1" and "8080". */
static void address_split(struct arena *a, const struct origin *origin, struct visit *v)
{
	Str host = origin->host, port = origin->https ? STR("443") : STR("80");
	size_t bracket = str_find_char(host, ']', 0);
	size_t colon = str_find_char(host, ':', bracket == SIZE_MAX ? 0 : bracket);
	if (colon != SIZE_MAX) {
		port = str_from(host, colon + 1);
		host = str_slice(host, 0, colon);
	}
	if (str_starts(host, STR("[")))
		host = str_slice(host, 1, host.len - 2);
	v->host = str_copy_c(a, host);
	v->port = str_copy_c(a, port);
	v->host_header = origin->host;
}

static int connect_one(const struct addrinfo *at)
{
	struct timeval patience = { .tv_sec = PATIENCE };
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool connect_to(struct visit *v, struct err *err)
{
	struct addrinfo wish = { .ai_socktype = SOCK_STREAM }, *found;
	int failed = getaddrinfo(v->host, v->port, &wish, &found);
	if (failed)
		return err_set(err, ERR_NOT_FOUND,
		               "no address is known for %s (%s); has its DNS entry been made?",
		               v->host, gai_strerror(failed));
	v->fd = -1;
	for (const struct addrinfo *at = found; at && v->fd < 0; at = at->ai_next)
		v->fd = connect_one(at);
	freeaddrinfo(found);
	return v->fd >= 0 ||
	       err_set(err, ERR_IO,
	               "%s does not answer on port %s; is the proxy running, and the port open?",
	               v->host, v->port);
}

static bool tls_failed(struct visit *v, int failed, struct err *err)
{
	gnutls_datum_t why = { NULL, 0 };
	unsigned status = gnutls_session_get_verify_cert_status(v->tls);
	if (failed == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR &&
	    gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &why, 0) == 0) {
		err_set(err, ERR_DENIED, "browsers will refuse the certificate of %s: %s", v->host,
		        (const char *)why.data);
		gnutls_free(why.data);
		return false;
	}
	return err_set(err, ERR_DENIED, "%s speaks no https on port %s: %s", v->host, v->port,
	               gnutls_strerror(failed));
}

static bool tls_begin(struct visit *v, struct err *err)
{
	int failed;
	if (gnutls_certificate_allocate_credentials(&v->trusted) != 0 ||
	    gnutls_certificate_set_x509_system_trust(v->trusted) < 0 ||
	    gnutls_init(&v->tls, GNUTLS_CLIENT) != 0)
		return err_set(err, ERR_INTERNAL, "TLS cannot be set up here");
	gnutls_set_default_priority(v->tls);
	gnutls_credentials_set(v->tls, GNUTLS_CRD_CERTIFICATE, v->trusted);
	gnutls_server_name_set(v->tls, GNUTLS_NAME_DNS, v->host, strlen(v->host));
	gnutls_session_set_verify_cert(v->tls, v->host, 0);
	gnutls_transport_set_int(v->tls, v->fd);
	gnutls_handshake_set_timeout(v->tls, PATIENCE * 1000);
	do
		failed = gnutls_handshake(v->tls);
	while (failed < 0 && !gnutls_error_is_fatal(failed));
	return failed == 0 || tls_failed(v, failed, err);
}

static ssize_t say(struct visit *v, Str text)
{
	return v->tls ? gnutls_record_send(v->tls, text.at, text.len)
	              : send(v->fd, text.at, text.len, MSG_NOSIGNAL);
}

static ssize_t hear(struct visit *v, char *at, size_t room)
{
	return v->tls ? gnutls_record_recv(v->tls, at, room) : recv(v->fd, at, room, 0);
}

/* The sign-in page: every Heed has it, and only for hosts that it takes for its own. */
static bool page_ask(struct arena *a, struct visit *v, struct err *err)
{
	char reply[REPLY_HEAD];
	Str ask = str_printf(a, "GET /login HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n\r\n",
	                     STR_FMT(v->host_header));
	ssize_t got = say(v, ask) == (ssize_t)ask.len ? hear(v, reply, sizeof reply) : -1;
	Str head = { reply, got > 0 ? (size_t)got : 0 };
	if (str_starts(head, STR("HTTP/1.1 421")))
		return err_set(err, ERR_CONFLICT,
		               "Heed answers, but does not take \"%.*s\" for its own: set the "
		               "public address, and let the proxy pass Host on",
		               STR_FMT(v->host_header));
	bool fine = str_starts(head, STR("HTTP/1.1 200")) || str_starts(head, STR("HTTP/1.1 303"));
	if (!fine || str_find(head, STR("X-Request-Id")) == SIZE_MAX)
		return err_set(err, ERR_CONFLICT,
		               "something answers at %s, but it is not Heed: \"%.40s\"", v->host,
		               str_copy_c(a, str_slice(head, 0, str_find_char(head, '\r', 0))));
	return true;
}

bool reach_check(struct arena *a, const struct origin *origin, struct err *err)
{
	struct visit v = { .fd = -1 };
	address_split(a, origin, &v);
	bool ok =
	    connect_to(&v, err) && (!origin->https || tls_begin(&v, err)) && page_ask(a, &v, err);
	if (v.tls)
		gnutls_deinit(v.tls);
	if (v.trusted)
		gnutls_certificate_free_credentials(v.trusted);
	if (v.fd >= 0)
		close(v.fd);
	return ok;
}
