/* SPDX-License-Identifier: Apache-2.0 */
#include "missing.h"

#include <math.h>

size_t demand_missing(const struct demand *demand, const char *pointers[MISSING_MOST]) {
    const struct firm *firm = &demand->firm;
    const struct {
        const char *pointer;
        bool missing;
    } fields[MISSING_MOST] = {
        {"/applied", date_missing(demand->applied)},
        {"/firm/region", !firm->region},
        {"/firm/founded", date_missing(firm->founded)},
        {"/firm/size", !firm->size},
        {"/firm/ksic", firm->ksic_count == 0},
        {"/firm/employees", firm->employees == AMOUNT_MISSING},
        {"/firm/business", !firm->business},
        {"/data_held", demand->data_held.count == 0},
        {"/budget_krw", demand->budget_krw == AMOUNT_MISSING},
        {"/readiness_score", isnan(demand->readiness_score)},
    };
    size_t count = 0;
    for (size_t i = 0; i < MISSING_MOST; i++)
        if (fields[i].missing) pointers[count++] = fields[i].pointer;
    return count;
}
