/* SPDX-License-Identifier: Apache-2.0 */
/* The status table of ieum.h as functions, and the library's version. */
#include "../ieum.h"

struct status_entry {
    const char *code;
    int exit_status, http;
};

static const struct status_entry entries[IEUM_STATUS_COUNT] = {
#define STATUS_ENTRY(name, code, exit_status, http, ko, en) {code, exit_status, http},
    IEUM_STATUS_LIST(STATUS_ENTRY)
#undef STATUS_ENTRY
};

static const struct status_entry *entry_of(ieum_status status) {
    return &entries[(unsigned)status < IEUM_STATUS_COUNT ? status : IEUM_INTERNAL];
}

const char *ieum_status_code(ieum_status status) { return entry_of(status)->code; }
int ieum_status_exit(ieum_status status) { return entry_of(status)->exit_status; }
int ieum_status_http(ieum_status status) { return entry_of(status)->http; }

#define TEXT_OF_(x) #x
#define TEXT_OF(x) TEXT_OF_(x)

int ieum_version_number(void) { return IEUM_VERSION_NUMBER; }

const char *ieum_version_text(void) {
    return TEXT_OF(IEUM_VERSION_MAJOR) "." TEXT_OF(IEUM_VERSION_MINOR) "." TEXT_OF(IEUM_VERSION_PATCH);
}
