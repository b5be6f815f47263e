/* SPDX-License-Identifier: Apache-2.0 */
#include "file_format.h"

#include <string.h>
#include <strings.h>

static bool ends_with(const char *name, const char *ending) {
    size_t size = strlen(name), tail = strlen(ending);
    return size >= tail && strcasecmp(name + size - tail, ending) == 0;
}

/* What comes from a pipe has the name "-" and no ending: its first character tells. */
static enum file_format sniff(const char *bytes, size_t size) {
    if (size >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) return FORMAT_XLSX;
    size_t i = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < size && memchr(" \t\r\n", bytes[i], 4)) i++;
    if (i < size && bytes[i] == '[') return FORMAT_JSON;
    return i < size && bytes[i] == '{' ? FORMAT_LINES : FORMAT_CSV;
}

enum file_format file_format_of(const char *file_name, const char *bytes, size_t size) {
    if (strcmp(file_name, "-") == 0) return sniff(bytes, size);
    if (ends_with(file_name, ".json")) return FORMAT_JSON;
    if (ends_with(file_name, ".jsonl") || ends_with(file_name, ".ndjson")) return FORMAT_LINES;
    if (ends_with(file_name, ".csv")) return FORMAT_CSV;
    return ends_with(file_name, ".xlsx") ? FORMAT_XLSX : FORMAT_UNKNOWN;
}

ieum_status file_format_refuse(const char *file_name, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "",
                "파일 '%s'의 형식을 알 수 없습니다. 이름이 .json, .jsonl, .csv, .xlsx로 끝나야 합니다.",
                "The format of the file '%s' is not known: its name must end in .json, .jsonl, .csv or .xlsx.", file_name);
    problem_set_expected(problem, ".json, .jsonl, .ndjson, .csv, .xlsx");
    return problem->status;
}

ieum_status file_size_check(size_t size, struct problem *problem) {
    if (size <= FILE_BYTES_MOST) return IEUM_OK;
    problem_set(problem, IEUM_LIMIT, "", "파일이 너무 큽니다. 64 MiB까지 받습니다.", "The file is too large: at most 64 MiB are read.");
    problem_set_expected(problem, "<= 67108864 bytes");
    return problem->status;
}
