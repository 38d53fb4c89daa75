/* people/personal.h - which small facts tell who somebody is, so that they can be kept from those who may not see names.
 *
 * A property is personal when its name speaks of a name, an email or a telephone, in the languages that Heed speaks, or
 * when its value is written like an email address or a telephone number. Doubt hides: "product_name" counts as a name.
 * A person's name in a property that is called something else is not found, nor is one in what people write themselves.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef PEOPLE_PERSONAL_H
#define PEOPLE_PERSONAL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

bool personal_name(struct arena *a, Str property); /* the name of a property */
bool personal_value(Str value);

/* Canonical properties (people/properties.h) without those that are personal. */
MUST_USE bool personal_strip(struct arena *a, Str canonical, Str *out, struct err *err);
/* What a caller is shown of them: all with `names`, else without those; nothing of what cannot be read. */
Str personal_shown(struct arena *a, Str canonical, bool names);

#endif
