/* SPDX-License-Identifier: Apache-2.0 */
#include "selection_points.h"

#include <stdlib.h>

__extension__ typedef unsigned __int128 wide;

int64_t selection_unit(int decimals) {
    int64_t unit = SELECTION_POINT;
    for (int i = 0; i < decimals; i++) unit /= 10;
    return unit;
}

/* above / below, rounded half up to a multiple of `unit`. */
static int64_t round_fraction(wide above, wide below, int64_t unit) {
    const wide step = below * (wide)unit;
    return (int64_t)((2 * above + step) / (2 * step)) * unit;
}

int64_t selection_round(int64_t points, int64_t unit) { return round_fraction((wide)points, 1, unit); }

void selection_count(const struct selection_applicant *applicant, uint32_t *counted, uint32_t *recused) {
    *counted = *recused = 0;
    for (size_t i = 0; i < applicant->mark_count; i++) ++*(applicant->marks[i].recusal == RECUSAL_NONE ? counted : recused);
}

static int compare_marks(const void *a, const void *b) {
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int64_t selection_committee(const struct selection_terms *terms, const struct selection_applicant *applicant, int64_t unit, int64_t *room) {
    size_t count = 0;
    wide sum = 0;
    for (size_t i = 0; i < applicant->mark_count; i++)
        if (applicant->marks[i].recusal == RECUSAL_NONE) room[count++] = applicant->marks[i].mark;
    qsort(room, count, sizeof *room, compare_marks);
    for (size_t i = terms->drop_lowest; i < count - terms->drop_highest; i++) sum += (wide)room[i];
    return round_fraction(sum, count - terms->drop_lowest - terms->drop_highest, unit);
}

int64_t selection_total(const struct selection_terms *terms, const struct selection_place *place, int64_t unit) {
    wide above = (wide)place->bonus * (wide)SELECTION_POINT;
    if (place->committee == SELECTION_NOT_GIVEN) above += (wide)place->rubric * (wide)SELECTION_POINT;
    else above += (wide)place->rubric * (wide)terms->weight_rubric + (wide)place->committee * (wide)terms->weight_committee;
    return round_fraction(above, (wide)SELECTION_POINT, unit);
}

/* ⌈amount · part / whole⌉ for amount ≤ 10¹⁵ and part < 10⁴: nothing overflows because the quotient is taken first. */
static int64_t share_up(int64_t amount, int64_t part, int64_t whole) {
    return amount / whole * part + (amount % whole * part + whole - 1) / whole;
}

void selection_money(const struct selection_terms *terms, const struct selection_applicant *applicant, struct selection_place *place) {
    place->cost_krw = place->asked_krw = place->own_least_krw = SELECTION_NOT_GIVEN;
    place->unfunded = applicant->unfunded;
    if (applicant->unfunded) {
        place->asked_krw = 0;
        place->cost_krw = place->own_least_krw = applicant->amount_krw; /* all of it is its own */
        return;
    }
    if (applicant->amount_krw == SELECTION_NOT_GIVEN) return;
    const int64_t amount = applicant->amount_krw, share = applicant->own_share;
    if (terms->amount == AMOUNT_SUPPORT) {
        place->own_least_krw = share_up(amount, share, OWN_SHARE_WHOLE - share);
        place->cost_krw = amount + place->own_least_krw;
        place->asked_krw = amount;
    } else {
        place->own_least_krw = share_up(amount, share, OWN_SHARE_WHOLE);
        place->cost_krw = amount;
        place->asked_krw = amount - place->own_least_krw;
    }
    if (place->asked_krw > terms->cap_krw) place->asked_krw = terms->cap_krw;
}
