/* SPDX-License-Identifier: Apache-2.0 */
/* Suppliers by id, by name, by number, and by the names and numbers of their affiliates: tables from a text's core (likeness.h) to a chain of suppliers. */
#include "pair_kin.h"

#include <string.h>

#include "../base/map.h"
#include "likeness.h"
#include "locate.h"

struct link {
    uint32_t supplier, next; /* next: a position among the links, MAP_NONE at the end */
};

struct table {
    struct map *map; /* key → a number → the newest link */
    VECTOR(uint32_t) heads;
    VECTOR(struct link) links;
};

struct pair_kin {
    struct table ids, names, numbers, affiliate_names, affiliate_numbers;
};

typedef size_t (*core_of)(const char *text, char *core);

static size_t whole(const char *text, char *core) {
    const size_t size = text ? strlen(text) : 0;
    if (size) memcpy(core, text, size);
    return size;
}

/* An empty core is like nothing. */
static bool table_add(struct table *table, core_of core, const char *text, uint32_t supplier) {
    char *key = memory_allocate(text ? strlen(text) + 1 : 1);
    if (!key) return false;
    const size_t size = core(text, key);
    bool held = true;
    if (size) {
        const uint32_t number = map_intern(table->map, key, size);
        held = number != MAP_NONE && (number < table->heads.count || vector_push(&table->heads, MAP_NONE));
        if (held) held = vector_push(&table->links, ((struct link){supplier, table->heads.items[number]}));
        if (held) table->heads.items[number] = (uint32_t)table->links.count - 1;
    }
    memory_free(key);
    return held;
}

static bool table_find(const struct table *table, core_of core, const char *text, supplier_list *list) {
    char *key = memory_allocate(text ? strlen(text) + 1 : 1);
    if (!key) return false;
    const size_t size = core(text, key);
    const uint32_t number = size ? map_get(table->map, key, size) : MAP_NONE;
    bool held = true;
    for (uint32_t at = number == MAP_NONE ? MAP_NONE : table->heads.items[number]; at != MAP_NONE && held; at = table->links.items[at].next)
        held = vector_push(list, table->links.items[at].supplier);
    memory_free(key);
    return held;
}

static void table_free(struct table *table) {
    map_free(table->map);
    vector_free(&table->heads);
    vector_free(&table->links);
}

static bool add_supplier(struct pair_kin *kin, const struct supplier *supplier, uint32_t s) {
    bool held = table_add(&kin->ids, whole, supplier->id, s) && table_add(&kin->names, firm_name_core, supplier->firm.name, s) &&
                table_add(&kin->numbers, number_core, supplier->firm.registration_no, s);
    for (size_t i = 0; i < supplier->firm.affiliates.count && held; i++)
        held = table_add(&kin->affiliate_names, firm_name_core, supplier->firm.affiliates.items[i], s) &&
               table_add(&kin->affiliate_numbers, number_core, supplier->firm.affiliates.items[i], s);
    return held;
}

struct pair_kin *pair_kin_new(const struct supplier *suppliers, size_t count) {
    struct pair_kin *kin = memory_allocate_zero(1, sizeof *kin);
    if (!kin) return NULL;
    struct table *tables[] = {&kin->ids, &kin->names, &kin->numbers, &kin->affiliate_names, &kin->affiliate_numbers};
    bool held = true;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) held = (tables[i]->map = map_new()) != NULL && held;
    for (size_t s = 0; s < count && held; s++) held = add_supplier(kin, &suppliers[s], (uint32_t)s);
    if (held) return kin;
    pair_kin_free(kin);
    return NULL;
}

void pair_kin_free(struct pair_kin *kin) {
    if (!kin) return;
    table_free(&kin->ids);
    table_free(&kin->names);
    table_free(&kin->numbers);
    table_free(&kin->affiliate_names);
    table_free(&kin->affiliate_numbers);
    memory_free(kin);
}

bool pair_kin_listed(const struct pair_kin *kin, const struct demand *demand, const char *field, supplier_list *list) {
    const jval *value = value_at(demand->json, field);
    bool held = true;
    for (size_t i = 0; !value_missing(value) && i < value_count(value) && held; i++)
        held = table_find(&kin->ids, whole, jval_text(value_item(value, i)), list);
    return held;
}

bool pair_kin_related(const struct pair_kin *kin, const struct demand *demand, supplier_list *list) {
    const struct firm *firm = &demand->firm;
    bool held = table_find(&kin->numbers, number_core, firm->registration_no, list) && table_find(&kin->names, firm_name_core, firm->name, list) &&
                table_find(&kin->affiliate_numbers, number_core, firm->registration_no, list) &&
                table_find(&kin->affiliate_names, firm_name_core, firm->name, list);
    for (size_t i = 0; i < firm->affiliates.count && held; i++)
        held = table_find(&kin->names, firm_name_core, firm->affiliates.items[i], list) &&
               table_find(&kin->numbers, number_core, firm->affiliates.items[i], list);
    return held;
}
