/* SPDX-License-Identifier: Apache-2.0 */
#include "json_file.h"

#include "../base/files.h"
#include "../base/memory.h"

ieum_status json_file_read(const char *folder, const char *name, size_t most, jval **json, struct problem *problem) {
    char *joined = name ? path_join(folder, name) : NULL, *bytes = NULL;
    const char *path = name ? joined : folder;
    size_t size = 0;
    ieum_status status = path ? file_read(path, most, &bytes, &size, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = jval_parse(bytes, size, json, problem);
    if (status != IEUM_OK && path) problem_set_place(problem, path, 0, 0);
    memory_free(bytes);
    memory_free(joined);
    return status;
}

void json_file_place(const char *folder, const char *name, struct problem *problem) {
    char *joined = name ? path_join(folder, name) : NULL;
    if (joined || !name) problem_set_place(problem, name ? joined : folder, 0, 0);
    memory_free(joined);
}
