/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Purpose, input, output: see program.h. The sections are read in the order in which a person checks a file: who and
 * when first, then rules, then points. Must not look at records or at the clock.
 */
#include "program.h"

#include <string.h>

#include "../adapt/digest.h"
#include "../base/files.h"
#include "../base/problem_list.h"
#include "cost_items.h"
#include "criterion.h"
#include "examine.h"
#include "jurisdiction.h"
#include "parameter.h"
#include "rule.h"
#include "section.h"
#include "selection_rules.h"
#include "tracks.h"
#include "union.h"

enum { FILE_LIMIT = 1 << 20, ID_LIMIT = 64 };

static const char *const known_members[] = {
    "jurisdiction", "law", "funding",
    "id",     "version",    "effective",   "title",      "summary",  "sources",  "owner", "operator",
    "sides",  "parameters", "eligibility", "pair_rules", "features", "criteria", "model", "quota",
    "budget", "calendar",   "assignment",  "shortlist",  "consent",  "targets",  "retention", "selection",
    "fulfilment", "module", "requires", "partners", "pool", "tracks", "routes", "cost_items"};

bool program_id_valid(const char *id) {
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return id[0] != '\0' && id[length] == '\0' && length <= ID_LIMIT;
}

static ieum_status id_refuse(const char *id, const char *pointer, struct problem *problem) {
    ieum_status status = problem_set(
        problem, IEUM_INVALID, pointer, "사업 id는 영문 소문자, 숫자, '-'만 쓸 수 있고 %d자를 넘을 수 없습니다.",
        "A program id has only lower-case letters, digits and '-', at most %d.", (int)ID_LIMIT);
    problem_set_value(problem, id);
    problem_set_expected(problem, "[a-z0-9-]{1,64}");
    return status;
}

/* The law that a file was pinned with, or that stands beside it; NULL when it names no jurisdiction. */
static ieum_status law_find(const char *folder, const struct program *program, const char *id, jval **law, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "jurisdiction", 0}, law_at = {&root, "law", 0};
    const jval *pinned = jval_get(program->json, "law"), *named = jval_get(program->json, "jurisdiction");
    if (pinned && folder)
        return jval_refuse(problem, &law_at, pinned, "jurisdiction", "'law'는 엔진이 회차에 남길 때 적는 것입니다. 관할은 'jurisdiction'에 적습니다.",
                           "\"law\" is what the engine keeps with a round; name the jurisdiction in \"jurisdiction\".");
    if (!id) return IEUM_OK;
    if (pinned && jval_is(pinned, JVAL_OBJECT)) {
        *law = jval_keep(pinned);
        return IEUM_OK;
    }
    ieum_status status = folder && program_id_valid(id) ? law_load(folder, id, law, problem) : IEUM_NOT_FOUND;
    if (status != IEUM_NOT_FOUND) return status;
    problem_clear(problem);
    return jval_refuse(problem, &at, named, "data/jurisdictions", "이런 관할이 없습니다.", "There is no such jurisdiction.");
}

/* In the order of the file, with the law behind it. */
static jval *pinned_make(const jval *json, jval *law) {
    if (!law || jval_get(json, "law")) return jval_keep(json);
    jval *pinned = jval_new_object();
    for (void *i = jval_first(json); i; i = jval_next(json, i)) jval_set(pinned, jval_key(i), jval_keep(jval_value(i)));
    jval_set(pinned, "law", jval_keep(law));
    return pinned;
}

static ieum_status law_read(const char *folder, struct program *program, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, law_at = {&root, "law", 0}, at = {&law_at, "jurisdiction", 0};
    const char *id = NULL;
    jval *law = NULL;
    ieum_status status = field_text(program->json, NULL, "jurisdiction", false, &id, problem);
    if (status == IEUM_OK) status = law_find(folder, program, id, &law, problem);
    program->pinned = pinned_make(program->json, status == IEUM_OK ? law : NULL);
    if (status == IEUM_OK && law) {
        struct jurisdiction *read = arena_allocate_zero(program->arena, 1, sizeof *read);
        status = read ? jurisdiction_read(jval_get(law, "jurisdiction"), &at, program->arena, read, problem) : problem_set_memory(problem);
        if (status == IEUM_OK) program->jurisdiction = read;
        if (status == IEUM_OK) status = unions_read(jval_get(program->pinned, "law"), program->arena, &program->unions, &program->union_count, problem);
    } else if (!program->pinned) {
        program->pinned = jval_keep(program->json); /* its law is wrong, which is told; the rest is looked at all the same */
    }
    jval_free(law); /* it stands in what was pinned */
    return status;
}

