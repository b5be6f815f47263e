/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Layout: mark with version (8 bytes), checksum of all that follows (8), digest with its NUL (65), the light members in
 * the order of the list below, then what is heavy: summary, products, capabilities, domains, data types, references.
 * A text is its size, its bytes and a NUL; a list is its count and its items. Nothing read here is trusted: every size
 * is held against what is left.
 */
#include "image.h"

#include <string.h>

#include "../adapt/digest.h"
#include "../base/utf8.h"

const char *const supplier_light_members[SUPPLIER_LIGHT_MEMBERS] = {
    "id",       "name",       "registration_no", "region",        "founded",        "size",       "business_kind", "ksic",
    "ksic_rev", "affiliates", "employees",       "certifications", "deployment",     "price_krw",  "capacity",      "kind",
    "organisation", "roles",  "lead_fields"};

enum { MARK_SIZE = 8, CHECK_SIZE = 8, HEAD_SIZE = MARK_SIZE + CHECK_SIZE };
static const unsigned char mark[MARK_SIZE] = {'i', 'e', 'u', 'm', 'S', 'I', 0, 4 /* version */};

#define NO_TEXT UINT32_MAX
enum light_tag { LIGHT_ABSENT, LIGHT_NULL, LIGHT_INTEGER, LIGHT_TEXT, LIGHT_LIST };

static uint64_t load_64(const unsigned char *bytes) {
    uint64_t number = 0;
    for (int i = 0; i < 8; i++) number |= (uint64_t)bytes[i] << (8 * i);
    return number;
}

static void store_64(uint64_t number, unsigned char bytes[8]) {
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(number >> (8 * i));
}

/* Finds accidents, not forgers: eight bytes a step, each step a bijection, so that no change of one word goes unseen. */
static uint64_t checksum(const unsigned char *bytes, size_t size) {
    uint64_t sum = size;
    unsigned char tail[8] = {0};
    for (; size >= 8; bytes += 8, size -= 8) {
        sum = (sum ^ load_64(bytes)) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> 29;
    }
    if (size > 0) memcpy(tail, bytes, size);
    sum = (sum ^ load_64(tail)) * 0x9E3779B97F4A7C15u;
    return sum ^ sum >> 32;
}

/* ---- writing ---- */

static bool put_number(struct buffer *image, uint32_t number) {
    const unsigned char bytes[4] = {(unsigned char)number, (unsigned char)(number >> 8), (unsigned char)(number >> 16),
                                    (unsigned char)(number >> 24)};
    buffer_add(image, bytes, sizeof bytes);
    return true;
}

static bool put_count(struct buffer *image, size_t count) {
    return count < NO_TEXT && put_number(image, (uint32_t)count);
}

static bool put_text(struct buffer *image, const char *text) {
    if (!text) return put_number(image, NO_TEXT);
    const size_t size = strlen(text);
    if (!put_count(image, size)) return false;
    buffer_add(image, text, size + 1);
    return true;
}

static bool put_list(struct buffer *image, const struct text_list *list) {
    bool held = put_count(image, list->count);
    for (size_t i = 0; i < list->count && held; i++) held = put_text(image, list->items[i]);
    return held;
}

static bool put_light(struct buffer *image, const jval *value, bool within_list) {
    unsigned char integer[8];
    if (!value) {
        buffer_add_byte(image, LIGHT_ABSENT);
        return true;
    }
    switch (jval_kind(value)) {
    case JVAL_NULL: buffer_add_byte(image, LIGHT_NULL); return true;
    case JVAL_TEXT: buffer_add_byte(image, LIGHT_TEXT); return put_text(image, jval_text(value));
    case JVAL_INTEGER:
        buffer_add_byte(image, LIGHT_INTEGER);
        store_64((uint64_t)jval_integer(value), integer);
        buffer_add(image, integer, sizeof integer);
        return true;
    case JVAL_ARRAY: break;
    default: return false;
    }
    buffer_add_byte(image, LIGHT_LIST);
    bool held = !within_list && put_count(image, jval_count(value));
    for (size_t i = 0; i < jval_count(value) && held; i++) held = put_light(image, jval_at(value, i), true);
    return held;
}

static bool put_reference(struct buffer *image, const struct reference *reference) {
    char code[sizeof reference->industry.digits + 1] = "";
    if (reference->industry.section) {
        code[0] = reference->industry.section;
        memcpy(code + 1, reference->industry.digits, sizeof reference->industry.digits);
    }
    return put_text(image, code) && put_number(image, (uint32_t)reference->industry.revision) &&
           put_text(image, reference->title) && put_number(image, (uint32_t)reference->year);
}

