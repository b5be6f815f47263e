/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of a firm against the limits of one member of a union; see union.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "union.h"

enum { AMOUNT_TEXT = 32 };

/* ---- notes ---- */

static void add_formatted(struct buffer *buffer, const char *format, va_list arguments) {
    va_list measured;
    va_copy(measured, arguments);
    const int size = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    char *text = size < 0 ? NULL : memory_allocate((size_t)size + 1);
    if (!text) {
        buffer->failed = true;
        return;
    }
    vsnprintf(text, (size_t)size + 1, format, arguments);
    if (buffer->size) buffer_add_text(buffer, "; ");
    buffer_add(buffer, text, (size_t)size);
    memory_free(text);
}

void notes_add(struct notes *notes, const char *ko_format, const char *en_format, ...) {
    va_list arguments, again;
    va_start(arguments, en_format);
    va_copy(again, arguments);
    add_formatted(&notes->ko, ko_format, arguments);
    add_formatted(&notes->en, en_format, again);
    va_end(again);
    va_end(arguments);
}

void notes_free(struct notes *notes) {
    buffer_free(&notes->ko);
    buffer_free(&notes->en);
}

/* "12,000,000,000" */
static const char *grouped(int64_t amount, char text[AMOUNT_TEXT]) {
    char digits[24];
    const int size = snprintf(digits, sizeof digits, "%lld", (long long)amount);
    size_t at = 0;
    for (int i = 0; i < size; i++) {
        if (i && (size - i) % 3 == 0) text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return text;
}

/* ---- sales ---- */

static const struct limit_version *version_on(const struct limit_table *table, struct date day) {
    for (size_t i = 0; i < table->count; i++) {
        const struct limit_version *version = &table->versions[i];
        if (date_compare(day, version->from) >= 0 && (date_missing(version->to) || date_compare(day, version->to) <= 0)) return version;
    }
    return NULL;
}

static bool under_any(const struct ksic *code, const struct text_list *prefixes) {
    for (size_t i = 0; i < prefixes->count; i++)
        if (ksic_under(code, prefixes->items[i], 0)) return true;
    return false;
}

/*
 * The limits that a firm's main industry may have: that of the row with the longest code above it, and where the firm's code is coarse, those of the rows below it
 * too. False: no row has the industry.
 */
static bool limits_of(const struct limit_version *version, const struct firm_facts *facts, int64_t *least, int64_t *most) {
    size_t longest = 0;
    bool found = false;
    *least = *most = 0;
    for (size_t r = 0; r < version->row_count; r++) {
        const struct limit_row *row = &version->rows[r];
        for (size_t i = 0; i < row->ksic.count; i++) {
            const size_t size = strlen(row->ksic.items[i]);
            if (size <= longest || !ksic_under(&facts->industry, row->ksic.items[i], 0) || under_any(&facts->industry, &row->except)) continue;
            longest = size;
            *least = *most = row->most_krw;
            found = true;
        }
    }
    for (size_t r = 0; r < version->row_count; r++)
        for (size_t i = 0; i < version->rows[r].ksic.count; i++) {
            struct ksic below;
            if (strlen(version->rows[r].ksic.items[i]) <= strlen(facts->industry_text) || !ksic_read(version->rows[r].ksic.items[i], 0, &below) ||
                !ksic_under(&below, facts->industry_text, 0))
                continue;
            const int64_t limit = version->rows[r].most_krw;
            if (!found || limit < *least) *least = limit;
            if (!found || limit > *most) *most = limit;
            found = true;
        }
    return found;
}

static enum side sales_judge(const struct limit_table *table, const struct firm_facts *facts, struct notes *notes, struct notes *missing) {
    char sales[AMOUNT_TEXT], limit[AMOUNT_TEXT], from[11], day[11];
    int64_t least, most;
    if (facts->sales_krw == AMOUNT_MISSING) notes_add(missing, "매출액", "sales");
    if (!facts->industry_known) notes_add(missing, "주된 업종 코드", "code of the main industry");
    if (date_missing(facts->day)) notes_add(missing, "기준일(신청일)", "reference date (of application)");
    if (facts->sales_krw == AMOUNT_MISSING || !facts->industry_known || date_missing(facts->day)) return SIDE_UNKNOWN;
    const struct limit_version *version = version_on(table, facts->day);
    date_write(facts->day, day);
    if (!version || !limits_of(version, facts, &least, &most)) {
        notes_add(missing, "%1$s에 업종 %2$s의 기준이 없음", "no limit for industry %2$s on %1$s", day, facts->industry_text);
        return SIDE_UNKNOWN;
    }
    date_write(version->from, from);
    const bool within = facts->sales_krw <= least, beyond = facts->sales_krw > most;
    grouped(facts->sales_krw, sales);
    grouped(within ? least : most, limit);
    if (!within && !beyond) {
        notes_add(missing, "더 자세한 주된 업종 코드(%s)", "finer code of the main industry (%s)", facts->industry_text);
        return SIDE_UNKNOWN;
    }
    if (within)
        notes_add(notes, "매출 %s원이 기준 %s원 이하(업종 %s, %s 시행 기준)", "sales of %s KRW within the limit of %s (industry %s, limits in force since %s)", sales, limit,
                  facts->industry_text, from);
    else
        notes_add(notes, "매출 %s원이 기준 %s원 초과(업종 %s, %s 시행 기준)", "sales of %s KRW beyond the limit of %s (industry %s, limits in force since %s)", sales, limit,
                  facts->industry_text, from);
    return within ? SIDE_WITHIN : SIDE_BEYOND;
}

/* ---- assets, independence, employees ---- */

static enum side assets_judge(const struct union_member *member, const struct firm_facts *facts, struct notes *notes, struct notes *missing) {
    char assets[AMOUNT_TEXT], below[AMOUNT_TEXT];
    if (facts->assets_krw == AMOUNT_MISSING) {
        notes_add(missing, "자산총액", "total assets");
        return SIDE_UNKNOWN;
    }
    grouped(facts->assets_krw, assets);
    grouped(member->assets_below_krw, below);
    const bool within = facts->assets_krw < member->assets_below_krw;
    if (within) notes_add(notes, "자산총액 %s원이 %s원 미만", "total assets of %s KRW below %s", assets, below);
    else notes_add(notes, "자산총액 %s원이 %s원 이상", "total assets of %s KRW not below %s", assets, below);
    return within ? SIDE_WITHIN : SIDE_BEYOND;
}

static enum side independence_judge(const struct firm_facts *facts, struct notes *notes, struct notes *missing) {
    if (!facts->independent_known) notes_add(missing, "독립성(기업집단 여부)", "independence (whether it belongs to a group)");
    else if (facts->independent) notes_add(notes, "독립 기업", "independent");
    else notes_add(notes, "독립성 기준에 맞지 않는 기업", "not independent");
    return !facts->independent_known ? SIDE_UNKNOWN : facts->independent ? SIDE_WITHIN : SIDE_BEYOND;
}

static enum side employees_judge(const struct union_member *member, const struct firm_facts *facts, struct notes *notes, struct notes *missing) {
    int64_t below = member->employees_otherwise;
    if (facts->employees == AMOUNT_MISSING) notes_add(missing, "상시 근로자 수", "employees");
    if (facts->employees == AMOUNT_MISSING || !facts->industry_known) return SIDE_UNKNOWN; /* the missing code is noted with the sales */
    for (size_t i = 0; i < member->group_count; i++)
        if (under_any(&facts->industry, &member->groups[i].ksic)) below = member->groups[i].below;
    const bool within = facts->employees < below;
    if (within) notes_add(notes, "상시 근로자 %lld명이 %lld명 미만", "%lld employees, below %lld", (long long)facts->employees, (long long)below);
    else notes_add(notes, "상시 근로자 %lld명이 %lld명 이상", "%lld employees, not below %lld", (long long)facts->employees, (long long)below);
    return within ? SIDE_WITHIN : SIDE_BEYOND;
}

/* One limit that is passed is enough to be beyond; within takes all of them. */
static enum side side_both(enum side a, enum side b) {
    if (a == SIDE_BEYOND || b == SIDE_BEYOND) return SIDE_BEYOND;
    return a == SIDE_WITHIN && b == SIDE_WITHIN ? SIDE_WITHIN : SIDE_UNKNOWN;
}

enum side figures_judge(const struct union_member *member, const struct firm_facts *facts, struct notes *notes, struct notes *missing) {
    const bool asks = member->sales || member->assets_below_krw != AMOUNT_MISSING || member->independent || member->employees_otherwise != AMOUNT_MISSING;
    if (member->only_confirmed || !asks) return SIDE_UNKNOWN;
    enum side side = SIDE_WITHIN;
    if (member->sales) side = side_both(side, sales_judge(member->sales, facts, notes, missing));
    if (member->assets_below_krw != AMOUNT_MISSING) side = side_both(side, assets_judge(member, facts, notes, missing));
    if (member->independent) side = side_both(side, independence_judge(facts, notes, missing));
    if (member->employees_otherwise != AMOUNT_MISSING) side = side_both(side, employees_judge(member, facts, notes, missing));
    return side;
}