static ieum_status head_read(const char *folder, struct program *program, struct problem *problem) {
    ieum_status status =
        object_check(program->json, NULL, known_members, sizeof known_members / sizeof *known_members, problem);
    if (status == IEUM_OK) status = problem_aside(problem, law_read(folder, program, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, parameters_read(program->json, program->arena, &program->parameters, &program->parameter_count, problem));
    if (status == IEUM_OK)
        status = parameters_resolve(program->json, program->parameters, program->parameter_count, program->jurisdiction, &program->resolved,
                                    problem);
    if (status == IEUM_OK) status = problem_aside(problem, field_text(program->resolved, NULL, "id", true, &program->id, problem));
    if (status == IEUM_OK && program->id && !program_id_valid(program->id)) status = problem_aside(problem, id_refuse(program->id, "/id", problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(program->resolved, NULL, "version", true, &program->version, problem));
    return status;
}

/* Who may be given money. Without the section everybody who is eligible may. */
static ieum_status funding_read(struct program *program, struct problem *problem) {
    static const char *const known[] = {"rules", "source"};
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "funding", 0};
    const jval *funding = NULL, *rules = NULL;
    const char *source = NULL;
    ieum_status status = field_object(program->resolved, NULL, "funding", false, &funding, problem);
    if (status != IEUM_OK || funding == NULL) return status;
    status = object_check(funding, &at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_array(funding, &at, "rules", true, &rules, problem);
    if (status == IEUM_OK) status = rules_read_in(funding, &at, "rules", false, program->arena, &program->funding, &program->funding_count, problem);
    if (status == IEUM_OK) status = field_text(funding, &at, "source", true, &source, problem);
    return status;
}

static void unions_bind(struct program *program) {
    struct selection_rules *selection = program->selection;
    rules_bind(program->eligibility, program->eligibility_count, program->unions, program->union_count);
    rules_bind(program->funding, program->funding_count, program->unions, program->union_count);
    if (selection) rules_bind(selection->knock_outs, selection->knock_out_count, program->unions, program->union_count);
    for (size_t i = 0; selection && i < selection->bonus_count; i++) rules_bind(&selection->bonus[i].rule, 1, program->unions, program->union_count);
}

static ieum_status hash_write(struct program *program, struct problem *problem) {
    char *canonical;
    ieum_status status = jval_write(program->pinned, true, &canonical, problem);
    if (status != IEUM_OK) return status;
    digest_of(canonical, strlen(canonical), program->hash);
    memory_free(canonical);
    return IEUM_OK;
}

/* The sections one after the other; none rests on one that comes later. */
static ieum_status parts_read(const char *folder, struct program *read, bool (*known_kind)(const char *kind), struct problem *problem) {
    ieum_status status = head_read(folder, read, problem);
    if (status == IEUM_OK) status = sections_read(read->resolved, read, problem);
    if (status == IEUM_OK)
        status = problem_aside(problem, rules_read(read->resolved, "eligibility", false, read->arena, &read->eligibility, &read->eligibility_count, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, rules_read(read->resolved, "pair_rules", true, read->arena, &read->pair_rules, &read->pair_rule_count, problem));
    if (status == IEUM_OK) status = problem_aside(problem, tracks_read(read->resolved, read, problem));
    if (status == IEUM_OK) status = problem_aside(problem, funding_read(read, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_rules_read(read->resolved, read, problem));
    if (status == IEUM_OK) status = problem_aside(problem, cost_items_read(read->resolved, read, problem));
    if (status == IEUM_OK) unions_bind(read);
    if (status == IEUM_OK) status = problem_aside(problem, criteria_read(read->resolved, known_kind, read, problem));
    if (status == IEUM_OK && folder && read->jurisdiction) status = problem_aside(problem, law_check_foreign(folder, read->json, read->jurisdiction, problem));
    return status == IEUM_OK ? hash_write(read, problem) : status;
}

ieum_status program_read(const char *bytes, size_t size, bool (*known_kind)(const char *kind), struct program **program,
                         struct problem *problem) {
    return program_read_at(NULL, bytes, size, known_kind, program, problem);
}

ieum_status program_read_at(const char *folder, const char *bytes, size_t size, bool (*known_kind)(const char *kind), struct program **program,
                            struct problem *problem) {
    struct program *read = memory_allocate_zero(1, sizeof *read);
    ieum_status status = read == NULL ? problem_set_memory(problem) : IEUM_OK;
    if (status != IEUM_OK) return status;
    read->arena = arena_new();
    if (read->arena == NULL) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = jval_parse(bytes, size, &read->json, problem);
    if (status == IEUM_OK) status = parts_read(folder, read, known_kind, problem);
    if (status != IEUM_OK) {
        program_free(read);
        return status;
    }
    *program = read;
    return IEUM_OK;
}

ieum_status program_gather(const char *folder, const char *bytes, size_t size, bool (*known_kind)(const char *kind), struct program **program, struct problem *problem) {
    *program = NULL;
    /* What cannot be parsed, or is no object, is the one mistake of its file. */
    return problem_aside(problem, program_read_at(folder, bytes, size, known_kind, program, problem));
}

static char *file_name(const char *id) {
    struct buffer name = BUFFER_EMPTY;
    buffer_add_text(&name, id);
    buffer_add_text(&name, ".json");
    return buffer_take(&name);
}

static ieum_status program_read_file(const char *folder, const char *path, const char *id, bool (*known_kind)(const char *kind),
                                     struct program **program, struct problem *problem) {
    char *bytes = NULL;
    size_t size = 0;
    struct program *read = NULL;
    ieum_status status = file_read(path, FILE_LIMIT, &bytes, &size, problem);
    if (status == IEUM_NOT_FOUND) {
        problem_clear(problem);
        problem_set(problem, IEUM_NOT_FOUND, "", "'%s'(이)라는 사업이 없습니다.", "There is no program '%s'.", id);
        problem_set_value(problem, id);
    }
    if (status != IEUM_OK) return status;
    status = program_read_at(folder, bytes, size, known_kind, &read, problem);
    if (status == IEUM_OK && strcmp(read->id, id) != 0) {
        status = problem_set(problem, IEUM_INVALID, "/id", "파일 이름(%2$s.json)과 사업 id(%1$s)가 다릅니다.",
                             "The program id (%1$s) differs from the file's name (%2$s.json).", read->id, id);
    }
    if (status == IEUM_OK) status = program_examine(read, problem);
    memory_free(bytes);
    if (status == IEUM_OK) {
        *program = read;
    } else {
        program_free(read);
        problem_set_place(problem, path, 0, 0);
    }
    return status;
}

ieum_status program_load(const char *folder, const char *id, bool (*known_kind)(const char *kind),
                         struct program **program, struct problem *problem) {
    if (!program_id_valid(id)) return id_refuse(id, "", problem);
    char *name = file_name(id);
    char *path = name == NULL ? NULL : path_join(folder, name);
    ieum_status status =
        path == NULL ? problem_set_memory(problem) : program_read_file(folder, path, id, known_kind, program, problem);
    memory_free(path);
    memory_free(name);
    return status;
}

/* File names sort by their ending too ("ai-bio-2.json" before "ai-bio.json"); ids must not. */
static void ids_sort(struct text_list *ids) {
    for (size_t i = 1; i < ids->count; i++) {
        const char *id = ids->items[i];
        size_t k = i;
        for (; k > 0 && strcmp(ids->items[k - 1], id) > 0; k--) ids->items[k] = ids->items[k - 1];
        ids->items[k] = id;
    }
}

ieum_status program_list(const char *folder, struct arena *arena, struct text_list *ids, struct problem *problem) {
    char **names = NULL;
    size_t count = 0;
    struct text_list list = {0};
    ieum_status status = folder_list(folder, ".json", &names, &count, problem);
    if (status != IEUM_OK) return status;
    list.items = arena_allocate_zero(arena, count + 1, sizeof *list.items);
    if (list.items == NULL) status = problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        char *id = arena_copy_bytes(arena, names[i], strlen(names[i]) - strlen(".json"));
        if (id == NULL)
            status = problem_set_memory(problem);
        else if (program_id_valid(id))
            list.items[list.count++] = id;
    }
    memory_free(names);
    if (status == IEUM_OK) {
        ids_sort(&list);
        *ids = list;
    }
    return status;
}

struct program *program_share(struct program *program) {
    program->shares++;
    return program;
}

void program_free(struct program *program) {
    if (program == NULL || program->shares-- > 0) return;
    rules_release(program->eligibility, program->eligibility_count);
    rules_release(program->pair_rules, program->pair_rule_count);
    rules_release(program->funding, program->funding_count);
    selection_rules_release(program->selection);
    jval_free(program->resolved);
    jval_free(program->pinned);
    jval_free(program->json);
    arena_free(program->arena);
    memory_free(program);
}

/* Whether the pointer leads into one of the members. `tail`: what the name has behind it, "" or "_rev". */
static bool leads_into(const char *pointer, const char *tail, const char *const *members, size_t count) {
    const char *name = pointer + 1, *end = strchr(name, '/');
    /* The tail stands behind the last name: behind a deeper one it stays within the member. */
    const size_t size = end ? (size_t)(end - name) : strlen(name), more = end ? 0 : strlen(tail);
    for (size_t i = 0; i < count; i++)
        if (strlen(members[i]) == size + more && memcmp(members[i], name, size) == 0 &&
            memcmp(members[i] + size, tail, more) == 0)
            return true;
    return false;
}

bool program_reads_only(const struct program *program, const char *const *members, size_t count) {
    for (size_t i = 0; i < program->pair_rule_count; i++) {
        const struct rule *rule = &program->pair_rules[i];
        if (!rule->supplier_field) continue;
        if (!leads_into(rule->supplier_field, "", members, count)) return false;
        /* The revision of a code stands beside it (judge.c). */
        if (rule->ksic && !leads_into(rule->supplier_field, "_rev", members, count)) return false;
    }
    for (size_t i = 0; i < program->group_count; i++) {
        const struct group_rule *group = &program->groups[i];
        if (!group->demand_side && group->field && !leads_into(group->field, "", members, count)) return false;
    }
    return !program->variety.field || leads_into(program->variety.field, "", members, count);
}
