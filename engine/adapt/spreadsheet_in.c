/* SPDX-License-Identifier: Apache-2.0 */
#include "spreadsheet_in.h"

#include <string.h>

#include "../base/helper_program.h"
#include "../base/memory.h"
#include "../base/zip_directory.h"

enum { SECONDS = 30 };
#define OUTPUT_MOST ((size_t)128 << 20) /* all sheets; that one of them may be a file of its own */
#define MEMORY_MOST ((uint64_t)1 << 30)
#define UNPACKED_MOST ((uint64_t)256 << 20) /* what a workbook says of itself; xlsx2csv unpacks no more than that */

/* Every cell is quoted, so that only the line before a sheet can begin with this. */
#define SHEET_MARK "-------- "

static ieum_status refuse_absent(struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "엑셀 파일(XLSX)을 읽으려면 xlsx2csv가 필요합니다. 관리자에게 설치(apt install xlsx2csv)를 부탁하거나, 엑셀에서 CSV로 저장해 가져오십시오.",
                "To read XLSX files xlsx2csv is needed: have it installed (apt install xlsx2csv), or save the sheet as CSV and take that.");
    problem_set_value(problem, "xlsx2csv");
    problem_set_expected(problem, ".csv");
    return problem->status;
}

static ieum_status refuse_file(struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "엑셀 파일(XLSX)로 읽을 수 없습니다. 깨졌거나 너무 큰 파일일 수 있으니 엑셀에서 열어 다시 저장해 보십시오.",
                "This cannot be read as an XLSX file; it may be damaged or too large. Open it in the spreadsheet program and save it again.");
    problem_set_expected(problem, ".xlsx");
    return problem->status;
}

static ieum_status refuse_large(struct problem *problem, const char *expected) {
    problem_set(problem, IEUM_LIMIT, "", "엑셀 파일이 너무 커서 읽지 않았습니다. 필요한 시트만 남겨 다시 저장하거나 CSV로 저장해 가져오십시오.",
                "The spreadsheet is too large to be read: keep only the sheet that is needed, or save it as CSV.");
    problem_set_expected(problem, expected);
    return problem->status;
}

/* A file with a password, and one of the format before 2007, have another container than a zip. */
static ieum_status check_container(const void *bytes, size_t size, struct problem *problem) {
    if (size >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) {
        problem_set(problem, IEUM_INVALID, "", "암호가 걸려 있거나 옛 형식(.xls)인 엑셀 파일입니다. 암호를 풀고 .xlsx로 저장해 주십시오.",
                    "This spreadsheet has a password or the format before 2007 (.xls): save it as .xlsx without a password.");
        problem_set_expected(problem, ".xlsx");
        return problem->status;
    }
    uint64_t unpacked = 0;
    if (size < 4 || memcmp(bytes, "PK\x03\x04", 4) != 0 || !zip_unpacked_size(bytes, size, ".xml", &unpacked)) return refuse_file(problem);
    return unpacked <= UNPACKED_MOST ? IEUM_OK : refuse_large(problem, "<= 256 MiB XML");
}

static ieum_status convert(const void *bytes, size_t size, struct buffer *out, struct problem *problem) {
    static const char *const arguments[] = {"xlsx2csv", "-a", "--exclude_hidden_sheets", "-q", "all", "-f", "%Y-%m-%d", "--floatformat", "%.6f", HELPER_INPUT, NULL};
    const struct helper_limits limits = {.time_ms = SECONDS * 1000, .memory = MEMORY_MOST, .output = OUTPUT_MOST};
    enum helper_end end = HELPER_FAILED;
    ieum_status status = helper_run(arguments, bytes, size, &limits, out, &end, problem);
    if (status != IEUM_OK) return status;
    switch (end) {
    case HELPER_DONE: return IEUM_OK;
    case HELPER_ABSENT: return refuse_absent(problem);
    case HELPER_FAILED: return refuse_file(problem);
    default: break;
    }
    return refuse_large(problem, end == HELPER_TIME ? "<= 30 s" : "<= 128 MiB CSV");
}

