/* SPDX-License-Identifier: Apache-2.0 */
#include "svmlight.h"

#include <string.h>

#include "../base/memory.h"
#include "number_line.h"

/* The array with room for `count` items; as it was, and *whole false, when memory fails. */
static void *resize(void *array, size_t count, size_t size, bool *whole) {
    void *grown = memory_resize(array, count, size);
    if (!grown) *whole = false;
    return grown ? grown : array;
}

static bool room_for_row(struct svmlight_rows *rows) {
    if (rows->count < rows->row_room) return true;
    const size_t room = rows->row_room ? rows->row_room * 2 : 64;
    bool whole = true;
    rows->labels = resize(rows->labels, room, sizeof *rows->labels, &whole);
    rows->qid_memory = resize(rows->qid_memory, room, sizeof *rows->qid_memory, &whole);
    rows->lines = resize(rows->lines, room, sizeof *rows->lines, &whole);
    rows->start = resize(rows->start, room + 1, sizeof *rows->start, &whole);
    if (whole) rows->row_room = room;
    return whole;
}

static bool room_for_value(struct svmlight_rows *rows) {
    const size_t room = rows->value_room ? rows->value_room * 2 : 1024;
    bool whole = true;
    rows->index = resize(rows->index, room, sizeof *rows->index, &whole);
    rows->value = resize(rows->value, room, sizeof *rows->value, &whole);
    if (whole) rows->value_room = room;
    return whole;
}

/* "qid:N", if it stands here. */
static ieum_status take_qid(struct number_line *line, int64_t *qid, bool *found, struct problem *problem) {
    static const char name[] = "qid:";
    *found = (size_t)(line->end - line->at) >= sizeof name - 1 && memcmp(line->at, name, sizeof name - 1) == 0;
    if (!*found) return IEUM_OK;
    struct number_line behind = *line;
    behind.at += sizeof name - 1;
    const bool negative = behind.at < line->end && *behind.at == '-';
    behind.at += negative;
    const char *digits = behind.at;
    int64_t value = 0;
    for (; behind.at < line->end && (unsigned char)(*behind.at - '0') < 10 && behind.at - digits < 18; behind.at++) value = value * 10 + (*behind.at - '0');
    if (behind.at == digits || !number_line_word_ends(&behind))
        return number_line_refuse(line, "qid:17", "qid에는 18자리까지의 정수를 적습니다.", "A qid is a whole number of at most 18 digits.", problem);
    *qid = negative ? -value : value;
    line->at = behind.at;
    return IEUM_OK;
}

static ieum_status take_values(struct number_line *line, struct svmlight_rows *rows, size_t *used, struct problem *problem) {
    int64_t above = -1;
    for (;;) {
        number_line_skip_blanks(line);
        if (line->at == line->end || *line->at == '#') break;
        if (*used == rows->value_room && !room_for_value(rows)) return problem_set_memory(problem);
        const ieum_status status = number_line_pair(line, above, &rows->index[*used], &rows->value[*used], problem);
        if (status != IEUM_OK) return status;
        above = rows->index[(*used)++];
    }
    if (above >= (int64_t)rows->columns) rows->columns = (size_t)above + 1;
    return IEUM_OK;
}

static ieum_status take_row(struct number_line *line, struct svmlight_rows *rows, size_t *used, bool *any_qid, struct problem *problem) {
    bool found = false;
    int64_t qid = 0;
    if (!room_for_row(rows)) return problem_set_memory(problem);
    ieum_status status = number_line_number(line, &rows->labels[rows->count], problem);
    number_line_skip_blanks(line);
    const char *word = line->at;
    if (status == IEUM_OK) status = take_qid(line, &qid, &found, problem);
    if (status != IEUM_OK) return status;
    if (rows->count > 0 && found != *any_qid) {
        line->at = word;
        return number_line_refuse(line, "qid:17", "모든 줄에 qid가 있거나 어느 줄에도 없어야 합니다.", "Either every row has a qid or none has.", problem);
    }
    *any_qid = found;
    rows->qid_memory[rows->count] = qid;
    rows->lines[rows->count] = line->number;
    status = take_values(line, rows, used, problem);
    if (status == IEUM_OK) rows->start[++rows->count] = *used;
    return status;
}

ieum_status svmlight_read(const char *bytes, size_t size, size_t first_line, struct svmlight_rows *rows, struct problem *problem) {
    struct number_line line = {.number = first_line - 1};
    const char *at = bytes, *end = size ? bytes + size : bytes;
    size_t used = 0;
    bool any_qid = false;
    rows->count = rows->columns = 0;
    ieum_status status = room_for_row(rows) ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) rows->start[0] = 0;
    while (at < end && status == IEUM_OK) {
        at = number_line_next(&line, at, end);
        number_line_skip_blanks(&line);
        if (line.at < line.end && *line.at != '#') status = take_row(&line, rows, &used, &any_qid, problem);
    }
    rows->qids = any_qid ? rows->qid_memory : NULL;
    if (status != IEUM_OK) rows->count = rows->columns = 0;
    return status;
}

void svmlight_free(struct svmlight_rows *rows) {
    memory_free(rows->labels);
    memory_free(rows->qid_memory);
    memory_free(rows->lines);
    memory_free(rows->start);
    memory_free(rows->index);
    memory_free(rows->value);
    *rows = SVMLIGHT_EMPTY;
}
