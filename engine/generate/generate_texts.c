/* SPDX-License-Identifier: Apache-2.0 */
#include "generate_texts.h"

#include <string.h>

#include "../adapt/json_file.h"
#include "../base/files.h"
#include "../base/utf8.h"

enum { LARGEST_FILE = 8 << 20 };

static bool is_korean(const char *text) {
    const size_t size = strlen(text);
    for (size_t at = 0; at + 2 < size; at++) /* the syllables 가 … 힣 are three bytes from EA B0 80 to ED 9E A3 */
        if ((unsigned char)text[at] >= 0xEA && (unsigned char)text[at] <= 0xED) return true;
    return false;
}

/* The most special industry: the one whose first code is the longest. */
static bool is_more_special(const struct lexicon *lexicon, uint32_t concept, uint32_t than) {
    const struct concept *a = lexicon_concept(lexicon, concept), *b = than == MAP_NONE ? NULL : lexicon_concept(lexicon, than);
    return a->ksic_count && (!b || strlen(a->ksic[0]) > strlen(b->ksic[0]));
}

static ieum_status add_passage(struct generate_texts *texts, const jval *json, const char *field, struct problem *problem) {
    const jval *concepts = jval_get(json, "concepts");
    struct passage passage = {.text = jval_text(jval_get(json, "text")),
                              .field = field,
                              .task = MAP_NONE,
                              .industry = MAP_NONE,
                              .technique = MAP_NONE,
                              .data = MAP_NONE,
                              .supplier = strcmp(jval_text(jval_get(json, "voice")), "supplier") == 0};
    if (!is_korean(passage.text)) return IEUM_OK;
    for (size_t i = 0; i < jval_count(concepts); i++) {
        const uint32_t concept = lexicon_find(texts->lexicon, jval_text(jval_at(concepts, i)));
        if (concept == MAP_NONE) continue;
        const enum facet facet = lexicon_concept(texts->lexicon, concept)->facet;
        uint32_t *place = facet == FACET_TASK        ? &passage.task
                          : facet == FACET_TECHNIQUE ? &passage.technique
                          : facet == FACET_DATA      ? &passage.data
                                                     : NULL;
        if (place && *place == MAP_NONE) *place = concept;
        if (facet == FACET_INDUSTRY && is_more_special(texts->lexicon, concept, passage.industry)) passage.industry = concept;
    }
    if (passage.task == MAP_NONE) return IEUM_OK;
    return vector_push(&texts->passages, passage) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_passages(struct generate_texts *texts, const char *data_folder, struct problem *problem) {
    static const char beginning[] = "examples-";
    char **names = NULL, *folder = path_join(data_folder, "lexicon");
    size_t count = 0;
    ieum_status status = folder ? folder_list(folder, ".json", &names, &count, problem) : problem_set_memory(problem);
    for (size_t n = 0; n < count && status == IEUM_OK; n++) {
        if (strncmp(names[n], beginning, sizeof beginning - 1) != 0) continue;
        jval *json = NULL;
        const char *name = names[n] + sizeof beginning - 1, *field = arena_copy_bytes(texts->arena, name, strlen(name) - strlen(".json"));
        status = json_file_read(folder, names[n], LARGEST_FILE, &json, problem);
        if (status == IEUM_OK && !vector_push(&texts->files, json)) {
            jval_free(json);
            status = problem_set_memory(problem);
        }
        if (!field && status == IEUM_OK) status = problem_set_memory(problem);
        for (size_t i = 0; status == IEUM_OK && i < jval_count(jval_get(json, "passages")); i++)
            status = add_passage(texts, jval_at(jval_get(json, "passages"), i), field, problem);
    }
    memory_free(names);
    memory_free(folder);
    return status;
}

/* Counting sort of the passages by task. */
static ieum_status order_passages(struct generate_texts *texts, struct problem *problem) {
    const size_t concepts = lexicon_count(texts->lexicon), count = texts->passages.count;
    texts->task_start = arena_allocate_zero(texts->arena, concepts + 1, sizeof *texts->task_start);
    texts->of_task = arena_allocate_zero(texts->arena, count + 1, sizeof *texts->of_task);
    size_t *next = arena_allocate_zero(texts->arena, concepts + 1, sizeof *next);
    if (!texts->task_start || !texts->of_task || !next) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) texts->task_start[texts->passages.items[i].task + 1]++;
    for (size_t c = 0; c < concepts; c++) next[c + 1] = texts->task_start[c + 1] += texts->task_start[c];
    for (size_t i = 0; i < count; i++) texts->of_task[next[texts->passages.items[i].task]++] = i;
    return IEUM_OK;
}

/* Lines "digits, level, section, name" of the industry table, those of five digits. */
static ieum_status read_codes(struct generate_texts *texts, const char *data_folder, struct problem *problem) {
    char *folder = path_join(data_folder, "taxonomy"), *path = folder ? path_join(folder, "ksic10.tsv") : NULL, *bytes = NULL;
    size_t size = 0;
    ieum_status status = path ? file_read(path, LARGEST_FILE, &bytes, &size, problem) : problem_set_memory(problem);
    for (char *line = bytes; status == IEUM_OK && line && *line;) {
        char *end = line + strcspn(line, "\n"), *next = *end ? end + 1 : end;
        *end = '\0';
        struct industry_code code = {0};
        const char *level = strchr(line, '\t'), *section = level ? strchr(level + 1, '\t') : NULL, *name = section ? strchr(section + 1, '\t') : NULL;
        if (name && level - line == 5 && level[1] == '5') {
            code.code[0] = section[1];
            memcpy(code.code + 1, line, 5);
            code.name = arena_copy_text(texts->arena, name + 1);
            if (!code.name || !vector_push(&texts->codes, code)) status = problem_set_memory(problem);
        }
        line = next;
    }
    memory_free(bytes);
    memory_free(path);
    memory_free(folder);
    return status;
}

ieum_status generate_texts_open(const char *data_folder, const struct lexicon *lexicon, struct generate_texts *texts, struct problem *problem) {
    *texts = (struct generate_texts){.arena = arena_new(), .lexicon = lexicon};
    char *folder = path_join(data_folder, "generate");
    ieum_status status = texts->arena && folder ? json_file_read(folder, "texts.json", LARGEST_FILE, &texts->json, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = read_passages(texts, data_folder, problem);
    if (status == IEUM_OK) status = order_passages(texts, problem);
    if (status == IEUM_OK) status = read_codes(texts, data_folder, problem);
    memory_free(folder);
    if (status != IEUM_OK) generate_texts_close(texts);
    return status;
}

void generate_texts_close(struct generate_texts *texts) {
    for (size_t i = 0; i < texts->files.count; i++) jval_free(texts->files.items[i]);
    vector_free(&texts->files);
    vector_free(&texts->passages);
    vector_free(&texts->codes);
    jval_free(texts->json);
    arena_free(texts->arena);
    *texts = (struct generate_texts){0};
}

ieum_status generate_list(const struct generate_texts *texts, const char *name, const struct jpath *at, const jval **list, struct problem *problem) {
    *list = jval_get(jval_get(texts->json, "lists"), name);
    if (jval_is(*list, JVAL_ARRAY) && jval_count(*list)) return IEUM_OK;
    char pointer[sizeof problem->pointer];
    jpath_write(at, pointer, sizeof pointer);
    ieum_status status = problem_set(problem, IEUM_INVALID, pointer, "texts.json에 '%s' 목록이 없거나 비어 있습니다.",
                                     "texts.json has no list '%s', or it is empty.", name);
    problem_set_value(problem, name);
    return status;
}
