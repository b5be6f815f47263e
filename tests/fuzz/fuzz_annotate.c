/* SPDX-License-Identifier: Apache-2.0 */
/* Annotating any bytes with the lexicon of data/: mentions in order, inside the text, of concepts that exist; or a
 * refusal. */
#include "base/utf8.h"
#include "fuzz.h"
#include "fuzz_lexicon.h"

static bool in_order(struct mention a, struct mention b) {
    if (a.start != b.start) return a.start < b.start;
    if (a.end != b.end) return a.end < b.end;
    return a.concept <= b.concept;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct lexicon *lexicon;
    if (!lexicon) lexicon = fuzz_lexicon("data/lexicon");
    struct problem problem = {0};
    mention_list mentions = {0};
    const char *text = (const char *)bytes;
    ieum_status status = lexicon_annotate(lexicon, text, size, &mentions, &problem);
    PROMISE(status == IEUM_OK || status == IEUM_INVALID || status == IEUM_LIMIT);
    if (utf8_valid(text, size)) PROMISE(status != IEUM_INVALID);
    size_t points = utf8_count(text, size);
    for (size_t i = 0; i < mentions.count && status == IEUM_OK; i++) {
        struct mention mention = mentions.items[i];
        PROMISE(mention.concept < lexicon_count(lexicon) && mention.start < mention.end && mention.end <= points);
        PROMISE(mention.kind <= MENTION_PATTERN && mention.negated <= 1 && mention.undecided <= 1);
        if (i) PROMISE(in_order(mentions.items[i - 1], mention));
    }
    vector_free(&mentions);
    return 0;
}
