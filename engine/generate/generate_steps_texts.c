/* SPDX-License-Identifier: Apache-2.0 */
/* Steps that draw words: what a record is about, its sentences, names and lists. */
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "generate_steps.h"

static bool list_has(const jval *list, const char *text) {
    for (size_t i = 0; i < jval_count(list); i++)
        if (strcmp(jval_text(jval_at(list, i)), text) == 0) return true;
    return false;
}

/* Whether a code lies under one of the prefixes. */
static bool is_under(const jval *prefixes, const char *code) {
    for (size_t i = 0; i < jval_count(prefixes); i++) {
        const char *prefix = jval_text(jval_at(prefixes, i));
        if (strncmp(code, prefix, strlen(prefix)) == 0) return true;
    }
    return false;
}

/*
 * ---- theme: {"voice": "demand" | "supplier", "fields": ["manufacturing"], "ksic"?: prefixes that the industry must lie under, "except"?: beginnings
 * of tasks' ids, "endings"?: one of which the passage ends with}; its value is a five-digit code of the industry, its key the division ("C25") ----
 */

static bool fits(const struct making *making, const struct passage *passage, const jval *terms) {
    const jval *ksic = jval_get(terms, "ksic");
    if (passage->supplier != (strcmp(jval_text(jval_get(making->step, "voice")), "supplier") == 0) ||
        !list_has(jval_get(terms, "fields"), passage->field))
        return false;
    if (is_under(jval_get(making->step, "except"), lexicon_concept(making->texts->lexicon, passage->task)->id)) return false;
    if (!ends_with_one(jval_get(making->step, "endings"), passage->text)) return false;
    if (!ksic) return true;
    if (passage->industry == MAP_NONE) return false;
    const struct concept *industry = lexicon_concept(making->texts->lexicon, passage->industry);
    for (size_t k = 0; k < industry->ksic_count; k++)
        if (!is_under(ksic, industry->ksic[k])) return false;
    return true;
}

static const char *code_under(struct making *making, uint32_t industry) {
    const struct concept *concept = industry == MAP_NONE ? NULL : lexicon_concept(making->texts->lexicon, industry);
    if (!concept || !concept->ksic_count) return NULL;
    const char *prefix = concept->ksic[random_below(&making->random, concept->ksic_count)];
    size_t first = 0, count = 0;
    for (size_t size = strlen(prefix); size > 0 && !count; size--) /* a prefix of revision 11 may have no code in 10: then the wider one */
        for (size_t c = 0; c < making->texts->codes.count; c++)    /* the table is in order of codes, so those under a prefix are one run */
            if (strncmp(making->texts->codes.items[c].code, prefix, size) == 0 && count++ == 0) first = c;
    return count ? making->texts->codes.items[first + random_below(&making->random, count)].code : NULL;
}

/* The records of one group take its passages in a drawn order, each once before any comes again. */
static ieum_status theme_group(struct making *making, const size_t *group, size_t size, const jval *terms, struct problem *problem) {
    const struct generate_texts *texts = making->texts;
    size_t *order = memory_allocate((texts->passages.count + 1) * sizeof *order), count = 0;
    if (!order) return problem_set_memory(problem);
    for (size_t p = 0; p < texts->passages.count; p++)
        if (fits(making, &texts->passages.items[p], terms)) order[count++] = p;
    draw_shuffle(&making->random, order, count);
    for (size_t g = 0; g < size && count; g++) {
        struct theme *theme = &making->themes[group[g]];
        *theme = theme_of(texts, &texts->passages.items[order[g % count]], &making->random);
        const char *code = code_under(making, theme->industry);
        step_put(making, group[g], code ? arena_copy_bytes(making->arena, code, 3) : NULL, code ? jval_new_text(code) : NULL);
    }
    memory_free(order);
    return count || !size ? IEUM_OK : step_refuse(making, "fields", NULL, "이 조건에 맞는 문장이 없습니다.", "No passage fits these terms.", problem);
}

ieum_status step_theme(struct making *making, struct problem *problem) {
    making->endings = jval_get(making->step, "endings");
    size_t *group = arena_allocate(making->arena, (making->count + 1) * sizeof *group);
    if (!group) return problem_set_memory(problem);
    if (!making->given) return theme_group(making, making->chosen, making->chosen_count, making->step, problem);
    const jval *by = jval_get(making->step, "by");
    ieum_status status = IEUM_OK;
    size_t done = 0;
    for (void *one = jval_first(by); one && status == IEUM_OK; one = jval_next(by, one)) {
        size_t size = 0;
        for (size_t c = 0; c < making->chosen_count; c++) {
            const char *key = making->given->keys[making->chosen[c]];
            if (key && strcmp(key, jval_key(one)) == 0) group[size++] = making->chosen[c];
        }
        done += size;
        status = theme_group(making, group, size, jval_value(one), problem);
    }
    if (status == IEUM_OK && done != making->chosen_count)
        status = step_refuse(making, "by", NULL, "앞 단계에서 나온 값에 대한 항목이 없습니다.",
                             "There is no entry for a value that the step before drew.", problem);
    return status;
}

