/* SPDX-License-Identifier: Apache-2.0 */
#include "program_shelf.h"

#include <string.h>

#include "../base/files.h"

enum { PROGRAMS_MOST = 16 }; /* more begin again from the first */

struct program_shelf {
    struct shelved {
        char *stamp; /* of the file, path and all */
        struct program *program;
    } items[PROGRAMS_MOST];
    size_t count;
};

struct program_shelf *program_shelf_new(void) { return memory_allocate_zero(1, sizeof(struct program_shelf)); }

static void drop(struct shelved *item) {
    memory_free(item->stamp);
    program_free(item->program);
}

void program_shelf_free(struct program_shelf *shelf) {
    if (!shelf) return;
    for (size_t i = 0; i < shelf->count; i++) drop(&shelf->items[i]);
    memory_free(shelf);
}

/* False: there is no stamp to go by. The law that a program stands under is part of it, and so is every other jurisdiction's, which it may not hold. */
static bool stamp_of(const char *folder, const char *id, struct buffer *stamp) {
    static const char *const beside[] = {"jurisdictions", "taxonomy"};
    struct buffer name = BUFFER_EMPTY;
    buffer_format(&name, "%s.json", id);
    bool held = name.bytes && !name.failed && file_stamp(folder, name.bytes, stamp);
    for (size_t i = 0; i < sizeof beside / sizeof *beside && held; i++) {
        buffer_clear(&name);
        buffer_format(&name, "%s/../%s", folder, beside[i]);
        held = !name.failed && (!file_exists(name.bytes) || folder_stamp(name.bytes, ".json", stamp));
    }
    buffer_free(&name);
    return held && !stamp->failed;
}

static struct shelved *find(struct program_shelf *shelf, const char *id) {
    for (size_t i = 0; i < shelf->count; i++)
        if (strcmp(shelf->items[i].program->id, id) == 0) return &shelf->items[i];
    return NULL;
}

/* In the place of the one with the same id. A shelf that has no room for it is no fault. */
static void put(struct program_shelf *shelf, struct program *program, const char *stamp) {
    const size_t size = strlen(stamp) + 1;
    char *copy = memory_allocate(size);
    if (!copy) return;
    memcpy(copy, stamp, size);
    struct shelved *item = find(shelf, program->id);
    if (!item && shelf->count == PROGRAMS_MOST) {
        for (size_t i = 0; i < shelf->count; i++) drop(&shelf->items[i]);
        shelf->count = 0;
    }
    if (item) drop(item);
    else item = &shelf->items[shelf->count++];
    *item = (struct shelved){copy, program_share(program)};
}

ieum_status program_shelf_load(struct program_shelf *shelf, const char *folder, const char *id, bool (*known_kind)(const char *kind),
                               struct program **program, struct problem *problem) {
    struct buffer stamp = BUFFER_EMPTY;
    ieum_status status = IEUM_OK;
    /* The stamp is taken first: a change after it makes it another one the next time. */
    const bool stamped = program_id_valid(id) && stamp_of(folder, id, &stamp);
    const struct shelved *item = stamped ? find(shelf, id) : NULL;
    if (item && strcmp(item->stamp, stamp.bytes) == 0) {
        *program = program_share(item->program);
    } else {
        status = program_load(folder, id, known_kind, program, problem);
        if (status == IEUM_OK && stamped) put(shelf, *program, stamp.bytes);
    }
    buffer_free(&stamp);
    return status;
}
