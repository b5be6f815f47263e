/* SPDX-License-Identifier: Apache-2.0 */
/* A lexicon of the repository, for targets that read texts with it. */
#ifndef IEUM_FUZZ_LEXICON_H
#define IEUM_FUZZ_LEXICON_H

#include "fuzz.h"
#include "text/lexicon.h"

static inline struct lexicon *fuzz_lexicon(const char *name) {
    char folder[1024];
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    snprintf(folder, sizeof folder, "%s/%s", fuzz_source(), name);
    PROMISE(lexicon_load(folder, 1, &lexicon, &problem) == IEUM_OK);
    return lexicon;
}

#endif
