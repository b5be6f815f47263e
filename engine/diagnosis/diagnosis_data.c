/* SPDX-License-Identifier: Apache-2.0 */
#include "diagnosis_data.h"

#include "../base/files.h"
#include "../base/memory.h"

ieum_status diagnosis_data_load(const char *data_path, struct diagnosis_data *data, struct problem *problem) {
    static const char *const names[] = {"diagnosis/readiness.json", "diagnosis/routes.json", "diagnosis/ethics.json"};
    char *paths[3];
    ieum_status status = IEUM_OK;
    *data = (struct diagnosis_data){0};
    for (size_t i = 0; i < 3; i++) paths[i] = path_join(data_path, names[i]);
    if (!paths[0] || !paths[1] || !paths[2]) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = readiness_load(paths[0], &data->readiness, problem);
    if (status == IEUM_OK) status = routes_load(paths[1], &data->readiness, &data->routes, problem);
    if (status == IEUM_OK) status = ethics_load(paths[2], &data->ethics, problem);
    for (size_t i = 0; i < 3; i++) memory_free(paths[i]);
    if (status != IEUM_OK) diagnosis_data_free(data);
    return status;
}

void diagnosis_data_free(struct diagnosis_data *data) {
    if (!data->shared) {
        ethics_free(&data->ethics);
        routes_free(&data->routes);
        readiness_free(&data->readiness);
    }
    *data = (struct diagnosis_data){0};
}
