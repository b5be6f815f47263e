/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of a zip file of any bytes: it is followed to its end or not at all, and never beyond the bytes. */
#include "base/zip_directory.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    uint64_t xml = 0, all = 0;
    uint8_t *copy = malloc(size ? size : 1); /* its own end, so that a byte too far is seen */
    if (!copy) return 0;
    memcpy(copy, bytes, size);
    const bool found = zip_unpacked_size(copy, size, ".xml", &xml);
    PROMISE(found == zip_unpacked_size(copy, size, "", &all));
    PROMISE(!found || xml <= all);
    free(copy);
    return 0;
}