/* The end of a row, line ends within quotes not counting. */
static size_t row_end(const char *text, size_t size, size_t from) {
    bool quoted = false;
    for (; from < size && (quoted || text[from] != '\n'); from++) quoted ^= text[from] == '"';
    return from < size ? from + 1 : size;
}

/* "-------- 2 - 수요" → "수요" */
static ieum_status add_name(struct sheet_names *names, const char *line, size_t size, struct problem *problem) {
    size_t at = strlen(SHEET_MARK);
    while (at < size && line[at] >= '0' && line[at] <= '9') at++;
    at = at + 3 <= size && memcmp(line + at, " - ", 3) == 0 ? at + 3 : size;
    while (size > at && (line[size - 1] == '\n' || line[size - 1] == '\r')) size--;
    char *name = memory_allocate(size - at + 1);
    if (!name) return problem_set_memory(problem);
    memcpy(name, line + at, size - at);
    name[size - at] = '\0';
    if (vector_push(&names->items, name)) return IEUM_OK;
    memory_free(name);
    return problem_set_memory(problem);
}

static ieum_status refuse_sheet(const struct sheet_names *names, const char *sheet, struct problem *problem) {
    struct buffer list = BUFFER_EMPTY;
    for (size_t i = 0; i < names->items.count; i++) buffer_format(&list, i ? ", %s" : "%s", names->items.items[i]);
    if (!sheet) problem_set(problem, IEUM_INVALID, "", "엑셀 파일에 보이는 시트가 없습니다.", "The spreadsheet has no sheet that is shown.");
    else problem_set(problem, IEUM_NOT_FOUND, "/sheet", "엑셀 파일에 '%s' 시트가 없습니다.", "The spreadsheet has no sheet '%s'.", sheet);
    problem_set_value(problem, sheet);
    problem_set_expected(problem, list.failed ? NULL : list.bytes);
    buffer_free(&list);
    return problem->status;
}

/* Cuts the sheet out of the text of all of them. */
static ieum_status choose(const struct buffer *all, const char *sheet, struct buffer *csv, struct sheet_names *names, struct problem *problem) {
    bool inside = false, found = false;
    ieum_status status = IEUM_OK;
    for (size_t at = 0, end; at < all->size && status == IEUM_OK; at = end) {
        end = row_end(all->bytes, all->size, at);
        if (end - at > strlen(SHEET_MARK) && memcmp(all->bytes + at, SHEET_MARK, strlen(SHEET_MARK)) == 0) {
            status = add_name(names, all->bytes + at, end - at, problem);
            inside = status == IEUM_OK && !found && (!sheet || strcmp(names->items.items[names->items.count - 1], sheet) == 0);
            if (inside) names->chosen = names->items.count - 1;
            found = found || inside;
        } else if (inside) buffer_add(csv, all->bytes + at, end - at);
    }
    if (status == IEUM_OK && !found) return refuse_sheet(names, sheet, problem);
    return status == IEUM_OK && csv->failed ? problem_set_memory(problem) : status;
}

ieum_status spreadsheet_to_csv(const void *bytes, size_t size, const char *sheet, struct buffer *csv, struct sheet_names *names, struct problem *problem) {
    struct buffer all = BUFFER_EMPTY;
    struct sheet_names own = {0};
    ieum_status status = check_container(bytes, size, problem);
    if (status == IEUM_OK) status = convert(bytes, size, &all, problem);
    if (status == IEUM_OK) status = choose(&all, sheet, csv, &own, problem);
    buffer_free(&all);
    if (status == IEUM_OK && names) *names = own;
    else sheet_names_free(&own);
    return status;
}

void sheet_names_free(struct sheet_names *names) {
    for (size_t i = 0; i < names->items.count; i++) memory_free(names->items.items[i]);
    vector_free(&names->items);
    names->chosen = 0;
}
