/* SPDX-License-Identifier: Apache-2.0 */
/* jval_parse on any bytes: a problem with two sentences, or a value that comes out and in again the same. */
#include "adapt/json.h"
#include "base/utf8.h"
#include "fuzz.h"

static void check_refusal(const struct problem *problem) {
    PROMISE(problem->status != IEUM_OK && problem->ko[0] && problem->en[0]);
    PROMISE(utf8_valid(problem->ko, strlen(problem->ko)) && utf8_valid(problem->en, strlen(problem->en)));
    PROMISE(utf8_valid(problem->pointer, strlen(problem->pointer)));
}

static void check_round_trip(const jval *value, bool sorted) {
    struct problem problem = {0};
    char *text = NULL, *again = NULL;
    jval *back = NULL;
    PROMISE(jval_write(value, sorted, &text, &problem) == IEUM_OK);
    PROMISE(utf8_valid(text, strlen(text)) && !strchr(text, '\n'));
    PROMISE(jval_parse(text, strlen(text), &back, &problem) == IEUM_OK);
    PROMISE(jval_write(back, sorted, &again, &problem) == IEUM_OK);
    PROMISE(strcmp(text, again) == 0); /* written once, it does not change any more */
    jval_free(back);
    memory_free(text);
    memory_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct problem problem = {0};
    jval *value = NULL;
    memory_clear_failed();
    ieum_status status = jval_parse((const char *)bytes, size, &value, &problem);
    PROMISE(status == IEUM_OK || (status == IEUM_INVALID && !value));
    if (status == IEUM_OK) {
        check_round_trip(value, false);
        check_round_trip(value, true);
    } else {
        check_refusal(&problem);
    }
    jval_free(value);
    return 0;
}
