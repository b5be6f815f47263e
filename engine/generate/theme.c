/* SPDX-License-Identifier: Apache-2.0 */
/* What a record is about, and phrases filled with it. */
#include <string.h>

#include "generate_texts.h"

enum { NEAREST = 6 };

/* Those of the facet that the concept itself is linked to, as written; where it says nothing, what its parents say. */
static size_t add_linked(const struct lexicon *lexicon, uint32_t index, enum facet facet, int upward, uint32_t found[NEAREST], size_t count) {
    const struct concept *concept = lexicon_concept(lexicon, index);
    for (size_t i = 0; i < concept->related_count && count < NEAREST; i++)
        if (lexicon_concept(lexicon, concept->related[i].to)->facet == facet) found[count++] = concept->related[i].to;
    for (size_t p = 0; p < concept->parent_count && !count && upward; p++)
        count = add_linked(lexicon, concept->parents[p], facet, upward - 1, found, count);
    return count;
}

uint32_t theme_near(const struct generate_texts *texts, const struct theme *theme, enum facet facet, struct random *random) {
    enum { UPWARD = 2 };
    uint32_t found[NEAREST];
    size_t count = add_linked(texts->lexicon, theme->task, facet, facet == FACET_TASK ? 0 : UPWARD, found, 0);
    const struct concept_near near = facet == FACET_TASK && !count ? lexicon_near(texts->lexicon, theme->task) : (struct concept_near){NULL, 0};
    for (size_t i = 0; i < near.count && count < NEAREST; i++)
        if (near.items[i].to != theme->task && lexicon_concept(texts->lexicon, near.items[i].to)->facet == facet) found[count++] = near.items[i].to;
    return count ? found[random_below(random, count)] : MAP_NONE;
}

struct theme theme_of(const struct generate_texts *texts, const struct passage *passage, struct random *random) {
    struct theme theme = {passage, passage->task, passage->industry, passage->technique, passage->data, MAP_NONE, 0};
    if (theme.technique == MAP_NONE) theme.technique = theme_near(texts, &theme, FACET_TECHNIQUE, random);
    if (theme.data == MAP_NONE) theme.data = theme_near(texts, &theme, FACET_DATA, random);
    theme.other = theme_near(texts, &theme, FACET_TASK, random);
    return theme;
}

bool ends_with_one(const jval *endings, const char *text) {
    const size_t size = strlen(text);
    for (size_t i = 0; i < jval_count(endings); i++) {
        const char *ending = jval_text(jval_at(endings, i));
        const size_t length = strlen(ending);
        if (length <= size && strcmp(text + size - length, ending) == 0) return true;
    }
    return !jval_count(endings);
}

const struct passage *theme_more(const struct generate_texts *texts, struct theme *theme, const jval *endings, struct random *random) {
    const size_t start = texts->task_start[theme->task], count = texts->task_start[theme->task + 1] - start;
    const size_t from = count ? (size_t)random_below(random, count) : 0;
    for (size_t k = 0; k < count; k++) {
        const struct passage *one = &texts->passages.items[texts->of_task[start + (from + k) % count]];
        if (one->supplier != theme->passage->supplier || one == theme->passage) continue;
        if (!ends_with_one(endings, one->text)) continue;
        if (!one->supplier && one->industry != MAP_NONE && one->industry != theme->industry) continue;
        if (theme->used && theme->used == (size_t)(one - texts->passages.items) + 1) continue;
        theme->used = (size_t)(one - texts->passages.items) + 1;
        return one;
    }
    return NULL;
}

const char *word_without_brackets(const char *text, struct arena *arena) {
    size_t size = strcspn(text, "(");
    while (size && text[size - 1] == ' ') size--;
    return size ? arena_copy_bytes(arena, text, size) : text;
}

const char *concept_word(const struct generate_texts *texts, uint32_t concept, struct arena *arena) {
    return concept == MAP_NONE ? NULL : word_without_brackets(lexicon_concept(texts->lexicon, concept)->ko, arena);
}

