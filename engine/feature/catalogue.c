/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue.h"

#include "../base/problem_list.h"
#include "../adapt/digest.h"
#include "../base/files.h"
#include "space.h"

enum { LARGEST_FILE = 1 << 20 };

struct feature_catalogue {
    jval *json;
    char hash[DIGEST_TEXT];
};

static ieum_status check_options(const char *name, const jval *options, const struct jpath *at, struct problem *problem) {
    const struct feature_kind *kind = feature_kind_find(name);
    if (!kind) return jval_refuse(problem, at, NULL, NULL, "알 수 없는 특성 종류입니다.", "The feature kind is not known.");
    if (kind->check) return kind->check(options, at, problem);
    if (jval_count(options))
        return jval_refuse(problem, at, options, "{}", "이 특성은 선택 항목을 받지 않습니다.", "This feature takes no options.");
    return IEUM_OK;
}

static ieum_status check_catalogue(const jval *json, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "kinds", 0};
    const jval *kinds = NULL;
    ieum_status status = field_object(json, NULL, "kinds", true, &kinds, problem);
    for (size_t k = 0; feature_kind_name(k) && status == IEUM_OK; k++) {
        const jval *options = NULL;
        status = field_object(kinds, &at, feature_kind_name(k), true, &options, problem);
    }
    for (void *i = jval_first(kinds); i && status == IEUM_OK; i = jval_next(kinds, i))
        status = check_options(jval_key(i), jval_value(i), &(struct jpath){&at, jval_key(i), 0}, problem);
    return status;
}

ieum_status feature_catalogue_load(const char *path, struct feature_catalogue **catalogue, struct problem *problem) {
    char *bytes = NULL;
    size_t size = 0;
    struct feature_catalogue *made = memory_allocate_zero(1, sizeof *made);
    ieum_status status = made ? file_read(path, LARGEST_FILE, &bytes, &size, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = jval_parse(bytes, size, &made->json, problem);
    if (status == IEUM_OK) status = check_catalogue(made->json, problem);
    if (status == IEUM_OK) {
        digest_of(bytes, size, made->hash);
        *catalogue = made;
    } else {
        problem_set_place(problem, path, 0, 0);
        feature_catalogue_free(made);
    }
    memory_free(bytes);
    return status;
}

void feature_catalogue_free(struct feature_catalogue *catalogue) {
    if (!catalogue) return;
    jval_free(catalogue->json);
    memory_free(catalogue);
}

const char *feature_catalogue_hash(const struct feature_catalogue *catalogue) { return catalogue->hash; }

const jval *feature_options(const struct feature_catalogue *catalogue, const struct feature_definition *definition) {
    return definition->options ? definition->options : jval_get(jval_get(catalogue->json, "kinds"), definition->kind);
}

ieum_status feature_check_options(const struct program *program, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, features = {&root, "features", 0};
    ieum_status status = IEUM_OK;
    for (size_t f = 0; f < program->feature_count && status == IEUM_OK; f++) {
        const struct jpath feature = {&features, NULL, f}, options = {&feature, "options", 0};
        if (program->features[f].options && program->features[f].kind)
            status = problem_aside(problem, check_options(program->features[f].kind, program->features[f].options, &options, problem));
    }
    return status;
}
