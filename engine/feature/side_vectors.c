/* SPDX-License-Identifier: Apache-2.0 */
#include "side_vectors.h"

#include <math.h>
#include <string.h>

#include "../base/map.h"
#include "../base/parallel.h"
#include "../base/vector.h"
#include "side_parts.h"

enum { VECTOR_MOST = 4096 }; /* as record_fields.h */

/* A concept that is named counts at least half of the strongest, whatever the words around it weigh. */
static const double MENTIONED = 0.5;

struct coordinate {
    enum side_part part;
    uint32_t index;   /* concept, division, number, place in the vector; of PART_MISSING: a part, or SIDE_PARTS + a number */
    const char *text; /* region or size */
};

struct side_encoder {
    struct arena *arena;
    enum side side;
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    struct coordinate *coordinates;
    size_t count;
    bool reads[SIDE_PARTS];    /* which parts the coordinates, or their indicators, look at */
    size_t vector_length;      /* that a record's vector must have, 0: none is read */
    const uint32_t *folds;     /* of concept c: the coordinates at or above it, [fold_start[c], fold_start[c + 1]) */
    const size_t *fold_start;
};

/* ---- names → coordinates ---- */

static ieum_status refuse(const char *name, const char *ko, const char *en, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "모형의 좌표 '%1$s'을(를) 쓸 수 없습니다. %2$s%3$.0s", "The model's coordinate '%1$s' cannot be used: %2$.0s%3$s", name, ko, en);
    problem_set_value(problem, name);
    return IEUM_INVALID;
}

/* A whole number without sign or leading zero (two digits: with one), below `most`; UINT32_MAX when it is none. */
static uint32_t read_index(const char *text, bool two_digits, uint32_t most) {
    const size_t size = strlen(text);
    uint32_t number = 0;
    if (size == 0 || size > 4 || (two_digits ? size != 2 : size > 1 && text[0] == '0')) return UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') return UINT32_MAX;
        number = number * 10 + (uint32_t)(text[i] - '0');
    }
    return number < most ? number : UINT32_MAX;
}

static uint32_t find_number(enum side side, const char *name) {
    for (uint32_t n = 0; n < SIDE_NUMBERS; n++)
        if (strcmp(side_number_names[n].name, name) == 0 && (side == SIDE_DEMAND ? side_number_names[n].demand : side_number_names[n].supplier)) return n;
    return UINT32_MAX;
}

static uint32_t find_part(const char *name, size_t size) {
    for (uint32_t p = 0; p < SIDE_PARTS; p++)
        if (strlen(side_part_names[p]) == size && memcmp(side_part_names[p], name, size) == 0) return p;
    return SIDE_PARTS;
}

/* What may be missing as a whole: not a number's name, and not what is missing itself. */
static uint32_t find_missing(enum side side, const char *name) {
    const uint32_t part = find_part(name, strlen(name)), number = find_number(side, name);
    if (number != UINT32_MAX) return SIDE_PARTS + number;
    return part == SIDE_PARTS || part == PART_NUMBER || part == PART_MISSING || (part == PART_SERVED && side == SIDE_DEMAND) ? UINT32_MAX : part;
}

static ieum_status read_name(struct side_encoder *encoder, const char *name, struct coordinate *coordinate, struct problem *problem) {
    const char *colon = strchr(name, ':');
    const char *text = colon ? colon + 1 : "";
    const uint32_t part = colon ? find_part(name, (size_t)(colon - name)) : SIDE_PARTS;
    const char *ko = "이 이름의 좌표는 없습니다.", *en = "there is no coordinate of this name.";
    *coordinate = (struct coordinate){.part = part, .index = UINT32_MAX};
    switch (part) {
    case PART_CONCEPT:
        coordinate->index = lexicon_find(encoder->lexicon, text);
        ko = "개념 사전에 이 개념이 없습니다. 모형을 만든 뒤 사전이 바뀌었으면 다시 학습하십시오.";
        en = "the lexicon has no such concept; train again if the lexicon has changed since.";
        break;
    case PART_KSIC: coordinate->index = read_index(text, true, DIVISIONS); break;
    case PART_SERVED: coordinate->index = encoder->side == SIDE_SUPPLIER ? read_index(text, true, DIVISIONS) : UINT32_MAX; break;
    case PART_REGION: case PART_SIZE:
        coordinate->text = *text ? arena_copy_text(encoder->arena, text) : NULL;
        if (*text && !coordinate->text) return problem_set_memory(problem);
        coordinate->index = *text ? 0 : UINT32_MAX;
        break;
    case PART_NUMBER: coordinate->index = find_number(encoder->side, text); break;
    case PART_VECTOR: coordinate->index = read_index(text, false, VECTOR_MOST); break;
    case PART_MISSING: coordinate->index = find_missing(encoder->side, text); break;
    default: break;
    }
    return coordinate->index == UINT32_MAX ? refuse(name, ko, en, problem) : IEUM_OK;
}

