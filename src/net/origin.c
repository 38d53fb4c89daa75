/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/origin.h"

#include "net/proxy.h"

/* Without ":80" or ":443" of its scheme. */
static Str own_port_cut(Str host, bool https)
{
	Str port = https ? STR(":443") : STR(":80");
	return str_ends(host, port) ? str_slice(host, 0, host.len - port.len) : host;
}

static bool is_host(Str host)
{
	for (size_t i = 0; i < host.len; i++) {
		char c = host.at[i];
		bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
		            c == '-' || c == ':' || c == '[' || c == ']' || c == '_';
		if (!fine)
			return false;
	}
	return host.len > 0;
}

bool origin_parse(struct arena *a, Str url, struct origin *out, struct err *err)
{
	if (url.len == 0) {
		*out = (struct origin){ .text = STR(""), .host = STR("") };
		return true;
	}
	Str given = url;
	url = str_ascii_lower(a, url);
	bool https = str_starts(url, STR("https://"));
	if (!https && !str_starts(url, STR("http://")))
		return err_set(err, ERR_INVALID,
		               "The public URL must start with https:// or http://, not \"%.*s\".",
		               STR_FMT(given));
	Str host = str_from(url, https ? 8 : 7);
	if (str_ends(host, STR("/")))
		host = str_slice(host, 0, host.len - 1);
	if (!is_host(host))
		return err_set(err, ERR_INVALID,
		               "The public URL is a scheme and a host, such as "
		               "https://nps.example.com, not \"%.*s\".",
		               STR_FMT(given));
	host = own_port_cut(host, https);
	*out = (struct origin){
		.text = str_printf(a, "%s://%.*s", https ? "https" : "http", STR_FMT(host)),
		.host = host,
		.https = https,
	};
	return true;
}

static Str port_cut(Str host)
{
	size_t bracket = str_find_char(host, ']', 0);
	size_t colon = str_find_char(host, ':', bracket == SIZE_MAX ? 0 : bracket);
	return colon == SIZE_MAX ? host : str_slice(host, 0, colon);
}

bool host_is_loopback(Str host)
{
	Str name = port_cut(host);
	if (str_eq_ignoring_ascii_case(name, STR("localhost")))
		return true;
	if (name.len > 10 &&
	    str_eq_ignoring_ascii_case(str_from(name, name.len - 10), STR(".localhost")))
		return true;
	struct net_address address;
	return address_parse(name, &address) && address_is_loopback(&address);
}

bool host_is_private(Str host)
{
	static const char *const ends[] = { ".local", ".lan", ".internal", ".home.arpa" };
	Str name = port_cut(host);
	struct net_address address;
	if (address_parse(name, &address))
		return address_is_private(&address);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_ends(name, str_of(ends[i])))
			return true;
	return str_find_char(name, '.', 0) == SIZE_MAX;
}

bool origin_is_host(const struct origin *origin, Str host)
{
	if (origin->loopback_too && host_is_loopback(host))
		return true;
	return origin->host.len > 0 &&
	       str_eq_ignoring_ascii_case(own_port_cut(host, origin->https), origin->host);
}

bool origin_sent(const struct origin *origin, const struct http_head *head, Str host)
{
	Str site = head_field(head, STR("Sec-Fetch-Site"));
	if (site.at)
		return str_eq(site, STR("same-origin"));
	Str sent = head_field(head, STR("Origin"));
	if (!sent.at)
		return false;
	if (origin->text.len > 0 && str_eq_ignoring_ascii_case(sent, origin->text))
		return true;
	Str http = STR("http://");
	return origin->loopback_too && host_is_loopback(host) && str_starts(sent, http) &&
	       str_eq_ignoring_ascii_case(str_from(sent, http.len), host);
}
