/* SPDX-License-Identifier: Apache-2.0 */
#include "side_groups.h"

#include <string.h>

/* Points that a criterion gives features that `counts` says yes to. */
struct choice {
    const struct program *program;
    const char *kind; /* NULL: the one feature */
    size_t feature;
};

static bool counts(const struct choice *choice, size_t feature) {
    return choice->kind ? strcmp(choice->program->features[feature].kind, choice->kind) == 0 : feature == choice->feature;
}

static uint32_t choose(const struct choice *choice) {
    const struct program *program = choice->program;
    double most = 0;
    uint32_t best = GROUP_NONE;
    for (size_t c = 0; c < program->criterion_count; c++) {
        double points = 0;
        for (size_t p = 0; p < program->criteria[c].part_count; p++)
            if (counts(choice, program->criteria[c].parts[p].feature)) points += program->criteria[c].points * program->criteria[c].parts[p].weight;
        if (points > most) {
            most = points;
            best = (uint32_t)c;
        }
    }
    return best;
}

uint32_t criterion_of_feature(const struct program *program, size_t feature) { return choose(&(struct choice){program, NULL, feature}); }
uint32_t criterion_of_kind(const struct program *program, const char *kind) { return choose(&(struct choice){program, kind, 0}); }

/* Kinds of features that look at the same as coordinates whose name begins so, the nearest first. */
struct likeness {
    const char *begins;
    const char *kinds[3];
};

static const struct likeness likenesses[] = {
    {"ksic:", {"industry_match", "industry_experience"}},
    {"served:", {"industry_experience", "industry_match"}},
    {"region:", {"region_match"}},
    {"number:log_budget", {"budget_fit"}},
    {"number:log_price", {"budget_fit"}},
    {"number:log_capacity", {"capacity"}},
    {"number:readiness", {"readiness"}},
    {"number:log_data", {"data_match"}},
    {"number:log_references", {"industry_experience", "industry_match"}},
    {"vector:", {"meaning_match", "text_match", "concept_overlap"}},
};

static const struct likeness facets[FACETS] = {
    [FACET_TASK] = {"", {"meaning_match", "concept_overlap", "text_match"}},
    [FACET_TECHNIQUE] = {"", {"meaning_match", "concept_overlap", "text_match"}},
    [FACET_DATA] = {"", {"data_match", "meaning_match", "concept_overlap"}},
    [FACET_INDUSTRY] = {"", {"industry_match", "industry_experience", "meaning_match"}},
    [FACET_DELIVERY] = {"", {"deployment_match", "certification_match", "meaning_match"}},
};

static const struct likeness *find_likeness(const struct lexicon *lexicon, const char *coordinate) {
    if (strncmp(coordinate, "concept:", 8) == 0) {
        const uint32_t concept = lexicon_find(lexicon, coordinate + 8);
        return &facets[concept < lexicon_count(lexicon) ? lexicon_concept(lexicon, concept)->facet : FACET_TASK];
    }
    for (size_t i = 0; i < sizeof likenesses / sizeof *likenesses; i++)
        if (strncmp(coordinate, likenesses[i].begins, strlen(likenesses[i].begins)) == 0) return &likenesses[i];
    return NULL;
}

/* "missing:log_capacity" goes with "number:log_capacity", "missing:ksic" with "ksic:…". */
static const struct likeness *find_indicated(const char *what) {
    if (strcmp(what, "concept") == 0) return &facets[FACET_TASK];
    for (size_t i = 0; i < sizeof likenesses / sizeof *likenesses; i++) {
        const char *begins = likenesses[i].begins;
        const bool number = strncmp(begins, "number:", 7) == 0;
        const size_t size = number ? strlen(begins + 7) : strlen(begins) - 1;
        if (number ? strncmp(what, begins + 7, size) == 0 : strlen(what) == size && strncmp(what, begins, size) == 0) return &likenesses[i];
    }
    return NULL;
}

static uint32_t any_criterion(const struct program *program) {
    for (size_t c = 0; c < program->criterion_count; c++)
        if (program->criteria[c].fit) return (uint32_t)c;
    return program->criterion_count > 0 ? 0 : GROUP_NONE;
}

uint32_t side_group(const struct program *program, const struct lexicon *lexicon, const char *coordinate) {
    const struct likeness *like = strncmp(coordinate, "missing:", 8) == 0 ? find_indicated(coordinate + 8) : find_likeness(lexicon, coordinate);
    for (size_t k = 0; like && k < 3 && like->kinds[k]; k++) {
        const uint32_t criterion = criterion_of_kind(program, like->kinds[k]);
        if (criterion != GROUP_NONE) return criterion;
    }
    return any_criterion(program);
}