static bool put_solution(struct buffer *image, const struct solution *solution) {
    return put_text(image, solution->name) && put_text(image, solution->kind) && put_text(image, solution->checked) && put_list(image, &solution->open);
}

bool supplier_image_write(const struct supplier *supplier, const char *digest, struct buffer *image) {
    const size_t begin = image->size;
    bool held = !supplier->lean && strlen(digest) == DIGEST_TEXT - 1;
    buffer_add(image, mark, sizeof mark);
    buffer_add(image, "\0\0\0\0\0\0\0", CHECK_SIZE);
    buffer_add(image, digest, held ? DIGEST_TEXT : 0);
    for (size_t i = 0; i < SUPPLIER_LIGHT_MEMBERS && held; i++)
        held = put_light(image, jval_get(supplier->json, supplier_light_members[i]), false);
    held = held && put_text(image, supplier->summary) && put_list(image, &supplier->products) &&
           put_list(image, &supplier->capabilities) && put_list(image, &supplier->domains) &&
           put_list(image, &supplier->data_types) && put_count(image, supplier->reference_count);
    for (size_t i = 0; i < supplier->reference_count && held; i++)
        held = put_reference(image, &supplier->references[i]);
    held = held && put_count(image, supplier->solution_count);
    for (size_t i = 0; i < supplier->solution_count && held; i++) held = put_solution(image, &supplier->solutions[i]);
    if (!held || image->failed) return false;
    unsigned char *bytes = (unsigned char *)image->bytes + begin;
    store_64(checksum(bytes + HEAD_SIZE, image->size - begin - HEAD_SIZE), bytes + MARK_SIZE);
    return true;
}

/* ---- reading ---- */

/* What is left to read. After a fault everything reads as nothing, and `sound` tells at the end. */
struct cursor {
    const unsigned char *at, *end;
    struct arena *arena;
    bool sound;
};

static const unsigned char *take(struct cursor *cursor, size_t size) {
    cursor->sound = cursor->sound && size <= (size_t)(cursor->end - cursor->at);
    if (!cursor->sound) return NULL;
    const unsigned char *bytes = cursor->at;
    cursor->at += size;
    return bytes;
}

static uint32_t take_number(struct cursor *cursor) {
    const unsigned char *b = take(cursor, 4);
    return b ? b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24 : 0;
}

/* A count of items that have at least `least` bytes each, so that no count asks for more room than the bytes have. */
static size_t take_count(struct cursor *cursor, size_t least) {
    const size_t count = take_number(cursor);
    cursor->sound = cursor->sound && count <= (size_t)(cursor->end - cursor->at) / least;
    return cursor->sound ? count : 0;
}

/* NULL for no text, and after a fault. */
static const char *take_text(struct cursor *cursor, size_t *size) {
    *size = 0;
    const uint32_t given = take_number(cursor);
    if (given == NO_TEXT || !cursor->sound) return NULL;
    const char *text = (const char *)take(cursor, (size_t)given + 1);
    if (!text) return NULL;
    cursor->sound = memchr(text, '\0', (size_t)given + 1) == text + given && utf8_valid(text, given);
    *size = given;
    return cursor->sound ? text : NULL;
}

static struct text_list take_list(struct cursor *cursor) {
    const size_t count = take_count(cursor, 6); /* an item has at least a letter */
    const char **items = arena_allocate(cursor->arena, count * sizeof *items);
    size_t size;
    cursor->sound = cursor->sound && items != NULL;
    for (size_t i = 0; i < count && cursor->sound; i++) {
        items[i] = take_text(cursor, &size);
        cursor->sound = cursor->sound && size > 0;
    }
    return cursor->sound ? (struct text_list){items, count} : (struct text_list){NULL, 0};
}

