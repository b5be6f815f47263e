/* SPDX-License-Identifier: Apache-2.0 */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "../base/memory.h"
#include "../base/utf8.h"

#define GUESS_BYTES_MOST ((size_t)1 << 20)

static size_t line_of(const char *bytes, size_t position) {
    size_t line = 1;
    for (size_t i = 0; i < position; i++) line += bytes[i] == '\n';
    return line;
}

static ieum_status refuse_nul(const char *bytes, size_t size, struct problem *problem) {
    const char *nul = memchr(bytes, 0, size);
    if (!nul) return IEUM_OK;
    problem_set(
        problem, IEUM_INVALID, "",
        "파일에 NUL 문자가 있습니다. 글 파일이 아니거나 UTF-16으로 저장된 파일입니다. 'CSV UTF-8'로 저장해 주십시오.",
        "The file holds a NUL character: it is no text, or was saved as UTF-16. Save it as 'CSV UTF-8'.");
    problem_set_expected(problem, "UTF-8, CP949");
    problem_set_place(problem, NULL, line_of(bytes, (size_t)(nul - bytes)), 0);
    return problem->status;
}

/* Converts all of the bytes; `*stop` is where a byte could not be converted. The result's room must be enough by
 * construction. */
static ieum_status convert(const char *to, const char *from, const char *bytes, size_t size, char *result, size_t room,
                           size_t *written, size_t *stop, struct problem *problem) {
    iconv_t converter = iconv_open(to, from);
    if (converter == (iconv_t)-1)
        return problem_set(problem, IEUM_INTERNAL, "", "이 컴퓨터에는 %s에서 %s(으)로 바꾸는 변환기가 없습니다.",
                           "This computer has no converter from %s to %s.", from, to);
    char *in = (char *)(uintptr_t)bytes; /* iconv does not write there; POSIX forgot the const */
    char *out = result;
    size_t left = size, free_room = room;
    size_t replaced = iconv(converter, &in, &left, &out, &free_room);
    iconv_close(converter);
    *written = room - free_room;
    *stop = size - left;
    return replaced == 0 && left == 0 ? IEUM_OK : IEUM_INVALID;
}

/* uchardet's name for the text, "" when it has none. */
static void guess(const char *bytes, size_t size, char name[32]) {
    name[0] = '\0';
    uchardet_t detector = uchardet_new();
    if (!detector) return;
    if (uchardet_handle_data(detector, bytes, size < GUESS_BYTES_MOST ? size : GUESS_BYTES_MOST) == 0) {
        uchardet_data_end(detector);
        snprintf(name, 32, "%s", uchardet_get_charset(detector));
    }
    uchardet_delete(detector);
}

static bool is_korean_name(const char *name) {
    static const char *const names[] = {"", "UHC", "EUC-KR", "CP949", "ASCII"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

/* Whether at least half of what is not ASCII is Hangul: short files mislead the guess, Korean ones are full of Hangul.
 */
static bool is_mostly_hangul(const char *text, size_t size) {
    size_t hangul = 0, other = 0;
    for (size_t position = 0; position < size;) {
        uint32_t code = utf8_next(text, size, &position);
        if (code >= 0xAC00 && code <= 0xD7A3)
            hangul++;
        else if (code >= 0x80)
            other++;
    }
    return hangul >= other;
}

static ieum_status refuse_bytes(const char *bytes, size_t size, size_t stop, const char *name,
                                struct problem *problem) {
    char value[16] = "";
    size_t line = stop < size ? line_of(bytes, stop) : 0;
    if (stop < size) snprintf(value, sizeof value, "0x%02X", (unsigned)(unsigned char)bytes[stop]);
    problem_set(
        problem, IEUM_INVALID, "",
        "파일의 문자 인코딩을 읽을 수 없습니다 (추정: %s). UTF-8이나 CP949(EUC-KR)로 저장해 주십시오.",
        "The character encoding of the file cannot be read (it looks like %s). Save it as UTF-8 or CP949 (EUC-KR).",
        *name ? name : "?");
    problem_set_value(problem, value);
    problem_set_expected(problem, "UTF-8, CP949");
    problem_set_place(problem, NULL, line, 0);
    return problem->status;
}

static ieum_status from_cp949(const char *bytes, size_t size, char **text, size_t *text_size, struct problem *problem) {
    char name[32];
    size_t written = 0, back_size = 0, stop = 0, stop_back = 0;
    char *back = NULL;
    /* At most three bytes of UTF-8 for two of CP949, and one for one. */
    char *result = memory_allocate(size * 2 + 1);
    ieum_status status = result ? convert("UTF-8", "CP949", bytes, size, result, size * 2, &written, &stop, problem)
                                : problem_set_memory(problem);
    if (status != IEUM_OK) goto done;
    back = memory_allocate(size + 1);
    if (!back) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = convert("CP949", "UTF-8", result, written, back, size, &back_size, &stop_back, problem);
    if (status == IEUM_OK && (back_size != size || memcmp(back, bytes, size) != 0)) status = IEUM_INVALID;
    if (status == IEUM_OK) {
        guess(bytes, size, name);
        if (!is_korean_name(name) && !is_mostly_hangul(result, written)) status = IEUM_INVALID;
    }
    if (status == IEUM_OK) {
        result[written] = '\0';
        *text = result;
        *text_size = written;
        result = NULL;
    }
done:
    if (status == IEUM_INVALID) {
        guess(bytes, size, name);
        refuse_bytes(bytes, size, stop, name, problem);
    }
    memory_free(result);
    memory_free(back);
    return status;
}

/* Whether the bytes are UTF-8 with some damage: CP949 hardly ever forms a valid sequence. `*stop` is the first fault.
 */
static bool is_broken_utf8(const char *bytes, size_t size, size_t *stop) {
    size_t good = 0, bad = 0;
    for (size_t position = 0; position < size;) {
        size_t start = position;
        uint32_t code = utf8_next(bytes, size, &position);
        if (code < 0x80) continue;
        if (code != 0xFFFD || position - start == 3)
            good++;
        else if (bad++ == 0)
            *stop = start;
    }
    return good > bad;
}

ieum_status charset_to_utf8(const char *bytes, size_t size, char **text, size_t *text_size, const char **charset,
                            struct problem *problem) {
    bool marked = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (marked) bytes += 3, size -= 3;
    ieum_status status = refuse_nul(bytes, size, problem);
    if (status != IEUM_OK) return status;
    if (!utf8_valid(bytes, size)) {
        size_t stop = 0;
        if (is_broken_utf8(bytes, size, &stop) || marked) return refuse_bytes(bytes, size, stop, "UTF-8", problem);
        status = from_cp949(bytes, size, text, text_size, problem);
        if (status == IEUM_OK) *charset = "CP949";
        return status;
    }
    char *copy = memory_allocate(size + 1);
    if (!copy) return problem_set_memory(problem);
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    *text = copy;
    *text_size = size;
    *charset = "UTF-8";
    return IEUM_OK;
}
