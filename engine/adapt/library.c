/* SPDX-License-Identifier: Apache-2.0 */
#include "library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

static ieum_status refuse(const char *file, struct problem *problem) {
    return problem_set(problem, IEUM_INTERNAL, "", "학습에 필요한 라이브러리 '%s'을(를) 쓸 수 없습니다. 설치되어 있는지 확인하십시오.",
                       "The library '%s', which training needs, cannot be used; see whether it is installed.", file);
}

/* The loader says in words alone why it failed. */
static bool for_want_of_memory(const char *reason) { return reason && (strstr(reason, "memory") || strstr(reason, "map segment")); }

ieum_status library_load(const char *file, const char *version_name, int version, const struct library_function *functions, size_t count,
                         struct problem *problem) {
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library && for_want_of_memory(dlerror())) return problem_set_memory(problem);
    const int *found = library ? dlsym(library, version_name) : NULL;
    if (!found || *found != version) return refuse(file, problem);
    for (size_t i = 0; i < count; i++) {
        void *address = dlsym(library, functions[i].name);
        if (!address) return refuse(file, problem);
        memcpy(functions[i].pointer, &address, sizeof address); /* POSIX lets a function's address stand in a void pointer, ISO C has no cast for it */
    }
    return IEUM_OK;
}
