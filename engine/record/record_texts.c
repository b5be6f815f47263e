/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of a record in a fixed order, with the JSON Pointer of each: what the text stage reads and evidence quotes.
 */
#include <string.h>

#include "record.h"

const char *const record_kind_names[RECORD_KINDS + 1] = {"suppliers", "demands", "outcomes", "decisions"};

const char *const text_role_names[TEXT_ROLES] = {"title",   "need",       "business", "data_held", "summary",
                                                 "product", "capability", "domain",   "data_type", "reference", "answer"};

static void add_text(struct record_texts *texts, enum text_role role, const char *pointer, const char *text) {
    if (text && *text) texts->items[texts->count++] = (struct record_text){role, pointer, text};
}

/* Pointer "/<key>/<index><tail>" in the arena; by hand, because every text of every record gets one. */
static const char *write_pointer(struct arena *arena, const char *key, size_t index, const char *tail) {
    const size_t key_size = strlen(key), tail_size = strlen(tail);
    char digits[24];
    size_t first = sizeof digits;
    do digits[--first] = (char)('0' + index % 10);
    while ((index /= 10) > 0);
    char *pointer = arena_allocate(arena, key_size + tail_size + sizeof digits + 3), *end = pointer;
    if (!pointer) return NULL;
    *end++ = '/';
    memcpy(end, key, key_size);
    end += key_size;
    *end++ = '/';
    memcpy(end, digits + first, sizeof digits - first);
    end += sizeof digits - first;
    memcpy(end, tail, tail_size + 1);
    return pointer;
}

static bool add_list(struct record_texts *texts, struct arena *arena, enum text_role role, const char *key,
                     const struct text_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const char *pointer = write_pointer(arena, key, i, "");
        if (!pointer) return false;
        add_text(texts, role, pointer, list->items[i]);
    }
    return true;
}

ieum_status supplier_texts(const struct supplier *supplier, struct arena *arena, struct record_texts *texts) {
    const struct supplier *s = supplier;
    struct record_texts list = {0};
    size_t most =
        1 + s->products.count + s->capabilities.count + s->domains.count + s->data_types.count + s->reference_count;
    list.items = arena_allocate_zero(arena, most, sizeof *list.items);
    if (!list.items) return IEUM_MEMORY;
    add_text(&list, TEXT_SUMMARY, "/summary", s->summary);
    if (!add_list(&list, arena, TEXT_PRODUCT, "products", &s->products) ||
        !add_list(&list, arena, TEXT_CAPABILITY, "capabilities", &s->capabilities) ||
        !add_list(&list, arena, TEXT_DOMAIN, "domains", &s->domains) ||
        !add_list(&list, arena, TEXT_DATA_TYPE, "data_types", &s->data_types))
        return IEUM_MEMORY;
    for (size_t i = 0; i < s->reference_count; i++) {
        const char *pointer = write_pointer(arena, "references", i, "/title");
        if (!pointer) return IEUM_MEMORY;
        add_text(&list, TEXT_REFERENCE, pointer, s->references[i].title);
    }
    *texts = list;
    return IEUM_OK;
}

ieum_status demand_texts(const struct demand *demand, struct arena *arena, struct record_texts *texts) {
    struct record_texts list = {0};
    list.items = arena_allocate_zero(arena, 3 + demand->data_held.count, sizeof *list.items);
    if (!list.items) return IEUM_MEMORY;
    add_text(&list, TEXT_TITLE, "/title", demand->title);
    add_text(&list, TEXT_NEED, "/need", demand->need);
    add_text(&list, TEXT_BUSINESS, "/firm/business", demand->firm.business);
    if (!add_list(&list, arena, TEXT_DATA_HELD, "data_held", &demand->data_held)) return IEUM_MEMORY;
    *texts = list;
    return IEUM_OK;
}
