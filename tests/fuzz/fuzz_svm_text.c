/* SPDX-License-Identifier: Apache-2.0 */
/* A libsvm model and rows on any bytes, divided by the first 0xFF byte: refused with two sentences, or read, written to the same text again, and scored. */
#include "base/memory.h"
#include "fuzz.h"
#include "score/row_scorer.h"
#include "score/svm_text.h"

static void check_refusal(ieum_status status, const struct problem *problem) { PROMISE(status == problem->status && problem->ko[0] && problem->en[0]); }

static void check_round_trip(const struct svm_model *model) {
    struct problem problem = {0};
    struct buffer text = BUFFER_EMPTY, again = BUFFER_EMPTY;
    struct svm_model *back = NULL;
    svm_text_write(model, &text);
    PROMISE(svm_text_read(text.bytes, text.size, &back, &problem) == IEUM_OK);
    svm_text_write(back, &again);
    PROMISE(text.size == again.size && memcmp(text.bytes, again.bytes, text.size) == 0);
    svm_model_free(back);
    buffer_free(&text);
    buffer_free(&again);
}

static void check_scores(const char *model, size_t model_size, const char *rows, size_t size) {
    struct problem problem = {0};
    struct row_scorer *scorer = NULL;
    struct row_tally tally = {0};
    struct buffer text = BUFFER_EMPTY;
    PROMISE(row_scorer_open(model, model_size, &scorer, &problem) == IEUM_OK);
    const ieum_status status = row_scorer_text(scorer, 1, false, rows, size, &tally, &text, &problem);
    if (status != IEUM_OK) check_refusal(status, &problem);
    PROMISE(status == IEUM_OK || (tally.rows == 0 && text.size == 0));
    row_scorer_free(scorer);
    buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct problem problem = {0};
    struct svm_model *model = NULL;
    const uint8_t *border = memchr(bytes, 0xFF, size);
    const size_t model_size = border ? (size_t)(border - bytes) : size;
    memory_clear_failed();
    const ieum_status status = svm_text_read((const char *)bytes, model_size, &model, &problem);
    PROMISE(status == IEUM_OK || (status == IEUM_INVALID && !model));
    if (status == IEUM_OK) {
        check_round_trip(model);
        if (border) check_scores((const char *)bytes, model_size, (const char *)border + 1, size - model_size - 1);
    } else {
        check_refusal(status, &problem);
    }
    svm_model_free(model);
    return 0;
}
