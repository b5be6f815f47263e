/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of any bytes, looked at before it is imported: every cell that is wrong has its place and a reason, and where the look finds nothing wrong the import takes
 * the file as it is, or says that a record stands in it twice. The first byte chooses kind, format and whether a person bound the first column.
 */
#include "base/utf8.h"
#include "fuzz.h"
#include "record/read_checked.h"

static void check_bad(const struct checked_file *file) {
    size_t row = 0;
    PROMISE(file->bad.items.count == (file->bad.count < BAD_CELLS_SHOWN ? file->bad.count : BAD_CELLS_SHOWN));
    for (size_t i = 0; i < file->bad.items.count; i++) {
        const struct bad_cell *cell = &file->bad.items.items[i];
        PROMISE(cell->row >= row && *cell->ko && *cell->en);
        PROMISE(utf8_valid(cell->value, strlen(cell->value)) && utf8_valid(cell->ko, strlen(cell->ko)) && utf8_valid(cell->header, strlen(cell->header)));
        row = cell->row;
    }
}

static bool is_whole(const struct grid *grid) {
    for (size_t i = 0; i < grid->headers.count; i++)
        if (headers_missing(&grid->headers, grid->columns, grid->column_count, i)) return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const names[] = {"fuzz.csv", "fuzz.jsonl", "fuzz.json"};
    static char data[1024];
    if (size == 0) return 0;
    snprintf(data, sizeof data, "%s/data", fuzz_source());
    const enum record_kind kind = (enum record_kind)(bytes[0] % (RECORD_KINDS + 1));
    const char *name = names[bytes[0] / 8 % 3], *content = (const char *)bytes + 1;
    static const char *const firsts[] = {"/name", "/need", "/stage", "/demand"};
    const struct header_choice first = {0, bytes[0] & 128 ? firsts[kind] : NULL};
    const struct file_choices choices = {.mapping = {&first, bytes[0] & 64 ? 1 : 0}};
    struct problem problem = {0};
    struct checked_file file;
    memory_clear_failed();
    ieum_status status = checked_file_read(kind, name, content, size - 1, data, &choices, &file, &problem);
    PROMISE(status == IEUM_OK || status == IEUM_INVALID || status == IEUM_LIMIT);
    if (status == IEUM_OK) check_bad(&file);
    else PROMISE(problem.ko[0] && problem.en[0] && utf8_valid(problem.en, strlen(problem.en)));
    if (status == IEUM_OK && file.bad.count == 0 && is_whole(&file.grid)) {
        struct record_set set = {0};
        struct problem trouble = {0};
        status = record_set_read_chosen(kind, name, content, size - 1, data, &choices, &set, &trouble);
        PROMISE(status == IEUM_OK ? set.count == file.set.count : strstr(trouble.en, "twice") != NULL);
        record_set_free(&set);
    }
    checked_file_free(&file);
    return 0;
}
