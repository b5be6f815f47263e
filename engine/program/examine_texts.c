/* SPDX-License-Identifier: Apache-2.0 */
/* Whether both languages are there for people, and sources can be looked up. See examine.h. */
#include <stdlib.h>
#include <string.h>

#include "../base/utf8.h"
#include "examine_parts.h"

static const struct jpath root = {NULL, NULL, 0}, sources_at = {&root, "sources", 0};

static bool blank(const char *text) { return text[strspn(text, " \t\r\n")] == '\0'; }

static bool has_hangul(const char *text) {
    const size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        const uint32_t point = utf8_next(text, size, &at);
        if ((point >= 0xAC00 && point <= 0xD7A3) || (point >= 0x3131 && point <= 0x318E)) return true;
    }
    return false;
}

/* A place of a sentence that is filled ("{value}") is no word of either language. */
static bool only_places(const char *text) {
    bool inside = false;
    for (; *text; text++) {
        if (*text == '{') inside = true;
        else if (*text == '}') inside = false;
        else if (!inside && ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (unsigned char)*text >= 0x80)) return false;
    }
    return true;
}

static void examine_text(const struct examiner *it, const jval *text, const struct jpath *at) {
    const jval *ko = jval_get(text, "ko"), *en = jval_get(text, "en");
    const struct jpath ko_at = {at, "ko", 0}, en_at = {at, "en", 0};
    if (!jval_is(ko, JVAL_TEXT) || !jval_is(en, JVAL_TEXT) || !*jval_text(ko) || !*jval_text(en)) return;
    if (blank(jval_text(ko)) || blank(jval_text(en))) {
        examine_error(it, (struct finding_at){"text_blank", blank(jval_text(ko)) ? &ko_at : &en_at, NULL, "text"}, "빈칸뿐인 글입니다.", "This text has nothing but blanks.");
        return;
    }
    if (only_places(jval_text(ko)) && only_places(jval_text(en))) return;
    if (strcmp(jval_text(ko), jval_text(en)) == 0)
        examine_oddity(it, (struct finding_at){"text_same", at, en, NULL}, "한국어와 영어가 같습니다. 한쪽이 옮겨지지 않았습니다.", "Korean and English are the same: one was not translated.");
    else if (!has_hangul(jval_text(ko)))
        examine_oddity(it, (struct finding_at){"korean_without_hangul", &ko_at, ko, NULL}, "한국어 글에 한글이 없습니다.", "The Korean text has no Hangul.");
}

/* "281", "115-116", "294-295, 302": numbers rise within a range. */
static bool lines_read(const char *text, bool *falls) {
    *falls = false;
    for (;;) {
        char *end;
        while (*text == ' ') text++;
        if (*text < '0' || *text > '9') return false;
        const unsigned long first = strtoul(text, &end, 10);
        unsigned long last = first;
        if (*end == '-' && end[1] >= '0' && end[1] <= '9') last = strtoul(end + 1, &end, 10);
        *falls = *falls || first == 0 || last < first;
        while (*end == ' ') end++;
        if (*end == '\0') return true;
        if (*end != ',') return false;
        text = end + 1;
    }
}

static void examine_source(const struct examiner *it, const jval *sources, size_t index) {
    const jval *one = jval_at(sources, index), *id = jval_get(one, "id"), *seed = jval_get(one, "seed"), *lines = jval_get(one, "lines"), *url = jval_get(one, "url");
    const struct jpath at = {&sources_at, NULL, index}, lines_at = {&at, "lines", 0}, url_at = {&at, "url", 0};
    bool falls = false;
    if (!jval_is(one, JVAL_OBJECT)) return;
    for (size_t k = 0; k < index && id; k++)
        if (jval_equal(jval_get(jval_at(sources, k), "id"), id))
            examine_error(it, (struct finding_at){"source_twice", &(struct jpath){&at, "id", 0}, id, NULL}, "같은 id가 앞에 이미 있습니다.", "This id is used before.");
    if (!seed && !url && !jval_get(one, "note"))
        examine_error(it, (struct finding_at){"source_empty", &at, id, "seed | url | note"}, "근거 문서도 주소도 설명도 없는 근거입니다.", "This source names no document, no address and no note.");
    if (seed && !lines)
        examine_error(it, (struct finding_at){"source_without_lines", &lines_at, NULL, "12, 14-16"}, "근거 문서의 줄이 적혀 있지 않습니다.", "The lines of the document are not given.");
    if (lines && !seed)
        examine_error(it, (struct finding_at){"lines_without_seed", &lines_at, lines, "seed"}, "줄은 있는데 근거 문서가 적혀 있지 않습니다.", "Lines are given, but no document.");
    if (jval_is(lines, JVAL_TEXT) && (!lines_read(jval_text(lines), &falls) || falls))
        examine_error(it, (struct finding_at){"lines_wrong", &lines_at, lines, "12, 14-16"}, "줄은 '12, 14-16'처럼 앞에서 뒤로 적어 주세요.", "Write lines as \"12, 14-16\", from the first to the last.");
    if (jval_is(url, JVAL_TEXT) && strncmp(jval_text(url), "https://", 8) != 0 && strncmp(jval_text(url), "http://", 7) != 0)
        examine_error(it, (struct finding_at){"url_wrong", &url_at, url, "https://…"}, "주소는 https://로 시작해야 합니다.", "An address begins with https://.");
}

void examine_texts(const struct examiner *it) {
    const jval *sources = jval_get(it->file, "sources");
    examine_each_text(it, examine_text);
    for (size_t i = 0; i < jval_count(sources); i++) examine_source(it, sources, i);
    if (jval_is(sources, JVAL_ARRAY) && jval_count(sources) == 0)
        examine_error(it, (struct finding_at){"sources_empty", &sources_at, NULL, "1.."}, "근거가 하나도 없습니다.", "There is no source at all.");
}
