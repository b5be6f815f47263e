/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns that match nothing, or everything. See examine.h. */
#include <string.h>

#include "../adapt/pattern.h"
#include "examine_parts.h"
#include "pattern_sense.h"

/* Values of records that have nothing in common: what matches all of them bars nobody. */
static const char *const probes[] = {"가", "힣", "a", "Z", "0", "9", "-", "!", "漢", "é", "서울특별시 강남구", "ABC 123", "(주)보기"};

static bool matches_all(const char *expression) {
    struct problem ignored = {0};
    struct pattern *pattern = NULL;
    size_t start, end, i = 0;
    if (pattern_new(expression, "", &pattern, &ignored) != IEUM_OK) return false;
    while (i < sizeof probes / sizeof *probes && pattern_find(pattern, probes[i], strlen(probes[i]), 0, &start, &end) == PATTERN_YES) i++;
    pattern_free(pattern);
    return i == sizeof probes / sizeof *probes;
}

static bool compiles(const char *expression) {
    struct problem ignored = {0};
    struct pattern *pattern = NULL;
    const bool made = pattern_new(expression, "", &pattern, &ignored) == IEUM_OK;
    pattern_free(pattern);
    return made;
}

static void examine_pattern(const struct examiner *it, const struct rule_place *place) {
    const jval *expression = jval_get(place->rule, "pattern");
    const struct jpath at = {place->at, "pattern", 0};
    if (place->test != TEST_MATCHES || !jval_is(expression, JVAL_TEXT) || !compiles(jval_text(expression))) return;
    if (pattern_never_matches(jval_text(expression)))
        examine_error(it, (struct finding_at){"pattern_never", &at, expression, NULL}, "어떤 글과도 맞지 않는 정규식입니다. 이 규칙은 아무도 충족할 수 없습니다.",
                      "This pattern matches no text at all: nobody can meet the rule.");
    else if (matches_all(jval_text(expression)))
        examine_oddity(it, (struct finding_at){"pattern_always", &at, expression, NULL}, "어떤 글과도 맞는 정규식이어서 이 규칙은 아무도 걸러 내지 않습니다.",
                       "This pattern matches any text: the rule bars nobody.");
}

void examine_patterns(const struct examiner *it) { examine_each_rule(it, examine_pattern); }
