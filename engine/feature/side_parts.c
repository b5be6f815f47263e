/* SPDX-License-Identifier: Apache-2.0 */
#include "side_parts.h"

#include <math.h>

#include "../base/elementary.h"

const char *const side_part_names[SIDE_PARTS] = {"concept", "ksic", "served", "region", "size", "number", "vector", "missing"};

const struct side_number_name side_number_names[SIDE_NUMBERS] = {
    [NUMBER_EMPLOYEES] = {"log_employees", true, true},
    [NUMBER_AGE] = {"age_years", true, false},
    [NUMBER_BUDGET] = {"log_budget_krw", true, false},
    [NUMBER_READINESS] = {"readiness", true, false},
    [NUMBER_DATA_HELD] = {"log_data_held", true, false},
    [NUMBER_FOUNDED] = {"founded_year", false, true},
    [NUMBER_PRICE_LEAST] = {"log_price_least_krw", false, true},
    [NUMBER_PRICE_MOST] = {"log_price_most_krw", false, true},
    [NUMBER_CAPACITY] = {"log_capacity", false, true},
    [NUMBER_REFERENCES] = {"log_references", false, true},
};

static const struct firm *firm_of(const struct side_record *record) { return record->demand ? &record->demand->firm : &record->supplier->firm; }

/* ---- numbers ---- */

static double log_amount(int64_t amount) { return amount == AMOUNT_MISSING ? NAN : exact_ln(1 + (double)amount); }

/* A list that is not there says nothing. */
static double log_count(size_t count) { return count == 0 ? NAN : exact_ln(1 + (double)count); }

/* A date as a year with its fraction; months of equal length will do, and keep the order of dates. */
static double year_of(struct date date) {
    return date_missing(date) ? NAN : date.year + (date.month - 1) / 12.0 + (date.day - 1) / 372.0;
}

double side_number(enum side_number number, const struct side_record *record) {
    const struct demand *demand = record->demand;
    const struct supplier *supplier = record->supplier;
    switch (number) {
    case NUMBER_EMPLOYEES: return log_amount(firm_of(record)->employees);
    case NUMBER_AGE: return year_of(demand->applied) - year_of(demand->firm.founded);
    case NUMBER_BUDGET: return log_amount(demand->budget_krw);
    case NUMBER_READINESS: return demand->readiness_score / 100;
    case NUMBER_DATA_HELD: return log_count(demand->data_held.count);
    case NUMBER_FOUNDED: return year_of(supplier->firm.founded);
    case NUMBER_PRICE_LEAST: return log_amount(supplier->price_least_krw);
    case NUMBER_PRICE_MOST: return log_amount(supplier->price_most_krw);
    case NUMBER_CAPACITY: return log_amount(supplier->capacity);
    case NUMBER_REFERENCES: return log_count(supplier->reference_count);
    default: return NAN;
    }
}

/* ---- codes ---- */

static size_t set_division(const struct ksic *code, bool divisions[DIVISIONS]) {
    if (!code->digits[0] || !code->digits[1]) return 0; /* a section alone */
    bool *division = &divisions[(code->digits[0] - '0') * 10 + (code->digits[1] - '0')];
    const size_t added = !*division;
    *division = true;
    return added;
}

static size_t set_spoken(const struct lexicon *lexicon, const struct understanding *notes, bool divisions[DIVISIONS]) {
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++) {
        if (!mention_holds(&notes->mentions[i].mention)) continue;
        const struct concept *concept = lexicon_concept(lexicon, notes->mentions[i].mention.concept);
        for (size_t k = 0; k < concept->ksic_count; k++) {
            struct ksic code;
            if (ksic_read(concept->ksic[k], 0, &code)) count += set_division(&code, divisions);
        }
    }
    return count;
}

size_t side_divisions(bool served, const struct lexicon *lexicon, const struct side_record *record, bool divisions[DIVISIONS]) {
    size_t count = 0;
    for (size_t i = 0; i < DIVISIONS; i++) divisions[i] = false;
    if (served) {
        for (size_t i = 0; i < record->supplier->reference_count; i++) count += set_division(&record->supplier->references[i].industry, divisions);
        return count + set_spoken(lexicon, record->notes, divisions);
    }
    const struct firm *firm = firm_of(record);
    for (size_t i = 0; i < firm->ksic_count; i++) count += set_division(&firm->ksic[i], divisions);
    return count == 0 && record->demand ? set_spoken(lexicon, record->notes, divisions) : count;
}

/* ---- words ---- */

const char *side_region(const struct taxonomy *taxonomy, const struct side_record *record) {
    const char *text = firm_of(record)->region;
    const struct region *region = taxonomy && text ? region_find(taxonomy, text) : NULL;
    return region ? region->id : NULL;
}

const char *side_size(const struct taxonomy *taxonomy, const struct side_record *record) {
    const char *text = firm_of(record)->size;
    const struct firm_size *size = taxonomy && text ? size_find(taxonomy, text) : NULL;
    return size ? size->id : NULL;
}

const jval *side_vector(const struct side_record *record) {
    const jval *vector = jval_get(record->demand ? record->demand->json : record->supplier->json, "vector");
    return jval_is(vector, JVAL_ARRAY) ? vector : NULL;
}
