/* SPDX-License-Identifier: Apache-2.0 */
#include "program_shelf.h"

#include <string.h>

#include "../base/files.h"

enum { PROGRAMS_MOST = 64 }; /* more begin again from the first */

struct program_shelf {
    struct shelved {
        char *stamp; /* of the file, path and all */
        struct program *program;
    } items[PROGRAMS_MOST];
    size_t count;
    bool turn;            /* a request is being answered */
    struct buffer beside; /* in a turn: the stamp of what stands beside the programs; empty: not taken yet */
};

struct program_shelf *program_shelf_new(void) { return memory_allocate_zero(1, sizeof(struct program_shelf)); }

static void drop(struct shelved *item) {
    memory_free(item->stamp);
    program_free(item->program);
}

void program_shelf_free(struct program_shelf *shelf) {
    if (!shelf) return;
    for (size_t i = 0; i < shelf->count; i++) drop(&shelf->items[i]);
    buffer_free(&shelf->beside);
    memory_free(shelf);
}

void program_shelf_begin_turn(struct program_shelf *shelf) {
    buffer_clear(&shelf->beside);
    shelf->turn = true;
}

void program_shelf_end_turn(struct program_shelf *shelf) { shelf->turn = false; }

/* False: there is no stamp to go by. */
static bool stamp_beside(const char *folder, struct buffer *stamp) {
    static const char *const beside[] = {"jurisdictions", "taxonomy"};
    struct buffer name = BUFFER_EMPTY;
    bool held = true;
    for (size_t i = 0; i < sizeof beside / sizeof *beside && held; i++) {
        buffer_clear(&name);
        buffer_format(&name, "%s/../%s", folder, beside[i]);
        held = !name.failed && (!file_exists(name.bytes) || folder_stamp(name.bytes, ".json", stamp));
    }
    buffer_free(&name);
    return held && !stamp->failed;
}

/* False: there is no stamp to go by. The law that a program stands under is part of it, and so is every other jurisdiction's, which it may not hold. */
static bool stamp_of(struct program_shelf *shelf, const char *folder, const char *id, struct buffer *stamp) {
    struct buffer name = BUFFER_EMPTY;
    buffer_format(&name, "%s.json", id);
    bool held = name.bytes && !name.failed && file_stamp(folder, name.bytes, stamp);
    buffer_free(&name);
    if (!held || !shelf->turn) return held && stamp_beside(folder, stamp);
    if (shelf->beside.size == 0 && !stamp_beside(folder, &shelf->beside)) {
        buffer_free(&shelf->beside);
        return false;
    }
    buffer_add(stamp, shelf->beside.bytes, shelf->beside.size);
    return !stamp->failed;
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
    const bool stamped = program_id_valid(id) && stamp_of(shelf, folder, id, &stamp);
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