/* ---- sentences: {"parts": [{"passage": "first" | "more"} | {"phrases": list, "count"?: [least, most]}]}; "own": column whose text stands for {own}
 * ---- */

/* The name of an industry's code, or the text itself. */
static const char *own_of(const struct making *making, const struct column *column, size_t i) {
    const char *text = column && jval_is(column->values[i], JVAL_TEXT) ? jval_text(column->values[i]) : NULL;
    for (size_t c = 0; text && c < making->texts->codes.count; c++)
        if (strcmp(making->texts->codes.items[c].code, text) == 0) return word_without_brackets(making->texts->codes.items[c].name, making->arena);
    return text;
}

struct writing {
    struct making *making;
    struct buffer out;
    const char *own;
    size_t record;
};

static void cut(struct buffer *out, size_t size) {
    if (out->bytes) out->bytes[out->size = size] = '\0';
}

static void separate(struct buffer *out) {
    if (!out->size) return;
    if (!strchr(".?!", out->bytes[out->size - 1])) buffer_add_byte(out, '.'); /* passages of suppliers often end without a stop */
    buffer_add_byte(out, ' ');
}

static ieum_status add_phrases(struct writing *writing, const jval *part, const struct jpath *at, struct problem *problem) {
    struct making *making = writing->making;
    const struct jpath list_at = {at, "phrases", 0};
    const jval *list = NULL, *range = jval_get(part, "count");
    const int64_t least = range ? jval_integer(jval_at(range, 0)) : 1, most = range ? jval_integer(jval_at(range, 1)) : 1;
    if (least < 0 || most < least) return jval_refuse(problem, at, range, "[0.., ..]", "[적어도, 많아도]를 적습니다.", "This is [least, most].");
    int64_t wanted = least + (int64_t)random_below(&making->random, (uint64_t)(most - least) + 1);
    ieum_status status = generate_list(making->texts, jval_text(jval_get(part, "phrases")), &list_at, &list, problem);
    const size_t count = status == IEUM_OK ? jval_count(list) : 0;
    size_t *order = memory_allocate((count + 1) * sizeof *order);
    if (!order) return problem_set_memory(problem);
    for (size_t k = 0; k < count; k++) order[k] = k;
    draw_shuffle(&making->random, order, count);
    for (size_t k = 0; k < count && wanted > 0 && status == IEUM_OK; k++) {
        const size_t before = writing->out.size;
        bool added = false;
        separate(&writing->out);
        status = phrase_add(making->texts, &making->themes[writing->record], writing->own, jval_text(jval_at(list, order[k])), &list_at,
                            &writing->out, &added, problem);
        if (added)
            wanted--;
        else
            cut(&writing->out, before);
    }
    memory_free(order);
    return status;
}

static ieum_status add_part(struct writing *writing, const jval *part, const struct jpath *at, struct problem *problem) {
    struct making *making = writing->making;
    struct theme *theme = &making->themes[writing->record];
    const char *which = jval_get_text(part, "passage");
    if (!which) return add_phrases(writing, part, at, problem);
    const struct passage *passage = strcmp(which, "first") == 0 ? theme->passage
                                    : theme->passage            ? theme_more(making->texts, theme, making->endings, &making->random)
                                                                : NULL;
    if (passage) {
        separate(&writing->out);
        buffer_add_text(&writing->out, passage->text);
    }
    return IEUM_OK;
}

ieum_status step_text(struct making *making, struct problem *problem) {
    const struct jpath parts_at = {making->at, "parts", 0};
    const jval *parts = NULL;
    const char *own = NULL;
    ieum_status status = field_array(making->step, making->at, "parts", true, &parts, problem);
    if (status == IEUM_OK) status = field_text(making->step, making->at, "own", false, &own, problem);
    const struct column *own_column = own ? making_column(making, own) : NULL;
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        struct writing writing = {making, BUFFER_EMPTY, own_of(making, own_column, making->chosen[c]), making->chosen[c]};
        for (size_t p = 0; p < jval_count(parts) && status == IEUM_OK; p++)
            status = add_part(&writing, jval_at(parts, p), &(struct jpath){&parts_at, NULL, p}, problem);
        if (status == IEUM_OK && writing.out.size && !jval_true(jval_get(making->step, "title")) &&
            !strchr(".?!", writing.out.bytes[writing.out.size - 1]))
            buffer_add_byte(&writing.out, '.');
        if (writing.out.failed && status == IEUM_OK) status = problem_set_memory(problem);
        if (status == IEUM_OK) step_put(making, writing.record, NULL, writing.out.size ? jval_new_text(writing.out.bytes) : NULL);
        buffer_free(&writing.out);
    }
    return status;
}

