/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text → mentions of concepts, and its words to the meaning of its record: normalise, match terms (with one slip in long names), run the patterns whose needle is there, settle overlaps, look
 * for negation, map back to the stored text. In: UTF-8; out: mentions in code points of that text. Must not change the
 * lexicon, but for finishing the matcher once.
 */
#include <stdlib.h>
#include <string.h>

#include "../base/buffer.h"
#include "../base/utf8.h"
#include "lexicon_parts.h"
#include "overlaps.h"

#define MOST_MATCHES_OF_A_PATTERN 64

/* Where the needle of a pattern stands. */
struct needle {
    uint32_t pattern, start, end;
};

struct work {
    const struct lexicon *lexicon;
    struct normal_text text;
    match_list matches;
    scope_hit_list scope;
    mention_list found;   /* in points of the normalised text until the end */
    VECTOR(struct needle) needles; /* of the patterns to run */
    struct problem *problem;
};

static bool is_name(const void *context, uint32_t value) {
    const struct lexicon *lexicon = context;
    return lexicon->entries.items[value].type == ENTRY_CONCEPT && lexicon->entries.items[value].detail == MENTION_NAME;
}

static ieum_status finish_matcher(const struct lexicon *lexicon, struct problem *problem) {
    struct lazy_matcher *lazy = lexicon->lazy;
    ieum_status status = IEUM_OK;
    if (atomic_load_explicit(&lazy->finished, memory_order_acquire)) return IEUM_OK;
    pthread_mutex_lock(&lazy->lock);
    if (!atomic_load_explicit(&lazy->finished, memory_order_relaxed)) { /* what an earlier try finished stays */
        status = matcher_finish(lazy->matcher, problem);
        if (status == IEUM_OK && !lazy->typos) status = typo_index_new(lazy->matcher, is_name, lexicon, &lazy->typos, problem);
        if (status == IEUM_OK) status = lexicon_index_documents(lexicon, &lazy->documents, problem);
        if (status == IEUM_OK) atomic_store_explicit(&lazy->finished, true, memory_order_release);
    }
    pthread_mutex_unlock(&lazy->lock);
    return status;
}

/* ---- matches to mentions, needles and scope words ---- */

/* Whether the slip is the name and a letter beside it that is a word of its own: "a chatbot". */
static bool is_beside(const struct normal_text *text, const struct match *name, const struct match *slip) {
    uint32_t letters = 0;
    for (uint32_t i = slip->start; i < slip->end; i++) letters += (i < name->start || i >= name->end) && text->script[i] == SCRIPT_LATIN;
    return text->script[slip->start] == SCRIPT_LATIN && name->end <= slip->end && letters <= 1;
}

/*
 * Whether what seems a slip is, or begins, a name as it is: 조리자동화 is a word of its own, no misspelt 조립자동화; or its concept's name stands in it as it is.
 * The first `exact` matches come by start.
 */
static bool is_right(const struct work *work, size_t exact, const struct match *slip) {
    const struct lexicon_entry *entries = work->lexicon->entries.items;
    size_t low = 0, high = exact;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (work->matches.items[middle].start < slip->start) low = middle + 1;
        else high = middle;
    }
    for (; low < exact && work->matches.items[low].start < slip->end; low++) {
        const struct match *match = &work->matches.items[low];
        if (!is_name(work->lexicon, match->value)) continue;
        if (match->start == slip->start && match->end >= slip->end) return true;
        if (entries[match->value].index == entries[slip->value].index && is_beside(&work->text, match, slip)) return true;
    }
    return false;
}

static ieum_status sort_matches(struct work *work, size_t exact) {
    bool held = true;
    for (size_t i = 0; held && i < work->matches.count; i++) {
        const struct match *match = &work->matches.items[i];
        if (i >= exact && is_right(work, exact, match)) continue;
        const struct lexicon_entry *entry = &work->lexicon->entries.items[match->value];
        const struct mention mention = {entry->index, match->start, match->end, entry->detail, 0, 0};
        const struct scope_hit hit = {match->start, match->end, (enum scope_role)entry->detail};
        if (entry->type == ENTRY_CONCEPT)
            held = vector_push(&work->found, mention);
        else if (entry->type == ENTRY_SCOPE)
            held = vector_push(&work->scope, hit);
        else
            held = vector_push(&work->needles, ((struct needle){entry->index, match->start, match->end}));
    }
    return held ? IEUM_OK : problem_set_memory(work->problem);
}