/* NULL for an absent member, and after a fault. */
static jval *take_light(struct cursor *cursor, bool within_list) {
    const unsigned char *tag = take(cursor, 1), *integer;
    const char *text;
    size_t size, count;
    jval *list;
    switch (tag ? *tag : LIGHT_ABSENT) {
    case LIGHT_ABSENT: cursor->sound = cursor->sound && !within_list; return NULL;
    case LIGHT_NULL: return jval_new_text(NULL);
    case LIGHT_INTEGER: integer = take(cursor, 8); return integer ? jval_new_integer((int64_t)load_64(integer)) : NULL;
    case LIGHT_TEXT:
        text = take_text(cursor, &size);
        cursor->sound = cursor->sound && text != NULL;
        return text ? jval_new_text_valid(text, size) : NULL;
    case LIGHT_LIST: break;
    default: cursor->sound = false; return NULL;
    }
    count = take_count(cursor, 1);
    cursor->sound = cursor->sound && !within_list;
    list = jval_new_array();
    for (size_t i = 0; i < count && cursor->sound; i++) jval_append(list, take_light(cursor, true));
    return list;
}

static jval *take_light_members(struct cursor *cursor) {
    jval *json = jval_new_object();
    for (size_t i = 0; i < SUPPLIER_LIGHT_MEMBERS && cursor->sound; i++) {
        jval *value = take_light(cursor, false);
        if (value) jval_set(json, supplier_light_members[i], value);
    }
    return json;
}

static void take_references(struct cursor *cursor, struct supplier *supplier) {
    const size_t count = take_count(cursor, 17);
    struct reference *references = arena_allocate_zero(cursor->arena, count, sizeof *references);
    size_t size;
    cursor->sound = cursor->sound && references != NULL;
    for (size_t i = 0; i < count && cursor->sound; i++) {
        const char *code = take_text(cursor, &size);
        const uint32_t revision = take_number(cursor);
        references[i].title = take_text(cursor, &size);
        references[i].year = (int)(take_number(cursor) & 0xFFFF);
        cursor->sound = cursor->sound && code != NULL &&
                        (*code == '\0' || ksic_read(code, (int)revision, &references[i].industry));
    }
    supplier->references = count > 0 ? references : NULL;
    supplier->reference_count = count;
}

static void take_solutions(struct cursor *cursor, struct supplier *supplier) {
    const size_t count = take_count(cursor, 17);
    struct solution *solutions = arena_allocate_zero(cursor->arena, count, sizeof *solutions);
    size_t size;
    cursor->sound = cursor->sound && solutions != NULL;
    for (size_t i = 0; i < count && cursor->sound; i++) {
        solutions[i].name = take_text(cursor, &size);
        cursor->sound = cursor->sound && solutions[i].name != NULL;
        solutions[i].kind = take_text(cursor, &size);
        solutions[i].checked = take_text(cursor, &size);
        solutions[i].open = take_list(cursor);
    }
    supplier->solutions = count > 0 ? solutions : NULL;
    supplier->solution_count = count;
}

/* The heavy members in the order of the image; whether the image ends with them. */
static bool take_heavy_members(struct cursor *cursor, struct supplier *supplier) {
    size_t size;
    supplier->summary = take_text(cursor, &size);
    supplier->products = take_list(cursor);
    supplier->capabilities = take_list(cursor);
    supplier->domains = take_list(cursor);
    supplier->data_types = take_list(cursor);
    take_references(cursor, supplier);
    take_solutions(cursor, supplier);
    return cursor->sound && cursor->at == cursor->end;
}

bool supplier_image_current(const void *image, size_t size) {
    return size >= HEAD_SIZE + DIGEST_TEXT && memcmp(image, mark, sizeof mark) == 0;
}

bool supplier_image_read(const void *image, size_t size, const char *digest, struct arena *arena,
                         struct supplier *supplier) {
    const unsigned char *bytes = image;
    struct problem ignored = {0};
    struct supplier read = {.json = NULL};
    if (!supplier_image_current(image, size) || strlen(digest) != DIGEST_TEXT - 1 ||
        memcmp(bytes + HEAD_SIZE, digest, DIGEST_TEXT) != 0 ||
        load_64(bytes + MARK_SIZE) != checksum(bytes + HEAD_SIZE, size - HEAD_SIZE))
        return false;
    struct cursor cursor = {bytes + HEAD_SIZE + DIGEST_TEXT, bytes + size, arena, true};
    jval *json = take_light_members(&cursor);
    /* A builder that ran out of memory leaves members out in silence. */
    bool sound = cursor.sound && !memory_failed() && supplier_read(json, NULL, arena, &read, &ignored) == IEUM_OK;
    jval_free(json);
    if (sound && take_heavy_members(&cursor, &read)) {
        read.lean = true;
        read.digest = (const char *)bytes + HEAD_SIZE;
        *supplier = read;
        return true;
    }
    jval_free(read.json);
    return false;
}