/* ---- names of concepts: {"of": ["task", "other", "technique", "industry", "data"], "near"?: {"facet", "count": [least, most]}} ---- */

static void add_name(struct making *making, jval *list, uint32_t concept) {
    const char *word = concept_word(making->texts, concept, making->arena);
    if (word && !list_has(list, word)) jval_append_text(list, word);
}

ieum_status step_names(struct making *making, struct problem *problem) {
    const jval *of = jval_get(making->step, "of"), *near = jval_get(making->step, "near"), *range = jval_get(near, "count");
    const struct jpath near_at = {making->at, "near", 0};
    size_t facet = FACET_TASK;
    ieum_status status = near ? field_choice(near, &near_at, "facet", true, facet_names, FACETS, &facet, problem) : IEUM_OK;
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        const struct theme *theme = &making->themes[making->chosen[c]];
        if (!theme->passage) continue;
        jval *list = jval_new_array();
        const struct {
            const char *name;
            uint32_t concept;
        } parts[] = {
            {"task", theme->task}, {"other", theme->other}, {"technique", theme->technique}, {"industry", theme->industry}, {"data", theme->data}};
        for (size_t o = 0; o < jval_count(of); o++)
            for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
                if (strcmp(parts[k].name, jval_text(jval_at(of, o))) == 0) add_name(making, list, parts[k].concept);
        const int64_t least = jval_integer(jval_at(range, 0)), most = jval_integer(jval_at(range, 1));
        int64_t more = near && most >= least ? least + (int64_t)random_below(&making->random, (uint64_t)(most - least) + 1) : 0;
        for (; more > 0; more--) add_name(making, list, theme_near(making->texts, theme, (enum facet)facet, &making->random));
        step_put(making, making->chosen[c], NULL, list);
    }
    return status;
}

/* ---- names of firms: {"tails": list}, two or three syllables before; all end in (가상) and differ ---- */

ieum_status step_firm(struct making *making, struct problem *problem) {
    const jval *syllables = NULL, *tails = NULL, *which = NULL;
    ieum_status status = generate_list(making->texts, "syllables", making->at, &syllables, problem);
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        struct buffer name = BUFFER_EMPTY;
        const size_t i = making->chosen[c];
        status = step_table(making, "tails", i, &which, problem);
        if (status == IEUM_OK) status = generate_list(making->texts, jval_text(which), &(struct jpath){making->at, "tails", 0}, &tails, problem);
        for (size_t tries = 0; status == IEUM_OK; tries++) { /* a name gets longer when the short ones are taken */
            buffer_clear(&name);
            for (size_t s = 2 + (size_t)random_below(&making->random, 2) + tries / 8; s > 0; s--)
                buffer_add_text(&name, jval_text(jval_at(syllables, (size_t)random_below(&making->random, jval_count(syllables)))));
            buffer_add_text(&name, jval_text(jval_at(tails, (size_t)random_below(&making->random, jval_count(tails)))));
            buffer_add_text(&name, "(가상)");
            if (name.failed)
                status = problem_set_memory(problem);
            else if (map_get(making->names, name.bytes, name.size) == MAP_NONE) {
                if (!map_put(making->names, name.bytes, name.size, 0)) status = problem_set_memory(problem);
                step_put(making, i, NULL, jval_new_text(name.bytes));
                break;
            }
        }
        buffer_free(&name);
    }
    return status;
}

/* ---- from lists: pick {"from": list}; some {"from": list, "count": [least, most]} ---- */

ieum_status step_pick(struct making *making, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        const jval *which = NULL, *list = NULL;
        status = step_table(making, "from", making->chosen[c], &which, problem);
        if (status == IEUM_OK) status = generate_list(making->texts, jval_text(which), &(struct jpath){making->at, "from", 0}, &list, problem);
        if (status != IEUM_OK) break;
        const jval *one = jval_at(list, (size_t)random_below(&making->random, jval_count(list)));
        step_put(making, making->chosen[c], jval_is(one, JVAL_TEXT) ? jval_text(one) : NULL, jval_copy(one));
    }
    return status;
}

