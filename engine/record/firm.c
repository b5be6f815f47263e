/* SPDX-License-Identifier: Apache-2.0 */
/* The firm within a supplier or a demand: name, registration number, region, founding date, size, industry codes,
 * employees. */
#include "record_fields.h"
#include "registration.h"
#include "standing.h"

#define EMPLOYEES_MOST 10000000

static const struct jpath root = {NULL, NULL, 0};

ieum_status firm_read_revision(const jval *object, const struct jpath *at, int *revision, struct problem *problem) {
    int64_t number = 0;
    ieum_status status = field_integer(object, at, "ksic_rev", false, 10, 11, &number, problem);
    if (status == IEUM_OK) *revision = (int)number;
    return status;
}

static ieum_status read_registration(const jval *object, const struct jpath *at, struct firm *firm,
                                     struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, "registration_no", false, &text, problem);
    if (status != IEUM_OK || !text) return status;
    if (!registration_read(text, NULL))
        return jval_refuse(
            problem, &(struct jpath){at, "registration_no", 0}, jval_get(object, "registration_no"), "NNN-NN-NNNNN",
            "사업자등록번호가 올바르지 않습니다. 숫자 10자리와 마지막 검증 숫자를 확인해 주십시오.",
            "This is not a business registration number: check its ten digits, the last of which is a check digit.");
    firm->registration_no = text;
    return IEUM_OK;
}

static ieum_status read_codes(const jval *object, const struct jpath *at, struct arena *arena, struct firm *firm,
                              struct problem *problem) {
    int revision = 0;
    struct text_list texts = {0};
    ieum_status status;
    if ((status = firm_read_revision(object, at, &revision, problem)) ||
        (status = field_text_list(object, at, "ksic", false, arena, &texts, problem)))
        return status;
    if (texts.count == 0) return IEUM_OK;
    struct ksic *codes = arena_allocate_zero(arena, texts.count, sizeof *codes);
    if (!codes) return problem_set_memory(problem);
    const struct jpath list = {at, "ksic", 0};
    for (size_t i = 0; i < texts.count; i++) {
        if (ksic_read(texts.items[i], revision, &codes[i])) continue;
        return ksic_refuse(&(struct jpath){&list, NULL, i}, jval_at(jval_get(object, "ksic"), i), problem);
    }
    firm->ksic = codes;
    firm->ksic_count = texts.count;
    return IEUM_OK;
}

ieum_status firm_read(const jval *object, const struct jpath *at, struct arena *arena, struct firm *firm,
                      struct problem *problem) {
    struct firm read = {.employees = AMOUNT_MISSING};
    ieum_status status;
    if (!at) at = &root;
    if ((status = member_sentence(object, at, "name", true, &read.name, problem)) ||
        (status = read_registration(object, at, &read, problem)) ||
        (status = member_sentence(object, at, "region", false, &read.region, problem)) ||
        (status = member_date(object, at, "founded", false, &read.founded, problem)) ||
        (status = member_sentence(object, at, "size", false, &read.size, problem)) ||
        (status = read_codes(object, at, arena, &read, problem)) ||
        (status = field_integer(object, at, "employees", false, 0, EMPLOYEES_MOST, &read.employees, problem)) ||
        (status = member_texts(object, at, "affiliates", arena, &read.affiliates, problem)) ||
        (status = standing_check(object, at, arena, problem)))
        return status;
    *firm = read;
    return IEUM_OK;
}