static ieum_status read_names(struct side_encoder *encoder, const char *const *names, size_t count, struct problem *problem) {
    struct map *known = map_new();
    ieum_status status = known ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        struct coordinate *coordinate = &encoder->coordinates[i];
        const uint32_t before = map_count(known);
        status = read_name(encoder, names[i], coordinate, problem);
        if (status == IEUM_OK && map_intern(known, names[i], strlen(names[i])) == MAP_NONE) status = problem_set_memory(problem);
        if (status == IEUM_OK && map_count(known) == before) status = refuse(names[i], "같은 이름이 두 번 나옵니다.", "the name appears twice.", problem);
        if (status != IEUM_OK) break;
        encoder->reads[coordinate->part] = true;
        if (coordinate->part == PART_MISSING && coordinate->index < SIDE_PARTS) encoder->reads[coordinate->index] = true;
        if (coordinate->part == PART_VECTOR && coordinate->index >= encoder->vector_length) encoder->vector_length = coordinate->index + 1;
    }
    map_free(known);
    return status;
}

/* ---- folding concepts to those above them ---- */

struct climb {
    const struct lexicon *lexicon;
    const uint32_t *coordinate_of; /* of a concept, UINT32_MAX: none */
    uint32_t *seen;                /* of a concept: the last one that a climb passed it from, plus 1 */
    VECTOR(uint32_t) folds;
};

/* The lexicon has no cycle, so this ends; a concept that two ways lead to counts once. */
static bool climb_from(struct climb *climb, uint32_t concept, uint32_t mark) {
    if (climb->seen[concept] == mark) return true;
    climb->seen[concept] = mark;
    bool held = climb->coordinate_of[concept] == UINT32_MAX || vector_push(&climb->folds, climb->coordinate_of[concept]);
    const struct concept *about = lexicon_concept(climb->lexicon, concept);
    for (size_t p = 0; p < about->parent_count && held; p++) held = climb_from(climb, about->parents[p], mark);
    return held;
}

static bool fold_concepts(struct side_encoder *encoder) {
    const uint32_t concepts = lexicon_count(encoder->lexicon);
    uint32_t *coordinate_of = memory_allocate((concepts + (size_t)1) * sizeof *coordinate_of);
    struct climb climb = {.lexicon = encoder->lexicon, .coordinate_of = coordinate_of, .seen = memory_allocate_zero(concepts + (size_t)1, sizeof *climb.seen)};
    size_t *start = arena_allocate_zero(encoder->arena, concepts + (size_t)1, sizeof *start);
    bool held = coordinate_of && climb.seen && start;
    for (uint32_t c = 0; held && c < concepts; c++) coordinate_of[c] = UINT32_MAX;
    for (size_t i = 0; held && i < encoder->count; i++)
        if (encoder->coordinates[i].part == PART_CONCEPT) coordinate_of[encoder->coordinates[i].index] = (uint32_t)i;
    for (uint32_t c = 0; held && c < concepts; c++) {
        held = climb_from(&climb, c, c + 1);
        start[c + 1] = climb.folds.count;
    }
    encoder->fold_start = start;
    uint32_t *folds = held ? arena_allocate(encoder->arena, (climb.folds.count + 1) * sizeof *folds) : NULL;
    if (folds && climb.folds.count > 0) memcpy(folds, climb.folds.items, climb.folds.count * sizeof *folds);
    encoder->folds = folds;
    memory_free(coordinate_of);
    memory_free(climb.seen);
    vector_free(&climb.folds);
    return held && folds;
}