ieum_status step_some(struct making *making, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        const jval *which = jval_get(making->step, "from"), *list = NULL;
        int64_t least = 0, most = 0;
        status = generate_list(making->texts, jval_text(which), &(struct jpath){making->at, "from", 0}, &list, problem);
        if (status == IEUM_OK) status = step_range(making, "count", making->chosen[c], 0, &least, &most, problem);
        if (status != IEUM_OK) break;
        const uint64_t count = jval_count(list);
        int64_t wanted = least + (int64_t)random_below(&making->random, (uint64_t)(most - least) + 1);
        jval *drawn = jval_new_array();
        for (uint64_t left = count; left > 0 && wanted > 0;
             left--) /* each of those left is taken with the chance that brings exactly as many as wanted */
            if (random_below(&making->random, left) < (uint64_t)wanted) {
                jval_append(drawn, jval_copy(jval_at(list, (size_t)(count - left))));
                wanted--;
            }
        step_put(making, making->chosen[c], NULL, drawn);
    }
    return status;
}

/* ---- a list of what other columns say: {"of": [{"id", "key", "as"}]} ---- */

ieum_status step_collect(struct making *making, struct problem *problem) {
    const jval *of = NULL;
    ieum_status status = field_array(making->step, making->at, "of", true, &of, problem);
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        jval *list = jval_new_array();
        for (size_t o = 0; o < jval_count(of); o++) {
            const jval *one = jval_at(of, o);
            const struct column *column = making_column(making, jval_text(jval_get(one, "id")));
            const char *key = column ? column->keys[making->chosen[c]] : NULL;
            if (key && strcmp(key, jval_text(jval_get(one, "key"))) == 0) jval_append_text(list, jval_text(jval_get(one, "as")));
        }
        step_put(making, making->chosen[c], NULL, list);
    }
    return status;
}

/* ---- what a supplier did before: {"titles": list of phrases, "count": [least, most], "years": [first, last], "since": column with its founding day}
 * ---- */

static const struct passage *asked_of(const struct making *making, const struct theme *theme, struct random *random) {
    const struct generate_texts *texts = making->texts;
    const size_t start = texts->task_start[theme->task], count = texts->task_start[theme->task + 1] - start,
                 from = count ? (size_t)random_below(random, count) : 0;
    for (size_t k = 0; k < count; k++) {
        const struct passage *one = &texts->passages.items[texts->of_task[start + (from + k) % count]];
        if (!one->supplier && one->industry != MAP_NONE) return one;
    }
    return NULL;
}

static ieum_status add_reference(struct making *making, const struct theme *theme, const jval *titles, int64_t year, jval *list,
                                 struct problem *problem) {
    const struct passage *asked = asked_of(making, theme, &making->random);
    struct theme about = *theme;
    struct buffer title = BUFFER_EMPTY;
    bool added = false;
    if (asked) about.industry = asked->industry;
    ieum_status status =
        phrase_add(making->texts, &about, NULL, jval_text(jval_at(titles, (size_t)random_below(&making->random, jval_count(titles)))),
                   &(struct jpath){making->at, "titles", 0}, &title, &added, problem);
    if (status == IEUM_OK && added) {
        for (size_t k = 0; k < jval_count(list); k++)
            if (strcmp(jval_text(jval_get(jval_at(list, k), "title")), title.bytes) == 0) added = false; /* the same work is told once */
    }
    if (status == IEUM_OK && added) {
        jval *one = jval_new_object();
        const struct concept *industry = about.industry == MAP_NONE ? NULL : lexicon_concept(making->texts->lexicon, about.industry);
        const size_t digits = industry && industry->ksic_count ? strlen(industry->ksic[0]) : 0;
        if (digits >= 3) jval_set(one, "industry_ksic", jval_new_text_size(industry->ksic[0], digits > 4 ? 4 : digits));
        jval_set_text(one, "title", title.bytes);
        jval_set_integer(one, "year", year);
        jval_append(list, one);
    }
    buffer_free(&title);
    return status;
}

ieum_status step_references(struct making *making, struct problem *problem) {
    const struct column *since = making_column(making, jval_text(jval_get(making->step, "since")));
    const jval *titles = NULL;
    ieum_status status =
        generate_list(making->texts, jval_text(jval_get(making->step, "titles")), &(struct jpath){making->at, "titles", 0}, &titles, problem);
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        const size_t i = making->chosen[c];
        int64_t least = 0, most = 0, first = 0, last = 0;
        status = step_range(making, "count", i, 0, &least, &most, problem);
        if (status == IEUM_OK) status = step_range(making, "years", i, 1950, &first, &last, problem);
        if (status != IEUM_OK) break;
        const int64_t founded = since && since->values[i] ? strtol(jval_text(since->values[i]), NULL, 10) : first;
        if (founded > first) first = founded;
        jval *list = jval_new_array();
        for (int64_t wanted = least + (int64_t)random_below(&making->random, (uint64_t)(most - least) + 1);
             wanted > 0 && first <= last && status == IEUM_OK; wanted--)
            status = add_reference(making, &making->themes[i], titles, first + (int64_t)random_below(&making->random, (uint64_t)(last - first) + 1),
                                   list, problem);
        step_put(making, i, NULL, list);
    }
    return status;
}
