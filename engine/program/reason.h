/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences of rules. A template is text with places and optional segments:
 *
 *     "소재지가 '{value}'이므로[({reference} 신청)] 신청할 수 없습니다."
 *
 * {value} what was found · {expected} what the rule asks for · {date} the day a term ends · {reference} the date the
 * verdict rests on · {number} the rule's number · {lacking} what was asked for and is not there · {demand}, {supplier}
 * the two names · {field} where the rule looks · {detail} what a union rests on. A segment in [ ] is left out when a place inside it has nothing to
 * show; elsewhere such a place shows "미기재" or "not given". Program data never reaches printf.
 */
#ifndef IEUM_PROGRAM_REASON_H
#define IEUM_PROGRAM_REASON_H

#include "../base/buffer.h"
#include "../base/memory.h"

enum reason_place {
    PLACE_VALUE,
    PLACE_EXPECTED,
    PLACE_DATE,
    PLACE_REFERENCE,
    PLACE_LACKING,
    PLACE_DEMAND,
    PLACE_SUPPLIER,
    PLACE_FIELD,
    PLACE_NUMBER,
    PLACE_DETAIL,
    REASON_PLACES
};
struct reason_facts {
    const char *places[REASON_PLACES]; /* NULL: nothing to show */
};

const char *reason_place_name(size_t place); /* "value" */
/* Whether a template is well formed; otherwise `*fault` is the byte offset of the first mistake. */
bool reason_valid(const char *template_text, size_t *fault);
/* The sentence, in the arena; NULL when memory fails. `absent` stands for places with nothing to show. */
char *reason_write(const char *template_text, const struct reason_facts *facts, const char *absent,
                   struct arena *arena);

#endif
