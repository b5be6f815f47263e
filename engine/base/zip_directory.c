/* SPDX-License-Identifier: Apache-2.0 */
#include "zip_directory.h"

#include <string.h>

enum { END_SIZE = 22, ENTRY_SIZE = 46, COMMENT_MOST = 65535, ZIP64_FIELD = 1 };

static uint32_t read_16(const unsigned char *at) { return (uint32_t)at[0] | (uint32_t)at[1] << 8; }
static uint32_t read_32(const unsigned char *at) { return read_16(at) | read_16(at + 2) << 16; }
static uint64_t read_64(const unsigned char *at) { return read_32(at) | (uint64_t)read_32(at + 4) << 32; }

/* The last end record whose comment reaches the end of the file. NULL: there is none. */
static const unsigned char *find_end(const unsigned char *bytes, size_t size) {
    for (size_t back = END_SIZE; back <= size && back <= END_SIZE + COMMENT_MOST; back++) {
        const unsigned char *at = bytes + (size - back);
        if (memcmp(at, "PK\x05\x06", 4) == 0 && read_16(at + 20) + END_SIZE == back) return at;
    }
    return NULL;
}

/* A size of 2^32 - 1 says that the true one stands in an extra field, first of what is there. UINT64_MAX: it does not. */
static uint64_t entry_size(const unsigned char *entry, const unsigned char *extra, size_t extra_size) {
    const uint32_t told = read_32(entry + 24);
    if (told != UINT32_MAX) return told;
    while (extra_size >= 4) {
        const size_t field_size = read_16(extra + 2);
        if (field_size > extra_size - 4) break;
        if (read_16(extra) == ZIP64_FIELD && field_size >= 8) return read_64(extra + 4);
        extra += 4 + field_size;
        extra_size -= 4 + field_size;
    }
    return UINT64_MAX;
}

static bool ends_in(const unsigned char *name, size_t size, const char *ending) {
    const size_t length = strlen(ending);
    return size >= length && memcmp(name + (size - length), ending, length) == 0;
}

bool zip_unpacked_size(const void *bytes, size_t size, const char *ending, uint64_t *total) {
    const unsigned char *end = find_end(bytes, size);
    if (!end) return false;
    const size_t directory = read_32(end + 12), before = (size_t)(end - (const unsigned char *)bytes);
    size_t entries = read_16(end + 10), left = directory;
    if (directory > before) return false; /* also where a zip64 end record would be needed: no spreadsheet is as large */
    *total = 0;
    for (const unsigned char *at = end - directory; entries > 0; entries--) {
        if (left < ENTRY_SIZE || memcmp(at, "PK\x01\x02", 4) != 0) return false;
        const size_t name = read_16(at + 28), extra = read_16(at + 30), whole = ENTRY_SIZE + name + extra + read_16(at + 32);
        if (whole > left) return false;
        const uint64_t unpacked = ends_in(at + ENTRY_SIZE, name, ending) ? entry_size(at, at + ENTRY_SIZE + name, extra) : 0;
        *total = unpacked > UINT64_MAX - *total ? UINT64_MAX : *total + unpacked;
        at += whole;
        left -= whole;
    }
    return left == 0;
}
