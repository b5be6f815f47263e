/* SPDX-License-Identifier: Apache-2.0 */
#include "taxonomy.h"

#include <string.h>

#include "../adapt/json_file.h"
#include "../base/files.h"
#include "../base/map.h"
#include "../base/vector.h"

#define FILE_BYTES_MOST ((size_t)4 << 20)
#define NAME_MOST 128

struct taxonomy {
    struct arena *arena;
    struct map *region_names, *size_names, *ksic10, *ksic11;
    struct region *regions;
    struct firm_size *sizes;
    struct party_kind *kinds;
    const char *unstated; /* the id of the kind that a record without one counts as */
    size_t region_count, size_count, kind_count;
    VECTOR(const char *) titles; /* of industries, both revisions */
};

/* ---- reading ---- */

static ieum_status read_file(const char *data_folder, const char *name, char **bytes, size_t *size, char **path,
                             struct problem *problem) {
    *path = path_join(data_folder, name);
    if (!*path) return problem_set_memory(problem);
    return file_read(*path, FILE_BYTES_MOST, bytes, size, problem);
}

/* Spaces and letter case do not count. */
static void fold(const char *text, size_t size, char folded[NAME_MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < size && count < NAME_MOST - 1; i++) {
        if (strchr(" \t", text[i])) continue;
        folded[count++] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
    }
    folded[count] = '\0';
}

static ieum_status put_name(struct map *names, const char *name, uint32_t index, struct problem *problem) {
    char folded[NAME_MOST];
    fold(name, strlen(name), folded);
    uint32_t found = map_get_text(names, folded);
    if (found != MAP_NONE && found != index)
        return problem_set(problem, IEUM_INVALID, "", "'%s'이(가) 두 가지 뜻으로 쓰였습니다.",
                           "'%s' stands for two things.", name);
    return map_put(names, folded, strlen(folded), index) ? IEUM_OK : problem_set_memory(problem);
}

/* The names of one entry: the `count` texts in `own`, and its list "names". */
static ieum_status put_names(struct map *names, const jval *entry, const struct jpath *at, const char *const *own,
                             size_t count, uint32_t index, struct arena *arena, struct problem *problem) {
    struct text_list list = {0};
    ieum_status status = field_text_list(entry, at, "names", true, arena, &list, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) status = put_name(names, own[i], index, problem);
    for (size_t i = 0; i < list.count && status == IEUM_OK; i++)
        status = put_name(names, list.items[i], index, problem);
    return status;
}

