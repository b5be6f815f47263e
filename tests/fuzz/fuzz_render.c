/* SPDX-License-Identifier: Apache-2.0 */
/* ieum_render on any bytes as a reply: the first byte chooses format, width and language; text comes out as UTF-8 or
 * nothing does. */
#include "base/utf8.h"
#include "fuzz.h"
#include "ieum.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const formats[] = {"json", "table", "trec", "ids"};
    static const int widths[] = {-1, 40, 80, 5000};
    static ieum_engine *engines[2];
    for (int i = 0; i < 2; i++) {
        ieum_options options;
        ieum_options_init(&options);
        options.language = i ? "ko" : "en";
        if (!engines[i]) PROMISE(ieum_open(&options, &engines[i], NULL) == IEUM_OK);
    }
    if (size == 0) return 0;
    char *text = NULL;
    ieum_status status = ieum_render(engines[bytes[0] >> 4 & 1], (const char *)bytes + 1, size - 1,
                                     formats[bytes[0] & 3], widths[bytes[0] >> 2 & 3], &text);
    PROMISE(status == IEUM_OK || status == IEUM_INVALID || status == IEUM_USAGE);
    PROMISE((status == IEUM_OK) == (text != NULL));
    if (text) PROMISE(utf8_valid(text, strlen(text)));
    ieum_free(text);
    return 0;
}
