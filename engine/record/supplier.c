/* SPDX-License-Identifier: Apache-2.0 */
/* A supplier: JSON → struct supplier. Required: id, name. Shape: data/schema/supplier.schema.json. */
#include "record_fields.h"
#include "standing.h"

#define CAPACITY_MOST 10000
#define YEAR_LEAST 1950
#define YEAR_MOST 2100

static const struct jpath root = {NULL, NULL, 0};

static ieum_status read_reference(const jval *item, const struct jpath *at, int revision, struct reference *reference,
                                  struct problem *problem) {
    struct reference read = {0};
    int64_t year = 0;
    ieum_status status;
    if (!jval_is(item, JVAL_OBJECT))
        return jval_refuse(problem, at, item, "object", "실적은 객체({…})여야 합니다.",
                           "A reference must be an object ({…}).");
    if ((status = member_ksic(item, at, "industry_ksic", revision, &read.industry, problem)) ||
        (status = member_sentence(item, at, "title", false, &read.title, problem)) ||
        (status = field_integer(item, at, "year", false, YEAR_LEAST, YEAR_MOST, &year, problem)))
        return status;
    read.year = (int)year;
    *reference = read;
    return IEUM_OK;
}

static ieum_status read_references(const jval *json, const struct jpath *at, struct arena *arena,
                                   struct supplier *supplier, struct problem *problem) {
    const jval *found = NULL;
    int revision = 0;
    ieum_status status;
    if ((status = field_array(json, at, "references", false, &found, problem)) ||
        (status = firm_read_revision(json, at, &revision, problem)))
        return status;
    size_t count = jval_count(found);
    if (count == 0) return IEUM_OK;
    struct reference *references = arena_allocate_zero(arena, count, sizeof *references);
    if (!references) return problem_set_memory(problem);
    const struct jpath list = {at, "references", 0};
    for (size_t i = 0; i < count; i++)
        if ((status =
                 read_reference(jval_at(found, i), &(struct jpath){&list, NULL, i}, revision, &references[i], problem)))
            return status;
    supplier->references = references;
    supplier->reference_count = count;
    return IEUM_OK;
}

static ieum_status read_price(const jval *json, const struct jpath *at, struct supplier *supplier,
                              struct problem *problem) {
    const jval *found = NULL;
    ieum_status status = field_array(json, at, "price_krw", false, &found, problem);
    if (status != IEUM_OK || !found) return status;
    const struct jpath pair = {at, "price_krw", 0};
    const jval *least = jval_at(found, 0), *most = jval_at(found, 1);
    if (jval_count(found) != 2)
        return jval_refuse(problem, &pair, found, "[min, max] KRW",
                           "가격은 [최소, 최대] 두 금액(원)으로 적어 주십시오.",
                           "A price is two amounts in KRW: [min, max].");
    for (size_t i = 0; i < 2; i++) {
        const jval *amount = jval_at(found, i);
        if (!jval_is(amount, JVAL_INTEGER) || jval_integer(amount) < 0 || jval_integer(amount) > AMOUNT_MOST_KRW)
            return jval_refuse(problem, &(struct jpath){&pair, NULL, i}, amount, "0..1000000000000000",
                               "금액은 0 이상의 정수(원)여야 합니다.",
                               "An amount must be an integer of at least 0 (KRW).");
    }
    if (jval_integer(least) > jval_integer(most))
        return jval_refuse(problem, &(struct jpath){&pair, NULL, 1}, most, "min <= max",
                           "최대 가격이 최소 가격보다 낮습니다.", "The highest price is below the lowest.");
    supplier->price_least_krw = jval_integer(least);
    supplier->price_most_krw = jval_integer(most);
    return IEUM_OK;
}

/* Who works for an institution is related to it as to an affiliate: a conflict of interest must not rest on its being written down twice. */
static ieum_status read_organisation(const jval *json, const struct jpath *at, struct arena *arena, struct firm *firm, struct problem *problem) {
    const char *organisation = NULL;
    ieum_status status = member_sentence(json, at, "organisation", false, &organisation, problem);
    if (status != IEUM_OK || !organisation) return status;
    const size_t count = firm->affiliates.count;
    const char **items = arena_allocate(arena, (count + 1) * sizeof *items);
    if (!items) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) items[i] = firm->affiliates.items[i];
    items[count] = organisation;
    firm->affiliates = (struct text_list){items, count + 1};
    return IEUM_OK;
}

ieum_status supplier_read(const jval *json, const struct jpath *at, struct arena *arena, struct supplier *supplier,
                          struct problem *problem) {
    struct supplier read = {
        .price_least_krw = AMOUNT_MISSING, .price_most_krw = AMOUNT_MISSING, .capacity = AMOUNT_MISSING};
    struct text_list lead_fields = {0}, fields = {0};
    ieum_status status;
    if (!at) at = &root;
    if ((status = record_check_whole(json, at, problem)) ||
        (status = member_id(json, at, "id", true, &read.id, problem)) ||
        (status = member_sentence(json, at, "kind", false, &read.kind, problem)) ||
        (status = firm_read(json, at, arena, &read.firm, problem)) ||
        (status = read_organisation(json, at, arena, &read.firm, problem)) ||
        (status = field_text_list(json, at, "fields", false, arena, &fields, problem)) ||
        (status = member_sentence(json, at, "business_kind", false, &read.business_kind, problem)) ||
        (status = member_sentence(json, at, "summary", false, &read.summary, problem)) ||
        (status = field_text_list(json, at, "products", false, arena, &read.products, problem)) ||
        (status = field_text_list(json, at, "capabilities", false, arena, &read.capabilities, problem)) ||
        (status = field_text_list(json, at, "domains", false, arena, &read.domains, problem)) ||
        (status = field_text_list(json, at, "data_types", false, arena, &read.data_types, problem)) ||
        (status = field_text_list(json, at, "certifications", false, arena, &read.certifications, problem)) ||
        (status = field_text_list(json, at, "deployment", false, arena, &read.deployment, problem)) ||
        (status = read_references(json, at, arena, &read, problem)) ||
        (status = read_price(json, at, &read, problem)) ||
        (status = field_integer(json, at, "capacity", false, 0, CAPACITY_MOST, &read.capacity, problem)) ||
        (status = field_text_list(json, at, "lead_fields", false, arena, &lead_fields, problem)) ||
        (status = solutions_read(json, at, arena, &read.solutions, &read.solution_count, problem)) ||
        (status = member_vector(json, at, "vector", problem)))
        return status;
    read.json = jval_keep(json);
    *supplier = read;
    return IEUM_OK;
}
