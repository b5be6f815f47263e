/* SPDX-License-Identifier: Apache-2.0 */
#include "cell_value.h"

#include <stdio.h>
#include <string.h>

#include "amount.h"

#define SPACES " \t\r\n"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- dates ---- */

/* Up to `most` digits; NULL when there is none. */
static const char *take_number(const char *text, int most, int *number) {
    int count = 0;
    for (*number = 0; count < most && is_digit(*text); count++) *number = *number * 10 + (*text++ - '0');
    return count > 0 && !is_digit(*text) ? text : NULL;
}

static const char *take_mark(const char *text, const char *word) {
    text += strspn(text, SPACES);
    if (strncmp(text, word, strlen(word)) == 0)
        text += strlen(word);
    else if (*text && strchr(".-/", *text))
        text++;
    else
        return NULL;
    return text + strspn(text, SPACES);
}

/* Nothing, or a time of day, which a date does not keep. */
static bool is_date_end(const char *text) {
    if (strncmp(text, "일", strlen("일")) == 0)
        text += strlen("일");
    else if (*text == '.')
        text++;
    if (*text != 'T' && !(*text && strchr(SPACES, *text))) return *text == '\0';
    text++;
    return text[strspn(text, "0123456789:." SPACES)] == '\0';
}

bool cell_date(const char *text, char date[11]) {
    int year, month, day;
    text += strspn(text, SPACES);
    if (strspn(text, "0123456789") == 8 && !text[8]) {
        snprintf(date, 11, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
        return true;
    }
    if (strspn(text, "0123456789") != 4 || !(text = take_number(text, 4, &year)) || !(text = take_mark(text, "년")) ||
        !(text = take_number(text, 2, &month)) || !(text = take_mark(text, "월")) ||
        !(text = take_number(text, 2, &day)) || !is_date_end(text))
        return false;
    date_write((struct date){year, month, day}, date);
    return true;
}

/* ---- numbers ---- */

/* Whether what follows a number is nothing or one of the field's own words ("명"). */
static bool is_suffix(const struct header_field *field, const char *rest) {
    size_t size = strlen(rest);
    while (size > 0 && strchr(SPACES, rest[size - 1])) size--;
    for (size_t i = 0; i < field->suffixes.count; i++)
        if (strlen(field->suffixes.items[i]) == size && strncmp(rest, field->suffixes.items[i], size) == 0) return true;
    return size == 0;
}

static jval *integer_value(const struct header_field *field, const char *text) {
    int64_t number;
    const char *rest;
    if (whole_number_read(text, &number, &rest) && is_suffix(field, rest)) return jval_new_integer(number);
    return jval_new_text(text);
}

static jval *number_value(const struct header_field *field, const char *text) {
    double number;
    int64_t whole;
    const char *rest;
    if (whole_number_read(text, &whole, &rest) && is_suffix(field, rest)) return jval_new_integer(whole);
    if (decimal_number_read(text, &number, &rest) && is_suffix(field, rest)) return jval_new_number(number);
    return jval_new_text(text);
}

static jval *amount_value(const char *text, int64_t scale) {
    int64_t krw;
    return amount_read(text, scale, &krw, NULL) ? jval_new_integer(krw) : jval_new_text(text);
}

static const char *find_range_mark(const char *text, size_t *size) {
    static const char *const marks[] = {"~", "∼", "〜", "～", "–", " - "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *found = strstr(text, marks[i]);
        if (found) {
            *size = strlen(marks[i]);
            return found;
        }
    }
    return NULL;
}

static jval *pair_value(int64_t least, int64_t most) {
    jval *pair = jval_new_array();
    jval_append(pair, jval_new_integer(least));
    jval_append(pair, jval_new_integer(most));
    return pair;
}

/* "2천만~9천만원", or one amount for both ends. "20~95백만원" is left alone: 20 of what? */
static jval *range_value(const char *text, int64_t scale) {
    char left[128];
    int64_t least, most;
    bool least_unit, most_unit;
    size_t mark_size;
    const char *mark = find_range_mark(text, &mark_size);
    if (!mark) return amount_read(text, scale, &least, NULL) ? pair_value(least, least) : jval_new_text(text);
    size_t size = (size_t)(mark - text);
    if (size >= sizeof left) return jval_new_text(text);
    memcpy(left, text, size);
    left[size] = '\0';
    if (!amount_read(left, scale, &least, &least_unit) || !amount_read(mark + mark_size, scale, &most, &most_unit) ||
        least_unit != most_unit)
        return jval_new_text(text);
    return pair_value(least, most);
}

/* ---- texts and lists ---- */

/* A form's word for a value ("클라우드" → "cloud"), else the text itself. */
static jval *word_value(const struct header_field *field, const char *text, size_t size) {
    char word[HEADER_NAME_MOST], normal[HEADER_NAME_MOST];
    if (!field->values || size >= sizeof word) return jval_new_text_size(text, size);
    memcpy(word, text, size);
    word[size] = '\0';
    header_normalise(word, normal);
    uint32_t found = map_get_text(field->values, normal);
    return found == MAP_NONE ? jval_new_text_size(text, size) : jval_new_text(field->value_texts.items[found]);
}

/* Length of the separator at `text + i`, 0 when there is none. Commas count only where no stronger mark stands in the
 * cell, and not between digits ("약 3,000장"). */
static size_t separator(const char *text, size_t i, bool strong, bool codes) {
    if (strchr(";|\n\r", text[i])) return 1;
    if (codes && strchr(",/ \t", text[i])) return 1;
    if (strong) return 0;
    if (text[i] == ',') return i > 0 && is_digit(text[i - 1]) && is_digit(text[i + 1]) ? 0 : 1;
    if (strncmp(text + i, "、", 3) == 0 || strncmp(text + i, "，", 3) == 0) return 3;
    return 0;
}

typedef jval *(*item_function)(const struct header_field *field, const char *text, size_t size);

static jval *list_value(const struct header_field *field, const char *text, bool strong, item_function item) {
    jval *list = jval_new_array();
    bool codes = field->type == CELL_CODES;
    for (size_t start = 0, end, mark; text[start]; start = end + mark) {
        for (end = start, mark = 0; text[end] && !(mark = separator(text, end, strong, codes)); end++) {
        }
        size_t from = start, to = end;
        while (from < to && strchr(SPACES, text[from])) from++;
        while (to > from && strchr(SPACES, text[to - 1])) to--;
        if (from < to) jval_append(list, item(field, text + from, to - from));
    }
    return list;
}

/* "쇼핑몰 챗봇 / G47 / 2022": title, industry and year between slashes with spaces around. */
static jval *reference_value(const struct header_field *field, const char *text, size_t size) {
    static const char *const keys[] = {"title", "industry_ksic", "year"};
    jval *reference = jval_new_object();
    size_t start = 0;
    (void)field;
    for (size_t part = 0; part < 3 && start < size; part++) {
        size_t end = start;
        while (end < size && !(part < 2 && size - end >= 3 && memcmp(text + end, " / ", 3) == 0)) end++;
        char year[16] = "";
        int64_t number;
        const char *rest;
        if (part == 2 && end - start < sizeof year) memcpy(year, text + start, end - start);
        if (part == 2 && whole_number_read(year, &number, &rest) && !*rest)
            jval_set_integer(reference, keys[part], number);
        else
            jval_set(reference, keys[part], jval_new_text_size(text + start, end - start));
        start = end + 3;
    }
    return reference;
}

/* "yes" or "no" by the field's values; anything else stays a text, which the record refuses. */
static jval *truth_value(const struct header_field *field, const char *text) {
    jval *word = word_value(field, text, strlen(text));
    const bool yes = strcmp(jval_text(word), "yes") == 0;
    if (!yes && strcmp(jval_text(word), "no") != 0) return word;
    jval_free(word);
    return jval_new_bool(yes);
}

static bool is_empty(const struct header_table *table, const struct header_column *column, const char *text) {
    char normal[HEADER_NAME_MOST];
    if (!text[strspn(text, SPACES)]) return true;
    header_normalise(text, normal);
    if (!*normal) return true; /* "-" */
    if (column->field == COLUMN_EXTRA || table->fields[column->field].type == CELL_TEXT) return false;
    return map_get_text(table->empty_values, normal) != MAP_NONE;
}

jval *cell_value(const struct header_table *table, const struct header_column *column, const char *text) {
    char date[11];
    if (is_empty(table, column, text)) return NULL;
    if (column->field == COLUMN_EXTRA) return jval_new_text(text);
    const struct header_field *field = &table->fields[column->field];
    switch (field->type) {
    case CELL_LIST: return list_value(field, text, strpbrk(text, ";|\n") != NULL, word_value);
    case CELL_CODES: return list_value(field, text, false, word_value);
    case CELL_REFERENCES: return list_value(field, text, true, reference_value);
    case CELL_DATE: return jval_new_text(cell_date(text, date) ? date : text);
    case CELL_INTEGER: return integer_value(field, text);
    case CELL_NUMBER: return number_value(field, text);
    case CELL_AMOUNT:
    case CELL_AMOUNT_LEAST:
    case CELL_AMOUNT_MOST: return amount_value(text, column->scale);
    case CELL_AMOUNT_RANGE: return range_value(text, column->scale);
    case CELL_TRUTH: return truth_value(field, text);
    case CELL_TEXT:
    case CELL_TYPES: break;
    }
    return word_value(field, text, strlen(text));
}
