/* SPDX-License-Identifier: Apache-2.0 */
/* What row_scorer.c and row_text.c share. */
#ifndef IEUM_SCORE_ROW_SCORER_PARTS_H
#define IEUM_SCORE_ROW_SCORER_PARTS_H

#include "svm_rows.h"

struct row_scorer {
    struct svm_model *model;
    struct svm_scorer *svm;
};

#endif
