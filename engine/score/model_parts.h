/* SPDX-License-Identifier: Apache-2.0 */
/* What model_read.c, model_write.c and model_check.c share: how many numbers the body has and where each array of them stands. */
#ifndef IEUM_SCORE_MODEL_PARTS_H
#define IEUM_SCORE_MODEL_PARTS_H

#include "model_file.h"

#define MODEL_MARK "IEUM-MODEL "
#define MODEL_TAIL (1 + DIGEST_TEXT) /* "\n", the digits, "\n" */

enum model_array {
    ARRAY_NUMBERS, /* bias, and the two of the calibration (0, 0 when there is none) */
    ARRAY_MISSING, ARRAY_AT, ARRAY_VALUE, ARRAY_SLOPE, /* of all curves, one after the other */
    ARRAY_DEMAND_MEAN, ARRAY_DEMAND_SCALE, ARRAY_SUPPLIER_MEAN, ARRAY_SUPPLIER_SCALE,
    ARRAY_COEFFICIENTS, ARRAY_DEMAND_VECTORS, ARRAY_SUPPLIER_VECTORS, ARRAY_INPUT_MEAN, MODEL_ARRAYS
};
extern const char *const model_array_names[MODEL_ARRAYS];
enum { NUMBER_BIAS, NUMBER_PLATT_A, NUMBER_PLATT_B, MODEL_NUMBERS };

struct model_layout {
    size_t offset[MODEL_ARRAYS], count[MODEL_ARRAYS]; /* in numbers */
    size_t total;
};
/* From the counts of a model: features with their curves' counts, coordinates, pairs, inputs. False when they are beyond all measure. */
bool model_layout_of(const struct model *model, struct model_layout *layout);

/* The text of a libsvm model: written, and read through our validator; whether it gives one score from so many inputs. */
ieum_status model_svm_check(const struct svm_model *svm, size_t inputs, struct problem *problem);
ieum_status model_svm_write(const struct svm_model *svm, struct buffer *text, struct problem *problem);
ieum_status model_svm_read(const char *text, size_t size, struct svm_model **svm, struct problem *problem);

#endif
