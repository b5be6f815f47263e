/* SPDX-License-Identifier: Apache-2.0 */
#include "number_line.h"

#include <math.h>
#include <string.h>

#include "../base/decimal.h"
#include "../base/digits.h"

const char *number_line_next(struct number_line *line, const char *at, const char *end) {
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    line->start = line->at = at;
    line->end = feed ? feed : end;
    if (line->end > at && line->end[-1] == '\r') line->end--;
    line->number++;
    return feed ? feed + 1 : end;
}

ieum_status number_line_refuse(const struct number_line *line, const char *expected, const char *ko, const char *en, struct problem *problem) {
    char word[64];
    size_t size = 0;
    while (size + 1 < sizeof word && line->at + size < line->end && !is_blank(line->at[size])) size++;
    memcpy(word, line->at, size);
    word[size] = '\0';
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)word[i] < ' ') word[i] = '?';
    problem_set(problem, IEUM_INVALID, "", ko, en);
    problem_set_place(problem, NULL, line->number, (size_t)(line->at - line->start) + 1);
    problem_set_value(problem, word);
    problem_set_expected(problem, expected);
    return problem->status;
}

/* A finite number at the line's place; the place moves behind it, or stays. */
static bool take_number(struct number_line *line, double *value) {
    const char *next = decimal_read(line->at, line->end, value);
    if (!next || (next < line->end && !is_blank(*next)) || !isfinite(*value)) return false;
    line->at = next;
    return true;
}

ieum_status number_line_number(struct number_line *line, double *value, struct problem *problem) {
    if (take_number(line, value)) return IEUM_OK;
    return number_line_refuse(line, "-12.5", "유한한 수를 적어야 할 자리입니다.", "A finite number is expected here.", problem);
}

/* The index and its colon; false, and the place stays, where they are not. */
static bool take_index(struct number_line *line, uint64_t *index) {
    const char *at = line->at;
    uint64_t found = 0;
    for (; at < line->end && is_digit(*at); at++) {
        found = found * 10 + (uint64_t)(*at - '0');
        if (found > NUMBER_LINE_MOST_INDEX) return false;
    }
    if (at == line->at || at == line->end || *at != ':') return false;
    *index = found;
    line->at = at + 1;
    return true;
}

ieum_status number_line_pair(struct number_line *line, int64_t above, uint32_t *column, double *value, struct problem *problem) {
    const char *word = line->at;
    uint64_t index = 0;
    if (!take_index(line, &index))
        return number_line_refuse(line, "1:0.5", "'번호:값'을 적어야 할 자리입니다. 번호는 1에서 2147483647까지의 정수입니다.",
                                  "'index:value' is expected here; an index is a whole number from 1 to 2147483647.", problem);
    if (index == 0 || (int64_t)index - 1 <= above) {
        line->at = word;
        if (index == 0) return number_line_refuse(line, "1:0.5", "번호는 1부터 셉니다.", "Indices begin at 1.", problem);
        return number_line_refuse(line, NULL, "한 줄 안에서 번호는 커져야 하고, 같은 번호가 두 번 나올 수 없습니다.",
                                  "Indices must ascend within a line, none twice.", problem);
    }
    *column = (uint32_t)(index - 1);
    if (take_number(line, value)) return IEUM_OK;
    return number_line_refuse(line, "1:0.5", "번호 뒤의 값은 유한한 수여야 합니다.", "The value behind an index must be a finite number.", problem);
}