/* ---- patterns ---- */

/* The normalised text as UTF-8, and where each byte's point stands. */
struct spelled {
    struct buffer bytes;
    uint32_t *point;
    size_t *byte; /* and where each point's bytes begin */
};

static ieum_status spell(const struct normal_text *text, struct spelled *out, struct problem *problem) {
    out->point = memory_allocate((text->count * 4 + 1) * sizeof *out->point);
    out->byte = memory_allocate((text->count + 1) * sizeof *out->byte);
    if (out->point == NULL || out->byte == NULL) return problem_set_memory(problem);
    for (uint32_t i = 0; i < text->count; i++) {
        char bytes[4];
        out->byte[i] = out->bytes.size;
        const size_t size = utf8_write(text->points[i], bytes);
        for (size_t j = 0; j < size; j++) out->point[out->bytes.size + j] = i;
        buffer_add(&out->bytes, bytes, size);
    }
    if (out->bytes.failed) return problem_set_memory(problem);
    out->point[out->bytes.size] = (uint32_t)text->count;
    return IEUM_OK;
}

static ieum_status run_pattern(struct work *work, const struct spelled *spelled, const struct needle *needle) {
    struct lexicon_pattern *pattern = &work->lexicon->patterns.items[needle->pattern];
    const struct pattern *compiled = NULL;
    size_t from = 0, start = 0, end = 0;
    ieum_status status = lexicon_pattern_get(pattern, &compiled, work->problem);
    if (status != IEUM_OK) return status;
    if (pattern->leads) from = spelled->byte[needle->start];
    for (int i = 0; i < MOST_MATCHES_OF_A_PATTERN; i++) {
        const enum pattern_result result =
            pattern_find_valid(compiled, spelled->bytes.bytes, spelled->bytes.size, from, &start, &end);
        struct mention mention = {pattern->concept, 0, 0, MENTION_PATTERN, 0, 0};
        if (result == PATTERN_NO) break;
        if (result == PATTERN_UNDECIDED) {
            mention.start = needle->start;
            mention.end = needle->end;
            mention.undecided = 1;
        } else {
            mention.start = spelled->point[start];
            mention.end = spelled->point[end];
        }
        if (mention.end > mention.start && !vector_push(&work->found, mention))
            return problem_set_memory(work->problem);
        if (result == PATTERN_UNDECIDED) break;
        from = end > from ? end : from + 1;
        while (from < spelled->bytes.size && ((unsigned char)spelled->bytes.bytes[from] & 0xC0) == 0x80) from++;
        if (from >= spelled->bytes.size) break;
    }
    return IEUM_OK;
}

