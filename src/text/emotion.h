/* text/emotion.h - which emotions a comment shows, with probabilities, and what a screen says of them.
 *
 * Ekman's six as GoEmotions (D. Demszky et al., "GoEmotions: A Dataset of Fine-Grained Emotions", ACL 2020) groups its 27,
 * confusion for itself, which is a part of their "surprise" and stays in it, and neutral. A linear model of words, stems and
 * pairs, calibrated class by class; several may be present, and a comment in which none is likely enough is "unclear". Read is
 * English alone (emotion_reads): of other languages nothing is said.
 *
 * docs/models.md says what it learnt from and how well it does.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_EMOTION_H
#define TEXT_EMOTION_H

#include "text/linear.h"

/* Emotion, stable name, from which probability it is present: where F1 was largest on GoEmotions' development rows, as
 * train/train_emotion prints it. The order is that of the model's classes. Stored: never renumber. */
#define EMOTIONS(X)                            \
	X(EMOTION_ANGER, "anger", 0.20F)       \
	X(EMOTION_DISGUST, "disgust", 0.15F)   \
	X(EMOTION_FEAR, "fear", 0.20F)         \
	X(EMOTION_JOY, "joy", 0.40F)           \
	X(EMOTION_SADNESS, "sadness", 0.18F)   \
	X(EMOTION_SURPRISE, "surprise", 0.21F) \
	X(EMOTION_NEUTRAL, "neutral", 0.32F)   \
	X(EMOTION_CONFUSION, "confusion", 0.20F)

#define EMOTION_ENUM(emotion, name, least) emotion,
enum emotion { EMOTIONS(EMOTION_ENUM) EMOTION_COUNT };
#undef EMOTION_ENUM

/* What a screen shows, and of which emotions. Stored: never renumber. */
#define MOODS(X)                                                       \
	X(MOOD_NONE, "")                                               \
	X(MOOD_FRUSTRATED, "frustrated") /* anger, disgust, sadness */ \
	X(MOOD_CONFUSED, "confused")                                   \
	X(MOOD_WORRIED, "worried")     /* fear */                      \
	X(MOOD_DELIGHTED, "delighted") /* joy */

#define MOOD_ENUM(mood, name) mood,
enum mood { MOODS(MOOD_ENUM) MOOD_COUNT };
#undef MOOD_ENUM

Str emotion_name(enum emotion e);
Str mood_name(enum mood m);
bool emotion_reads(enum tongue t);

/* What the model sees of a text. */
#define EMOTION_FEATURES (FEATURE_WORDS | FEATURE_STEMS | FEATURE_PAIRS | FEATURE_NEGATED)

struct emotions {
	float probability[EMOTION_COUNT];
	unsigned present; /* a bit an emotion; 0: unclear */
};

/* The bytes of models/emotion.heedmodel. ERR_CORRUPT when it is another model. */
MUST_USE bool emotion_model_read(struct arena *a, Str bytes, struct linear *out, struct err *err);
/* Memory in between comes from the arena. */
void emotion_find(const struct linear *model, struct arena *a, const struct words *w,
                  struct emotions *out);
/* The likeliest mood that is present. */
enum mood emotion_mood(const struct emotions *e);

#endif