ieum_status side_encoder_new(enum side side, const char *const *names, size_t count, const struct lexicon *lexicon, const struct taxonomy *taxonomy,
                             struct side_encoder **encoder, struct problem *problem) {
    struct side_encoder *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    *made = (struct side_encoder){.arena = arena_new(), .side = side, .lexicon = lexicon, .taxonomy = taxonomy, .count = count};
    made->coordinates = arena_allocate_zero(made->arena, count + 1, sizeof *made->coordinates);
    ieum_status status = made->coordinates ? read_names(made, names, count, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && !fold_concepts(made)) status = problem_set_memory(problem);
    if (status == IEUM_OK) *encoder = made;
    else side_encoder_free(made);
    return status;
}

void side_encoder_free(struct side_encoder *encoder) {
    if (!encoder) return;
    arena_free(encoder->arena);
    memory_free(encoder);
}

size_t side_encoder_count(const struct side_encoder *encoder) { return encoder->count; }
bool side_encoder_reads_vector(const struct side_encoder *encoder) { return encoder->reads[PART_VECTOR]; }

/* ---- records → values ---- */

/* Adds up w² at and above every concept; the square roots come at the end. False when nothing is known. `weights`: all 0 before. */
static bool weigh_concepts(const struct side_encoder *encoder, const struct understanding *notes, double *weights, double *raw) {
    const uint32_t concepts = lexicon_count(encoder->lexicon);
    double whole = 0;
    for (size_t i = 0; i < notes->meaning.count; i++) weights[notes->meaning.items[i].concept] = notes->meaning.items[i].weight / (double)MEANING_ONE;
    for (size_t i = 0; i < notes->count; i++) {
        const struct mention *mention = &notes->mentions[i].mention;
        if (mention_holds(mention) && weights[mention->concept] < MENTIONED) weights[mention->concept] = MENTIONED;
    }
    for (uint32_t c = 0; c < concepts; c++) whole += weights[c] * weights[c];
    if (whole <= 0) return false;
    for (size_t i = 0; i < encoder->count; i++)
        if (encoder->coordinates[i].part == PART_CONCEPT) raw[i] = 0;
    for (uint32_t c = 0; c < concepts; c++) {
        if (weights[c] <= 0) continue;
        for (size_t f = encoder->fold_start[c]; f < encoder->fold_start[c + 1]; f++) raw[encoder->folds[f]] += weights[c] * weights[c];
    }
    for (size_t i = 0; i < encoder->count; i++)
        if (encoder->coordinates[i].part == PART_CONCEPT) raw[i] = sqrt(raw[i] / whole);
    return true;
}

static ieum_status encode_concepts(const struct side_encoder *encoder, const struct side_record *record, double *raw, bool *known, struct problem *problem) {
    double *weights = memory_allocate_zero(lexicon_count(encoder->lexicon) + (size_t)1, sizeof *weights);
    if (!weights) return problem_set_memory(problem);
    *known = weigh_concepts(encoder, record->notes, weights, raw);
    memory_free(weights);
    return IEUM_OK;
}

static bool encode_divisions(const struct side_encoder *encoder, const struct side_record *record, enum side_part part, double *raw) {
    bool divisions[DIVISIONS];
    const size_t set = side_divisions(part == PART_SERVED, encoder->lexicon, record, divisions);
    for (size_t i = 0; i < encoder->count && set > 0; i++)
        if (encoder->coordinates[i].part == part) raw[i] = divisions[encoder->coordinates[i].index] ? 1 / sqrt((double)set) : 0;
    return set > 0;
}

static bool encode_word(const struct side_encoder *encoder, enum side_part part, const char *word, double *raw) {
    for (size_t i = 0; i < encoder->count && word; i++)
        if (encoder->coordinates[i].part == part) raw[i] = strcmp(encoder->coordinates[i].text, word) == 0;
    return word != NULL;
}

static const char *id_of(const struct side_record *record) { return record->demand ? record->demand->id : record->supplier->id; }