static ieum_status copy_text(const jval *entry, const struct jpath *at, const char *key, bool required,
                             struct arena *arena, const char **out, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(entry, at, key, required, &text, problem);
    if (status != IEUM_OK || !text) return status;
    *out = arena_copy_text(arena, text);
    return *out ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_region(struct taxonomy *taxonomy, const jval *entry, const struct jpath *at,
                               struct problem *problem) {
    struct region *region = &taxonomy->regions[taxonomy->region_count];
    ieum_status status;
    if ((status = copy_text(entry, at, "id", true, taxonomy->arena, &region->id, problem)) ||
        (status = copy_text(entry, at, "official", true, taxonomy->arena, &region->official, problem)) ||
        (status = copy_text(entry, at, "english", true, taxonomy->arena, &region->english, problem)) ||
        (status = copy_text(entry, at, "area", true, taxonomy->arena, &region->area, problem)))
        return status;
    const char *own[] = {region->official, region->english};
    return put_names(taxonomy->region_names, entry, at, own, 2, (uint32_t)taxonomy->region_count++, taxonomy->arena,
                     problem);
}

static ieum_status read_size(struct taxonomy *taxonomy, const jval *entry, const struct jpath *at,
                             struct problem *problem) {
    struct firm_size *size = &taxonomy->sizes[taxonomy->size_count];
    ieum_status status;
    if ((status = copy_text(entry, at, "id", true, taxonomy->arena, &size->id, problem)) ||
        (status = copy_text(entry, at, "english", true, taxonomy->arena, &size->english, problem)) ||
        (status = copy_text(entry, at, "within", false, taxonomy->arena, &size->within, problem)))
        return status;
    const char *own[] = {size->id, size->english};
    return put_names(taxonomy->size_names, entry, at, own, 2, (uint32_t)taxonomy->size_count++, taxonomy->arena,
                     problem);
}

static ieum_status read_regions(struct taxonomy *taxonomy, const jval *list, const struct jpath *at,
                                struct problem *problem) {
    ieum_status status = IEUM_OK;
    taxonomy->regions = arena_allocate_zero(taxonomy->arena, jval_count(list), sizeof *taxonomy->regions);
    if (!taxonomy->regions) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_region(taxonomy, jval_at(list, i), &(struct jpath){at, NULL, i}, problem);
    return status;
}

static ieum_status read_sizes(struct taxonomy *taxonomy, const jval *list, const struct jpath *at,
                              struct problem *problem) {
    ieum_status status = IEUM_OK;
    taxonomy->sizes = arena_allocate_zero(taxonomy->arena, jval_count(list), sizeof *taxonomy->sizes);
    if (!taxonomy->sizes) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_size(taxonomy, jval_at(list, i), &(struct jpath){at, NULL, i}, problem);
    return status;
}

static ieum_status read_kind(struct taxonomy *taxonomy, const jval *entry, const struct jpath *at, struct problem *problem) {
    struct party_kind *kind = &taxonomy->kinds[taxonomy->kind_count];
    ieum_status status;
    if ((status = copy_text(entry, at, "id", true, taxonomy->arena, &kind->id, problem)) ||
        (status = copy_text(entry, at, "ko", true, taxonomy->arena, &kind->korean, problem)) ||
        (status = copy_text(entry, at, "en", true, taxonomy->arena, &kind->english, problem)))
        return status;
    if (party_kind_find(taxonomy, kind->id))
        return jval_refuse(problem, &(struct jpath){at, "id", 0}, jval_get(entry, "id"), NULL, "같은 id가 앞에 이미 있습니다.", "This id is used before.");
    taxonomy->kind_count++;
    bool unstated = false;
    status = field_bool(entry, at, "unstated", false, &unstated, problem);
    if (status == IEUM_OK) status = field_bool(entry, at, "thing", false, &kind->thing, problem);
    if (unstated) taxonomy->unstated = kind->id;
    return status;
}

static ieum_status read_kinds(struct taxonomy *taxonomy, const jval *list, const struct jpath *at, struct problem *problem) {
    ieum_status status = IEUM_OK;
    taxonomy->kinds = arena_allocate_zero(taxonomy->arena, jval_count(list), sizeof *taxonomy->kinds);
    if (!taxonomy->kinds) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_kind(taxonomy, jval_at(list, i), &(struct jpath){at, NULL, i}, problem);
    if (status != IEUM_OK || taxonomy->unstated) return status;
    return jval_refuse(problem, at, NULL, "\"unstated\": true", "종류를 적지 않은 기록을 무엇으로 셀지 적혀 있지 않습니다.", "What a record without a kind counts as is not said.");
}

typedef ieum_status (*list_function)(struct taxonomy *taxonomy, const jval *list, const struct jpath *at,
                                     struct problem *problem);

/* Reads the file {"<key>": [entries]}. */
static ieum_status read_json(struct taxonomy *taxonomy, const char *data_folder, const char *name, const char *key,
                             list_function read_list, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    jval *json = NULL;
    const jval *list = NULL;
    ieum_status status = json_file_read(data_folder, name, FILE_BYTES_MOST, &json, problem);
    if (status == IEUM_OK) status = field_array(json, NULL, key, true, &list, problem);
    if (status == IEUM_OK) status = read_list(taxonomy, list, &(struct jpath){&root, key, 0}, problem);
    if (status != IEUM_OK) json_file_place(data_folder, name, problem);
    jval_free(json);
    return status;
}

/* One line of a table: code, level, section, name, tabs between. Lines of comments and the line of names are skipped.
 */
static ieum_status read_code(struct taxonomy *taxonomy, struct map *codes, int revision, char *line,
                             struct problem *problem) {
    char *fields[4] = {line}, *next = line;
    struct ksic ksic;
    if (*line == '#' || !*line || strncmp(line, "code\t", 5) == 0) return IEUM_OK;
    for (size_t i = 1; i < 4; i++) {
        next = strchr(next, '\t');
        if (!next) break;
        *next++ = '\0';
        fields[i] = next;
    }
    if (fields[3]) fields[3][strcspn(fields[3], "\t\r")] = '\0';
    if (!fields[3] || !ksic_read(fields[0], revision, &ksic) || fields[2][0] != ksic.section || fields[2][1])
        return problem_set(problem, IEUM_INVALID, "", "산업분류 표의 줄을 읽을 수 없습니다: '%s'",
                           "A line of the table of industries cannot be read: '%s'", line);
    const char *title = arena_copy_text(taxonomy->arena, fields[3]);
    if (!title || !map_put(codes, fields[0], strlen(fields[0]), (uint32_t)taxonomy->titles.count) ||
        !vector_push(&taxonomy->titles, title))
        return problem_set_memory(problem);
    return IEUM_OK;
}

static ieum_status read_codes(struct taxonomy *taxonomy, const char *data_folder, const char *name, int revision,
                              struct map *codes, struct problem *problem) {
    char *bytes = NULL, *path = NULL;
    size_t size = 0, number = 0;
    ieum_status status = read_file(data_folder, name, &bytes, &size, &path, problem);
    for (char *line = bytes, *next; status == IEUM_OK && line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        number++;
        status = read_code(taxonomy, codes, revision, line, problem);
        if (status != IEUM_OK) problem_set_place(problem, path, number, 0);
    }
    memory_free(bytes);
    memory_free(path);
    return status;
}

static ieum_status read_all(struct taxonomy *taxonomy, const char *data_folder, struct problem *problem) {
    ieum_status status;
    if ((status = read_json(taxonomy, data_folder, "taxonomy/regions.json", "regions", read_regions, problem)) ||
        (status = read_json(taxonomy, data_folder, "taxonomy/firm_sizes.json", "sizes", read_sizes, problem)) ||
        (status = read_json(taxonomy, data_folder, "taxonomy/party_kinds.json", "kinds", read_kinds, problem)) ||
        (status = read_codes(taxonomy, data_folder, "taxonomy/ksic10.tsv", 10, taxonomy->ksic10, problem)) ||
        (status = read_codes(taxonomy, data_folder, "taxonomy/ksic11.tsv", 11, taxonomy->ksic11, problem)))
        return status;
    return IEUM_OK;
}

ieum_status taxonomy_open(const char *data_folder, struct taxonomy **taxonomy, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct taxonomy *opened = memory_allocate_zero(1, sizeof *opened);
    if (!opened) return problem_set_memory(problem);
    opened->arena = arena_new();
    opened->region_names = map_new();
    opened->size_names = map_new();
    opened->ksic10 = map_new();
    opened->ksic11 = map_new();
    if (!opened->arena || !opened->region_names || !opened->size_names || !opened->ksic10 || !opened->ksic11)
        status = problem_set_memory(problem);
    if (status == IEUM_OK) status = read_all(opened, data_folder, problem);
    if (status == IEUM_OK)
        *taxonomy = opened;
    else
        taxonomy_free(opened);
    return status;
}

void taxonomy_free(struct taxonomy *taxonomy) {
    if (!taxonomy) return;
    map_free(taxonomy->region_names);
    map_free(taxonomy->size_names);
    map_free(taxonomy->ksic10);
    map_free(taxonomy->ksic11);
    vector_free(&taxonomy->titles);
    arena_free(taxonomy->arena);
    memory_free(taxonomy);
}

/* ---- regions ---- */

static const struct region *region_named(const struct taxonomy *taxonomy, const char *text, size_t size) {
    char folded[NAME_MOST];
    if (size >= NAME_MOST) return NULL; /* a cut name might be another's */
    fold(text, size, folded);
    uint32_t index = map_get_text(taxonomy->region_names, folded);
    return index == MAP_NONE ? NULL : &taxonomy->regions[index];
}

/* The region named by the first words of a text that ends at `size`, most words first; `*end` is after them. */
static const struct region *region_of_words(const struct taxonomy *taxonomy, const char *text, size_t size,
                                            size_t *end) {
    size_t ends[4], count = 0;
    for (size_t i = 0; i <= size && count < 4; i++)
        if (i > 0 && (i == size || text[i] == ' ') && text[i - 1] != ' ') ends[count++] = i;
    while (count-- > 0) {
        const struct region *region = region_named(taxonomy, text, ends[count]);
        if (region) {
            *end = ends[count];
            return region;
        }
    }
    return NULL;
}

/* "서울특별시강남구": without a space only names that end in 시 or 도 can be told from what follows. */
static const struct region *region_of_run(const struct taxonomy *taxonomy, const char *text, size_t size, size_t *end) {
    for (size_t i = 6; i < size; i += 3) {
        if (strncmp(text + i - 3, "시", 3) != 0 && strncmp(text + i - 3, "도", 3) != 0) continue;
        const struct region *region = region_named(taxonomy, text, i);
        if (region) {
            *end = i;
            return region;
        }
    }
    return NULL;
}

/* Leaves out "(06236)" and "대한민국" at the beginning. */
static const char *skip_preface(const char *text) {
    static const char country[] = "대한민국";
    text += strspn(text, " \t");
    if (*text == '(' && strchr(text, ')')) text = strchr(text, ')') + 1;
    text += strspn(text, " \t");
    if (strncmp(text, country, sizeof country - 1) == 0) text += sizeof country - 1;
    return text + strspn(text, " \t");
}

/* `*rest` is what follows the region, NULL when the region stands last ("Gangnam-gu, Seoul"). */
static const struct region *region_and_rest(const struct taxonomy *taxonomy, const char *text, const char **rest) {
    const struct region *region;
    size_t end = 0;
    text = skip_preface(text);
    size_t size = strcspn(text, ",");
    if ((region = region_of_words(taxonomy, text, size, &end)) ||
        (region = region_of_run(taxonomy, text, size, &end))) {
        *rest = text + end;
        return region;
    }
    *rest = NULL;
    for (size_t last = strlen(text); last > size;) {
        size_t start = last;
        while (text[start - 1] != ',') start--;
        size_t from = start + strspn(text + start, " ");
        if (from < last && (region = region_of_words(taxonomy, text + from, last - from, &end))) return region;
        last = start - 1;
    }
    return NULL;
}

const struct region *region_find(const struct taxonomy *taxonomy, const char *text) {
    const char *rest;
    return text ? region_and_rest(taxonomy, text, &rest) : NULL;
}

const char *region_canonical(const struct taxonomy *taxonomy, const char *text) {
    const struct region *region = region_find(taxonomy, text);
    return region ? region->official : NULL;
}

/* Whether the words of `wanted` are the first words of `text`. */
static bool goes_on_with(const char *text, const char *wanted) {
    for (;;) {
        wanted += strspn(wanted, " ,");
        text += strspn(text, " ,");
        size_t size = strcspn(wanted, " ,");
        if (size == 0) return true;
        if (strcspn(text, " ,") != size || strncmp(text, wanted, size) != 0) return false;
        text += size;
        wanted += size;
    }
}

bool region_within(const struct taxonomy *taxonomy, const char *address, const char *wanted) {
    const char *address_rest, *wanted_rest;
    if (!address || !wanted) return false;
    const struct region *a = region_and_rest(taxonomy, address, &address_rest);
    for (size_t i = 0; a && i < taxonomy->region_count; i++)
        if (strcmp(taxonomy->regions[i].area, wanted) == 0) return strcmp(a->area, wanted) == 0;
    const struct region *w = region_and_rest(taxonomy, wanted, &wanted_rest);
    if (!w) return strncmp(address, wanted, strlen(wanted)) == 0;
    if (a != w) return false;
    if (!wanted_rest) return strcmp(address, wanted) == 0;
    return address_rest ? goes_on_with(address_rest, wanted_rest) : !wanted_rest[strspn(wanted_rest, " ,")];
}

/* ---- sizes ---- */

const struct firm_size *size_at(const struct taxonomy *taxonomy, size_t index) {
    return index < taxonomy->size_count ? &taxonomy->sizes[index] : NULL;
}

const struct firm_size *size_find(const struct taxonomy *taxonomy, const char *text) {
    char folded[NAME_MOST];
    if (!text || strlen(text) >= NAME_MOST) return NULL;
    fold(text, strlen(text), folded);
    uint32_t index = map_get_text(taxonomy->size_names, folded);
    return index == MAP_NONE ? NULL : &taxonomy->sizes[index];
}

const char *size_canonical(const struct taxonomy *taxonomy, const char *text) {
    const struct firm_size *size = size_find(taxonomy, text);
    return size ? size->id : NULL;
}

bool size_within(const struct taxonomy *taxonomy, const char *size, const char *wanted) {
    if (!size || !wanted) return false;
    const struct firm_size *class = size_find(taxonomy, size), *goal = size_find(taxonomy, wanted);
    if (!class || !goal) return strcmp(size, wanted) == 0;
    /* The count of classes bounds the walk, should the file hold a ring. */
    for (size_t i = 0; class && i < taxonomy->size_count; i++) {
        if (class == goal) return true;
        class = class->within ? size_find(taxonomy, class->within) : NULL;
    }
    return false;
}

/* ---- kinds of party ---- */

const struct party_kind *party_kind_at(const struct taxonomy *taxonomy, size_t index) {
    return index < taxonomy->kind_count ? &taxonomy->kinds[index] : NULL;
}

const struct party_kind *party_kind_find(const struct taxonomy *taxonomy, const char *id) {
    if (!id) id = taxonomy->unstated;
    for (size_t i = 0; i < taxonomy->kind_count; i++)
        if (strcmp(taxonomy->kinds[i].id, id) == 0) return &taxonomy->kinds[i];
    return NULL;
}

bool party_kind_among(const struct taxonomy *taxonomy, const char *kind, const struct text_list *kinds) {
    if (!kind) kind = taxonomy->unstated;
    if (kinds->count == 0) return strcmp(kind, taxonomy->unstated) == 0;
    for (size_t i = 0; i < kinds->count; i++)
        if (strcmp(kinds->items[i], kind) == 0) return true;
    return false;
}

ieum_status party_kind_check(const struct taxonomy *taxonomy, const jval *value, const struct jpath *at, const char *of, struct problem *problem) {
    struct buffer known = BUFFER_EMPTY;
    char pointer[sizeof problem->pointer];
    if (!value || jval_is(value, JVAL_NULL) || (jval_is(value, JVAL_TEXT) && party_kind_find(taxonomy, jval_text(value)))) return IEUM_OK;
    for (size_t i = 0; i < taxonomy->kind_count; i++) buffer_format(&known, i ? ", %s" : "%s", taxonomy->kinds[i].id);
    if (known.failed) {
        buffer_free(&known);
        return problem_set_memory(problem);
    }
    jpath_write(at, pointer, sizeof pointer);
    const char *text = jval_is(value, JVAL_TEXT) ? jval_text(value) : "";
    if (of)
        problem_set(problem, IEUM_INVALID, pointer, "기록 '%1$s'의 종류 '%2$s'은(는) 알 수 없는 값입니다. 목록에 있는 종류를 적어 주십시오.",
                    "The record '%1$s' is of a kind, '%2$s', that is not known; write one of the list.", of, text);
    else
        problem_set(problem, IEUM_INVALID, pointer, "'%s'은(는) 알 수 없는 종류입니다. 목록에 있는 종류를 적어 주십시오.", "'%s' is no kind of party that is known; write one of the list.", text);
    problem_set_value(problem, text);
    problem_set_expected(problem, known.bytes);
    buffer_free(&known);
    return problem->status;
}

/* ---- industries ---- */

static const char *title_of(const struct taxonomy *taxonomy, const struct map *codes, const char *code) {
    uint32_t index = map_get_text(codes, code);
    return index == MAP_NONE ? NULL : taxonomy->titles.items[index];
}

const char *ksic_name(const struct taxonomy *taxonomy, const struct ksic *ksic) {
    const char section[2] = {ksic->section, '\0'};
    const char *code = ksic->digits[0] ? ksic->digits : section;
    const char *title = ksic->revision == 11 ? title_of(taxonomy, taxonomy->ksic11, code) : NULL;
    if (title || (ksic->revision != 10 && strlen(ksic->digits) > 3)) return title;
    return title_of(taxonomy, taxonomy->ksic10, code);
}
