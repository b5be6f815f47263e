/* SPDX-License-Identifier: Apache-2.0 */
/* Who is asked, and by when. See examine.h. */
#include "examine_parts.h"

static const struct jpath root = {NULL, NULL, 0}, consent_at = {&root, "consent", 0};

void examine_consent(const struct examiner *it) {
    const struct consent_rules *rules = &it->program->consent;
    const jval *consent = jval_get(it->file, "consent");
    const struct jpath days_at = {&consent_at, "days", 0}, thirds_at = {&consent_at, "third_parties", 0};
    if (!jval_is(consent, JVAL_OBJECT) || !jval_get(consent, "demand") || !jval_get(consent, "supplier")) return;
    const bool asked = rules->demand || rules->supplier;
    for (size_t i = 0; i < rules->third_count && !asked; i++)
        if (rules->thirds[i].required)
            examine_error(it, (struct finding_at){"third_without_parties", &(struct jpath){&thirds_at, NULL, i}, NULL, "demand | supplier"},
                          "수요기업과 공급기업에는 동의를 묻지 않으면서 제3자의 동의는 있어야 한다고 적었습니다.",
                          "A third party must agree, while neither the demand firm nor the supplier is asked.");
    if (!asked && rules->third_count == 0 && rules->days > 0)
        examine_error(it, (struct finding_at){"days_for_nobody", &days_at, jval_get(consent, "days"), NULL}, "아무에게도 묻지 않는데 답할 기한이 있습니다.",
                      "There is a deadline, but nobody is asked.");
    if (asked && rules->days == 0)
        examine_oddity(it, (struct finding_at){"consent_without_days", &days_at, NULL, "1..365"}, "동의 기한이 없어 답이 없는 짝이 끝없이 남을 수 있습니다.",
                       "Without a deadline a pair that nobody answers stays open for ever.");
}
