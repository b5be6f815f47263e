/* SPDX-License-Identifier: Apache-2.0 */
/* ieum score: a file of rows and a model → a file of labels or numbers, as svm-predict of libsvm. */
#ifndef IEUM_CLI_SCORE_H
#define IEUM_CLI_SCORE_H

#include "commands.h"

struct score_choice {
    bool probabilities, quiet;
    const char *rows, *model, *out;
};

/* The exit status. Of a refused file nothing is written; the output appears whole or not at all, unless it is a device or a pipe. */
int score_files(const struct session *session, const struct score_choice *choice);

#endif