static int compare_needles(const void *left, const void *right) {
    const struct needle *a = left, *b = right;
    if (a->pattern != b->pattern) return a->pattern < b->pattern ? -1 : 1;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* Each pattern whose needle is there, once, from the needle's first place. */
static ieum_status run_patterns(struct work *work) {
    struct spelled spelled = {BUFFER_EMPTY, NULL, NULL};
    ieum_status status = IEUM_OK;
    if (work->needles.count > 1) qsort(work->needles.items, work->needles.count, sizeof *work->needles.items, compare_needles);
    for (size_t i = 0; i < work->needles.count && status == IEUM_OK; i++) {
        const struct needle *needle = &work->needles.items[i];
        if (i > 0 && needle->pattern == needle[-1].pattern) continue;
        if (spelled.point == NULL) status = spell(&work->text, &spelled, work->problem);
        if (status == IEUM_OK) status = run_pattern(work, &spelled, needle);
    }
    buffer_free(&spelled.bytes);
    memory_free(spelled.point);
    memory_free(spelled.byte);
    return status;
}

/* ---- the whole ---- */

static int compare_mentions(const void *left, const void *right) {
    const struct mention *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return a->concept < b->concept ? -1 : a->concept > b->concept;
}

static ieum_status give_mentions(struct work *work, mention_list *mentions) {
    const size_t begin = mentions->count;
    if (!vector_reserve(mentions, begin + work->found.count)) return problem_set_memory(work->problem);
    for (size_t i = 0; i < work->found.count; i++) {
        struct mention mention = work->found.items[i];
        mention.negated = negation_holds(&work->text, &work->scope, &work->lexicon->reach, mention.start, mention.end);
        mention.start = work->text.start[mention.start];
        mention.end = work->text.end[mention.end - 1];
        mentions->items[mentions->count++] = mention;
    }
    if (work->found.count > 0)
        qsort(mentions->items + begin, work->found.count, sizeof *mentions->items, compare_mentions);
    return IEUM_OK;
}

static bool word_is_negated(const void *context, const struct normal_text *text, uint32_t start, uint32_t end) {
    const struct work *work = context;
    return negation_holds_word(text, &work->scope, &work->lexicon->reach, start, end);
}

/* The place that a text takes in the meaning of its record; NULL: none is made. */
struct meaning_place {
    struct meaning_maker *maker;
    uint32_t number;
    double weight;
};

/* `lexicon` has the words and is finished. */
static ieum_status annotate(const struct lexicon *lexicon, const char *text, size_t size, const struct meaning_place *place,
                            mention_list *mentions, struct problem *problem) {
    struct work work = {.lexicon = lexicon, .problem = problem};
    ieum_status status = normalise(text, size, &work.text, problem);
    if (status == IEUM_OK) status = matcher_scan(lexicon->lazy->matcher, &work.text, &work.matches, problem);
    const size_t exact = work.matches.count;
    if (status == IEUM_OK) status = typo_scan(lexicon->lazy->typos, &work.text, &work.matches, problem);
    if (status == IEUM_OK) status = sort_matches(&work, exact);
    if (status == IEUM_OK) status = run_patterns(&work);
    if (status == IEUM_OK) {
        overlaps_settle(lexicon, &work.found);
        negation_settle(&work.scope);
        if (place) {
            const struct meaning_mask mask = {word_is_negated, &work};
            status = meaning_add(place->maker, place->number, &work.text, place->weight, work.scope.count ? &mask : NULL, problem);
        }
        if (status == IEUM_OK) status = give_mentions(&work, mentions);
    }
    normal_text_free(&work.text);
    vector_free(&work.matches);
    vector_free(&work.scope);
    vector_free(&work.found);
    vector_free(&work.needles);
    return status;
}

ieum_status lexicon_annotate(const struct lexicon *lexicon, const char *text, size_t size, mention_list *mentions,
                             struct problem *problem) {
    ieum_status status = lexicon_whole(lexicon, &lexicon, problem);
    if (status == IEUM_OK) status = finish_matcher(lexicon, problem);
    return status == IEUM_OK ? annotate(lexicon, text, size, NULL, mentions, problem) : status;
}

static double role_weight(const struct lexicon *lexicon, const char *role) {
    for (size_t i = 0; i < lexicon->roles.count; i++)
        if (strcmp(lexicon->roles.items[i].role, role) == 0) return lexicon->roles.items[i].weight;
    return 0;
}

static ieum_status read_text(const struct lexicon *lexicon, const struct lexicon_text *text, size_t number, struct meaning_maker *maker,
                             mention_list *found, struct lexicon_reader reader, struct problem *problem) {
    const struct meaning_place place = {maker, (uint32_t)number, maker ? role_weight(lexicon, text->role) : 0};
    found->count = 0;
    ieum_status status = annotate(lexicon, text->text, strlen(text->text), maker ? &place : NULL, found, problem);
    for (size_t m = 0; m < found->count && status == IEUM_OK; m++)
        if (!reader.take(reader.context, number, &found->items[m])) status = problem_set_memory(problem);
    return status;
}

ieum_status lexicon_read_texts(const struct lexicon *lexicon, const struct lexicon_text *texts, size_t count, struct arena *arena,
                               struct lexicon_reader reader, struct meaning *meaning, struct problem *problem) {
    mention_list found = {0};
    struct meaning_maker *maker = NULL;
    *meaning = (struct meaning){0};
    ieum_status status = lexicon_whole(lexicon, &lexicon, problem);
    if (status == IEUM_OK) status = finish_matcher(lexicon, problem);
    if (status == IEUM_OK && lexicon->lazy->documents)
        status = meaning_begin(lexicon->lazy->documents, lexicon_count(lexicon), &lexicon->meaning, &maker, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) status = read_text(lexicon, &texts[i], i, maker, &found, reader, problem);
    if (status == IEUM_OK && maker) status = meaning_settle(maker, arena, meaning, problem);
    meaning_end(maker);
    vector_free(&found);
    return status;
}
