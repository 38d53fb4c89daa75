/* text/theme_model.h - what else in a sentence goes with a theme, learnt from the seeds themselves.
 *
 * Seeds label sentences; of those that have one, its words are hidden, and a linear model a theme learns to tell such sentences
 * from the others by what is left ("divine", "overcooked" stand beside food). It finds mentions without a seed, and doubts
 * seeds that stand where nothing else speaks of the theme. The idea is distant supervision with masked evidence (M. Mintz
 * et al., ACL 2009; C. Elkan and K. Noto, "Learning Classifiers from Only Positive and Unlabeled Data", KDD 2008).
 *
 * What people corrected weighs as much as THEME_CORRECTION_WEIGHT sentences. A sentence without a seed counts as one that does not speak
 * of the theme, though many do, so what is learnt says too seldom that one does (Elkan and Noto). Where people said of
 * THEME_TAUGHT_LEAST comments that they speak of it, and of as many that they do not, the theme's log-odds are raised by what was best
 * on half-corrected sets (tests/eval/themes). Without both kinds nothing would keep that from going too far.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_THEME_MODEL_H
#define TEXT_THEME_MODEL_H

#include "text/linear.h"
#include "text/theme_seeds.h"

#define THEME_CORRECTION_WEIGHT 10
#define THEME_TAUGHT_LEAST      20
/* A theme with fewer sentences that have a seed is not learnt. */
#define THEME_SENTENCES_MIN 15

struct theme_correction {
	uint64_t is,
	    is_not; /* a bit a theme: people said that the comment speaks of it, or does not */
};

/* A type of its own: only what is taught here may say that a comment speaks of a theme, and nothing here has seen a score. */
struct theme_model {
	struct linear linear; /* classes are keys of themes */
};

struct theme_lesson {
	const struct taxonomy *taxonomy;
	const struct theme_seeds *seeds;
	const struct words *texts; /* [count] */
	size_t count;
	const struct theme_correction *corrections; /* [count], NULL: none */
	/* Cross-fitting: texts i with i % folds == fold are left out; folds 0: none is. */
	size_t fold, folds;
	uint64_t only; /* a bit a theme that is learnt; 0: all are */
};

/* Classes are those themes of the taxonomy that are learnt; in the arena. False: there is nothing to learn from. */
bool theme_learn(struct arena *a, const struct theme_lesson *lesson, struct theme_model *out);

/* Of the words [first, first + count) but for those that are hidden ([words->count], NULL: none), and that seeds of the themes were
 * met (a bit a theme). In the arena. */
void theme_features(struct arena *a, const struct taxonomy *t, const struct words *w,
                    uint32_t first, uint32_t count, const bool *hidden, uint64_t sure,
                    uint64_t maybe, struct features *out);

#endif
