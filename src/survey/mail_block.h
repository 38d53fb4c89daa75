/* survey/mail_block.h - the scale as a block of HTML for somebody else's mail tool, and as plain text.
 *
 * Each of the eleven scores is a link. To whom, a mail tool must know: it cannot sign a personal link, so either its
 * contacts have a field with the link that Heed made for them (survey/link_list.h), and the block names that field by the
 * tool's merge tag, or the block has the public link, and answers come without a name.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_MAIL_BLOCK_H
#define SURVEY_MAIL_BLOCK_H

#include "survey/definition.h"

/* name, field that holds the link, merge tag before and after the field's name, the same percent-encoded, fields in
 * capitals */
#define MAIL_TOOLS(X)                                                                            \
	X(MAIL_GENERIC, "generic", "link", "{{", "}}", "{{", "}}", false)                        \
	X(MAIL_MAILCHIMP, "mailchimp", "LINK", "*|", "|*", "*|URL:", "|*", true)                 \
	X(MAIL_HUBSPOT, "hubspot", "link", "{{ contact.", " }}", "{{ contact.", "|urlencode }}", \
	  false)                                                                                 \
	X(MAIL_BREVO, "brevo", "LINK", "{{ contact.", " }}", "{{ contact.", " | urlencode }}", true)

#define MAIL_ENUM(tool, ...) tool,
enum mail_tool { MAIL_TOOLS(MAIL_ENUM) MAIL_TOOL_COUNT };
#undef MAIL_ENUM

#define MAIL_FIELD_MAX 50

struct mail_block {
	enum mail_tool tool;
	Str field;       /* of the contact, with the personal link; at NULL: the tool's usual one */
	bool personal;   /* else the public link */
	Str public_link; /* with labels, when it is not personal */
	bool properties; /* the survey's properties go along, from fields of the same name */
	Str language, brand, colour;
	const struct definition *definition;
};

bool mail_tool_find(Str name, enum mail_tool *out);
Str mail_tool_field(enum mail_tool tool);
/* 1 to MAIL_FIELD_MAX letters, digits and "_". */
bool mail_field_is(Str text);

/* Both live in the arena. */
MUST_USE bool mail_block_write(struct arena *a, const struct mail_block *block, Str *html,
                               Str *text, struct err *err);

#endif
