/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences of rules: places that are never filled, or in one language only. See examine.h; that each is well formed, rule.c has seen. */
#include <string.h>

#include "examine_parts.h"
#include "reason.h"

/* A bit a place; `bare`: only those outside [ ]. */
static unsigned places_of(const char *text, bool bare) {
    unsigned places = 0;
    bool inside = false;
    size_t fault;
    if (!text || !reason_valid(text, &fault)) return 0;
    for (; *text; text++) {
        if (*text == '[') inside = true;
        if (*text == ']') inside = false;
        if (*text != '{' || (bare && inside)) continue;
        for (unsigned p = 0; p < REASON_PLACES; p++) {
            const char *name = reason_place_name(p);
            if (strncmp(text + 1, name, strlen(name)) == 0 && text[1 + strlen(name)] == '}') places |= 1u << p;
        }
    }
    return places;
}

/* The places that a test never fills (judge.c). */
static unsigned never_filled(const struct rule_place *place) {
    const enum rule_test test = (enum rule_test)place->test;
    const bool pair = test >= TEST_COVERS, asked = test == TEST_COVERS || test == TEST_LIES_IN, number = test == TEST_AT_LEAST || test == TEST_AT_MOST;
    unsigned never = 0;
    if (!asked) never |= 1u << PLACE_LACKING;
    if (!number && test != TEST_AGE_YEARS_AT_MOST) never |= 1u << PLACE_NUMBER;
    if (test != TEST_AGE_YEARS_AT_MOST) never |= 1u << PLACE_DATE;
    if (!jval_get(place->rule, "reference")) never |= 1u << PLACE_REFERENCE;
    if (test == TEST_PRESENT || test == TEST_NOT_LISTED || test == TEST_UNRELATED) never |= 1u << PLACE_EXPECTED;
    if (test == TEST_UNRELATED) never |= 1u << PLACE_FIELD;
    if (!pair && !place->on_supplier) never |= 1u << PLACE_SUPPLIER;
    return never;
}

static void examine_sentence(const struct examiner *it, const struct rule_place *place, const char *key, unsigned never) {
    static const char *const languages[] = {"ko", "en"};
    const jval *text = jval_get(place->rule, key);
    const struct jpath text_at = {place->at, key, 0};
    for (size_t i = 0; i < 2; i++) {
        const struct jpath at = {&text_at, languages[i], 0};
        if ((places_of(jval_get_text(text, languages[i]), true) & never) != 0)
            examine_oddity(it, (struct finding_at){"place_never_filled", &at, jval_get(text, languages[i]), NULL}, "이 문장에는 이 검사에서 채워지지 않는 자리표시가 있어 '미기재'로 나옵니다.",
                           "A place of this sentence is never filled by this test and will read \"not given\".");
    }
    if (jval_get_text(text, "ko") && jval_get_text(text, "en") && places_of(jval_get_text(text, "ko"), false) != places_of(jval_get_text(text, "en"), false))
        examine_oddity(it, (struct finding_at){"places_differ", &text_at, NULL, NULL}, "한국어와 영어 문장의 자리표시가 서로 다릅니다.", "The Korean and the English sentence have different places.");
}

static void examine_reason(const struct examiner *it, const struct rule_place *place) {
    const unsigned never = never_filled(place);
    examine_sentence(it, place, "reason", never);
    /* Who is asked about a member of one record is asked because nothing stands there. */
    examine_sentence(it, place, "ask", never | (place->test <= TEST_PREFIX ? 1u << PLACE_VALUE : 0));
}

void examine_reasons(const struct examiner *it) { examine_each_rule(it, examine_reason); }
