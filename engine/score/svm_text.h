/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libsvm's text models, read by a validator of our own and written. libsvm's loader, which crashes or hangs on damaged files, is never called.
 *
 * Read: the header's lines in any order up to "SV", each key once and with exactly the numbers that its model needs, then one line a vector. Refused, with line,
 * column, value and a sentence: unknown keys, kinds and kernels, what is missing, double or superfluous, counts that do not agree with each other or with
 * the file, indices below 1 or not ascending, anything that is not a finite number. No size is believed before the file has the bytes for it, so memory stays
 * within a small multiple of the file's. Lines may end in CR LF.
 * Written: every number with 17 digits, so that reading back gives the same bits.
 */
#ifndef IEUM_SCORE_SVM_TEXT_H
#define IEUM_SCORE_SVM_TEXT_H

#include "../base/buffer.h"
#include "../base/problem.h"
#include "svm_model.h"

/* `*model` is set on success only; svm_model_free. INVALID or MEMORY. */
ieum_status svm_text_read(const char *bytes, size_t size, struct svm_model **model, struct problem *problem);
/* Adds the text; memory that fails shows in the buffer. */
void svm_text_write(const struct svm_model *model, struct buffer *text);

#endif
