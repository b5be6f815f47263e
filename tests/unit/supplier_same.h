/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: whether two suppliers say the same, every field the engine reads. */
#ifndef IEUM_TEST_SUPPLIER_SAME_H
#define IEUM_TEST_SUPPLIER_SAME_H

#include <string.h>

#include "../../engine/record/image.h"

static inline bool texts_same(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static inline bool lists_same(const struct text_list *a, const struct text_list *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) same = texts_same(a->items[i], b->items[i]);
    return same;
}

static inline bool codes_same(const struct ksic *a, const struct ksic *b) {
    return a->section == b->section && strcmp(a->digits, b->digits) == 0 && a->revision == b->revision;
}

static inline bool firms_same(const struct firm *a, const struct firm *b) {
    bool same = texts_same(a->name, b->name) && texts_same(a->registration_no, b->registration_no) && texts_same(a->region, b->region) &&
                date_compare(a->founded, b->founded) == 0 && texts_same(a->size, b->size) && a->ksic_count == b->ksic_count &&
                a->employees == b->employees && texts_same(a->business, b->business) && lists_same(&a->affiliates, &b->affiliates);
    for (size_t i = 0; i < a->ksic_count && same; i++) same = codes_same(&a->ksic[i], &b->ksic[i]);
    return same;
}

static inline bool suppliers_same(const struct supplier *a, const struct supplier *b) {
    bool same = texts_same(a->id, b->id) && firms_same(&a->firm, &b->firm) && texts_same(a->business_kind, b->business_kind) &&
                texts_same(a->summary, b->summary) && lists_same(&a->products, &b->products) &&
                lists_same(&a->capabilities, &b->capabilities) && lists_same(&a->domains, &b->domains) &&
                lists_same(&a->data_types, &b->data_types) && lists_same(&a->certifications, &b->certifications) &&
                lists_same(&a->deployment, &b->deployment) && a->reference_count == b->reference_count &&
                a->price_least_krw == b->price_least_krw && a->price_most_krw == b->price_most_krw && a->capacity == b->capacity;
    for (size_t i = 0; i < a->reference_count && same; i++)
        same = codes_same(&a->references[i].industry, &b->references[i].industry) &&
               texts_same(a->references[i].title, b->references[i].title) && a->references[i].year == b->references[i].year;
    same = same && a->solution_count == b->solution_count;
    for (size_t i = 0; i < a->solution_count && same; i++)
        same = texts_same(a->solutions[i].name, b->solutions[i].name) && texts_same(a->solutions[i].kind, b->solutions[i].kind) &&
               texts_same(a->solutions[i].checked, b->solutions[i].checked) && lists_same(&a->solutions[i].open, &b->solutions[i].open);
    /* What rules look at: the light members of both, to the last value. */
    for (size_t i = 0; i < SUPPLIER_LIGHT_MEMBERS && same; i++) {
        const jval *x = jval_get(a->json, supplier_light_members[i]), *y = jval_get(b->json, supplier_light_members[i]);
        same = x == NULL ? y == NULL : jval_equal(x, y);
    }
    return same;
}

#endif