/* ---- particles ---- */

enum ending { ENDS_OPEN, ENDS_CLOSED, ENDS_IN_L };

/* How a word is heard to end: Latin letters and digits by their Korean names. */
static enum ending ending_of(const char *word, size_t size) {
    while (size && strchr(" )]}'\"", word[size - 1])) size--;
    if (size >= 3 && (unsigned char)word[size - 3] >= 0xEA && (unsigned char)word[size - 3] <= 0xED) {
        const unsigned char *last = (const unsigned char *)word + size - 3;
        const unsigned code = (last[0] & 0x0Fu) << 12 | (last[1] & 0x3Fu) << 6 | (last[2] & 0x3Fu);
        const unsigned final = code >= 0xAC00 && code <= 0xD7A3 ? (code - 0xAC00) % 28 : 0, rieul = 8;
        return final == 0 ? ENDS_OPEN : final == rieul ? ENDS_IN_L : ENDS_CLOSED;
    }
    const char last = size ? word[size - 1] : ' ';
    if (strchr("LRlr178", last)) return ENDS_IN_L;
    return strchr("MNmn036", last) ? ENDS_CLOSED : ENDS_OPEN;
}

const char *particle_after(const char *word, size_t size, const char *particle) {
    static const char *const forms[][2] = {{"을", "를"}, {"은", "는"}, {"이", "가"}, {"과", "와"}, {"으로", "로"}, {"이라", "라"}, {"이나", "나"}};
    const enum ending ending = ending_of(word, size);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(particle, forms[i][0]) == 0) return forms[i][ending == ENDS_OPEN || (ending == ENDS_IN_L && strcmp(particle, "으로") == 0)];
    return NULL;
}

/* ---- phrases ---- */

static const char *word_of(const struct generate_texts *texts, const struct theme *theme, const char *own, const char *place, size_t size,
                           struct arena *arena, bool *known) {
    const struct {
        const char *name;
        uint32_t concept;
    } places[] = {
        {"task", theme->task}, {"industry", theme->industry}, {"technique", theme->technique}, {"data", theme->data}, {"other", theme->other}};
    *known = true;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strlen(places[i].name) == size && memcmp(places[i].name, place, size) == 0) return concept_word(texts, places[i].concept, arena);
    *known = size == 3 && memcmp(place, "own", 3) == 0;
    return *known ? own : NULL;
}

ieum_status phrase_add(const struct generate_texts *texts, const struct theme *theme, const char *own, const char *phrase, const struct jpath *at,
                       struct buffer *out, bool *added, struct problem *problem) {
    const size_t before = out->size;
    *added = true;
    while (*phrase) {
        const size_t plain = strcspn(phrase, "{");
        buffer_add(out, phrase, plain);
        phrase += plain;
        if (!*phrase) break;
        const size_t size = strcspn(++phrase, ":}"), all = strcspn(phrase, "}");
        char particle[16] = "";
        bool known = false;
        const char *word = word_of(texts, theme, own, phrase, size, texts->arena, &known), *form = "";
        if (all > size + 1 && all - size - 1 < sizeof particle) memcpy(particle, phrase + size + 1, all - size - 1);
        if (word && *particle) form = particle_after(word, strlen(word), particle);
        if (!known || phrase[all] != '}' || !form || (all > size && !*particle)) {
            char pointer[sizeof problem->pointer];
            jpath_write(at, pointer, sizeof pointer);
            return problem_set(problem, IEUM_INVALID, pointer, "문구의 자리 '{%.*s}'을(를) 알 수 없습니다.",
                               "The place '{%.*s}' of a phrase is not known.", (int)(all < 60 ? all : 60), phrase);
        }
        if (!word) *added = false;
        buffer_add_text(out, word ? word : "");
        buffer_add_text(out, form);
        phrase += all + 1;
    }
    if (!*added && out->bytes) out->bytes[out->size = before] = '\0';
    return out->failed ? problem_set_memory(problem) : IEUM_OK;
}
