/* survey/share_api.c - QR codes of share links and personal links. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "base/qr.h"
#include "survey/link.h"
#include "survey/link_scope.h"
#include "survey/named.h"
#include "survey/share.h"

#define SVG_MAX      ((size_t)1 << 20)
#define EDGE_DEFAULT 512
#define NAME_MAX     ((size_t)512)

struct wish {
	Str channel, source;
	enum qr_level level;
	bool png;
	int64_t edge;
};

static bool label_read(struct request *rq, const char *name, const char *path, Str *out,
                       struct err *err)
{
	Str text = request_query(rq, name);
	*out = text;
	return text.len == 0 || share_label_is(text) ||
	       err_at(err, ERR_INVALID, path,
	              "a label has 1 to %d bytes, no line ends and no spaces around it",
	              SHARE_LABEL_MAX);
}

static bool wish_read(struct request *rq, struct wish *out, struct err *err)
{
	struct wish w = { .level = QR_MEDIUM, .edge = EDGE_DEFAULT };
	Str format = request_query(rq, "format"), level = request_query(rq, "level");
	Str size = request_query(rq, "size");
	w.png = str_eq(format, STR("png"));
	if (format.at && !w.png && !str_eq(format, STR("svg")))
		return err_at(err, ERR_INVALID, "format", "must be svg or png");
	if (level.at && !qr_level_find(level, &w.level))
		return err_at(err, ERR_INVALID, "level", "must be L, M, Q or H");
	if (size.at && (!str_to_i64(size, &w.edge) || w.edge < QR_EDGE_MIN || w.edge > QR_EDGE_MAX))
		return err_at(err, ERR_INVALID, "size", "must be %d to %d pixels", QR_EDGE_MIN,
		              QR_EDGE_MAX);
	if (!label_read(rq, "c", "c", &w.channel, err) || !label_read(rq, "s", "s", &w.source, err))
		return false;
	*out = w;
	return true;
}

static void put_in_name(struct buf *name, Str part)
{
	bool between = true;
	for (size_t i = 0; i < part.len; i++) {
		char c = part.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		             (c >= '0' && c <= '9') || c == '_';
		if (plain && between)
			buf_add_char(name, '-');
		if (plain)
			buf_add_char(name, c);
		between = !plain;
	}
}

/* "qr-customers-till-3.png", for codes of several places lie side by side in a folder. */
static Str disposition(struct request *rq, const struct wish *w, Str slug)
{
	struct buf *name = buf_in(rq->arena, NAME_MAX);
	put_in_name(name, slug);
	put_in_name(name, w->source);
	return str_printf(rq->arena, "attachment; filename=\"qr%.*s.%s\"", STR_FMT(buf_str(name)),
	                  w->png ? "png" : "svg");
}

/* `slug` at NULL: of one person's link. */
static bool picture_reply(struct request *rq, struct reply *rp, const struct wish *w, Str slug,
                          Str text, struct err *err)
{
	struct qr qr;
	if (!qr_encode(rq->arena, text, w->level, &qr, err))
		return false;
	if (w->png) {
		rp->body = qr_png(rq->arena, &qr, (size_t)w->edge);
	} else {
		struct buf *svg = buf_in(rq->arena, SVG_MAX);
		qr_put_svg(svg, &qr);
		rp->body = buf_str(svg);
	}
	rp->content_type = w->png ? "image/png" : "image/svg+xml";
	if (request_query(rq, "download").at)
		reply_header(rq, rp, "Content-Disposition", disposition(rq, w, slug));
	return true;
}

static bool survey_qr_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_room *room = rq->room;
	struct survey s;
	struct wish w;
	return survey_named(rq, &s, err) && wish_read(rq, &w, err) &&
	       picture_reply(rq, rp, &w, s.public_slug,
	                     share_url(rq->arena, room->public_url, s.public_slug, w.channel,
	                               w.source),
	                     err);
}

static bool link_qr_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_room *room = rq->room;
	struct invitation i;
	struct wish w;
	int64_t id;
	char token[LINK_TOKEN_CHARS + 1];
	if (!request_param_id(rq, "link", &id, err) ||
	    !link_scope_find(rq->db, rq->arena, &rq->caller, id, &i, err) ||
	    !wish_read(rq, &w, err))
		return false;
	if (i.state == INVITATION_REVOKED)
		return err_set(err, ERR_GONE, "this link was withdrawn; make a new one");
	return link_keys_need(room->keys, rq->db, rq->caller.workspace, err) &&
	       link_mint(room->keys, LINK_INVITATION, rq->caller.workspace, i.id, i.expires_at,
	                 token, err) &&
	       picture_reply(rq, rp, &w, (Str){ 0 },
	                     str_printf(rq->arena, "%s/r/%s", room->public_url, token), err);
}

const struct route share_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/qr",
	  .operation = "getSurveyQr",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = survey_qr_read },
	{ .method = "GET",
	  .path = "/api/v1/links/{link}/qr",
	  .operation = "getLinkQr",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .read = link_qr_read },
};
const size_t share_route_count = sizeof share_routes / sizeof share_routes[0];