static ieum_status encode_vector(const struct side_encoder *encoder, const struct side_record *record, double *raw, bool *known, struct problem *problem) {
    if (record->supplier && record->supplier->lean)
        return problem_set(problem, IEUM_INTERNAL, "", "공급기업 '%s'을(를) 벡터(vector) 없이 불러와 이 모형으로 점수를 매길 수 없습니다.",
                           "The supplier '%s' was loaded without its vector, which this model needs.", id_of(record));
    const jval *vector = side_vector(record);
    *known = vector != NULL;
    if (!vector) return IEUM_OK;
    if (encoder->vector_length > 0 && jval_count(vector) != encoder->vector_length) {
        return problem_set(problem, IEUM_INVALID, "/vector", "'%1$s'의 벡터 길이가 %2$zu인데, 모형은 길이 %3$zu의 벡터로 학습했습니다.",
                           "The vector of '%1$s' has %2$zu numbers, but the model was trained on vectors of %3$zu.", id_of(record), jval_count(vector),
                           encoder->vector_length);
    }
    for (size_t i = 0; i < encoder->count; i++)
        if (encoder->coordinates[i].part == PART_VECTOR) raw[i] = jval_number(jval_at(vector, encoder->coordinates[i].index));
    return IEUM_OK;
}

ieum_status side_encode(const struct side_encoder *encoder, const struct side_record *record, double *raw, struct problem *problem) {
    bool known[SIDE_PARTS] = {false};
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < encoder->count; i++) raw[i] = NAN;
    if (encoder->reads[PART_CONCEPT]) status = encode_concepts(encoder, record, raw, &known[PART_CONCEPT], problem);
    if (encoder->reads[PART_KSIC]) known[PART_KSIC] = encode_divisions(encoder, record, PART_KSIC, raw);
    if (encoder->reads[PART_SERVED]) known[PART_SERVED] = encode_divisions(encoder, record, PART_SERVED, raw);
    if (encoder->reads[PART_REGION]) known[PART_REGION] = encode_word(encoder, PART_REGION, side_region(encoder->taxonomy, record), raw);
    if (encoder->reads[PART_SIZE]) known[PART_SIZE] = encode_word(encoder, PART_SIZE, side_size(encoder->taxonomy, record), raw);
    if (encoder->reads[PART_VECTOR] && status == IEUM_OK) status = encode_vector(encoder, record, raw, &known[PART_VECTOR], problem);
    for (size_t i = 0; i < encoder->count; i++) {
        const struct coordinate *coordinate = &encoder->coordinates[i];
        if (coordinate->part == PART_NUMBER) raw[i] = side_number((enum side_number)coordinate->index, record);
        if (coordinate->part != PART_MISSING) continue;
        raw[i] = coordinate->index < SIDE_PARTS ? !known[coordinate->index]
                                                : isnan(side_number((enum side_number)(coordinate->index - SIDE_PARTS), record)) != 0;
    }
    return status;
}

/* ---- many ---- */

enum { RUN_LENGTH = 64 };

struct encoding_job {
    const struct side_encoder *encoder;
    const struct side_record *records;
    size_t count;
    double *raw;
    bool *failed; /* one a run */
};

static void encode_run(void *context, size_t run, int worker) {
    (void)worker;
    const struct encoding_job *job = context;
    struct problem ignored = {0};
    const size_t end = (run + 1) * RUN_LENGTH < job->count ? (run + 1) * RUN_LENGTH : job->count;
    for (size_t r = run * RUN_LENGTH; r < end && !job->failed[run]; r++)
        job->failed[run] = side_encode(job->encoder, &job->records[r], job->raw + r * job->encoder->count, &ignored) != IEUM_OK;
}

ieum_status side_encode_all(const struct side_encoder *encoder, const struct side_record *records, size_t count, int threads, double *raw,
                            struct problem *problem) {
    const size_t runs = (count + RUN_LENGTH - 1) / RUN_LENGTH;
    struct encoding_job job = {encoder, records, count, raw, memory_allocate_zero(runs + 1, sizeof *job.failed)};
    ieum_status status = job.failed ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) parallel_for(threads < 1 ? 1 : threads, runs, encode_run, &job);
    for (size_t run = 0; run < runs && status == IEUM_OK; run++) /* what failed is done again here, so that the first in order is told */
        for (size_t r = run * RUN_LENGTH; job.failed[run] && r < count && r < (run + 1) * RUN_LENGTH && status == IEUM_OK; r++)
            status = side_encode(encoder, &records[r], raw + r * encoder->count, problem);
    memory_free(job.failed);
    return status;
}
