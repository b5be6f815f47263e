/* SPDX-License-Identifier: Apache-2.0 */
/* Annotating records, and the stored form: a version byte, then five little-endian 32-bit words a mention. */
#include "understanding.h"

#include <string.h>

#include "../base/utf8.h"

enum { FORMAT = 1, WORDS = 5 };

ieum_status understand(const struct lexicon *lexicon, struct record_texts texts, struct arena *arena,
                       struct understanding *understanding, struct problem *problem) {
    ieum_status status = IEUM_OK;
    mention_list found = {0};
    VECTOR(struct noted_mention) all = {0};
    for (size_t i = 0; i < texts.count; i++) {
        found.count = 0;
        status = lexicon_annotate(lexicon, texts.items[i].text, strlen(texts.items[i].text), &found, problem);
        if (status != IEUM_OK) goto done;
        for (size_t m = 0; m < found.count; m++) {
            struct noted_mention noted = {found.items[m], (uint32_t)i};
            if (!vector_push(&all, noted)) {
                status = problem_set_memory(problem);
                goto done;
            }
        }
    }
    struct noted_mention *kept = arena_allocate(arena, all.count * sizeof *kept);
    if (!kept) {
        status = problem_set_memory(problem);
        goto done;
    }
    if (all.count) memcpy(kept, all.items, all.count * sizeof *kept);
    *understanding = (struct understanding){texts, kept, all.count};
done:
    vector_free(&found);
    vector_free(&all);
    return status;
}

bool understanding_write(const struct understanding *understanding, struct buffer *bytes) {
    buffer_add_byte(bytes, FORMAT);
    for (size_t i = 0; i < understanding->count; i++) {
        const struct noted_mention *noted = &understanding->mentions[i];
        buffer_add_word(bytes, noted->text);
        buffer_add_word(bytes, noted->mention.concept);
        buffer_add_word(bytes, noted->mention.start);
        buffer_add_word(bytes, noted->mention.end);
        buffer_add_word(bytes, (uint32_t)noted->mention.kind | (uint32_t)noted->mention.negated << 8 |
                            (uint32_t)noted->mention.undecided << 16);
    }
    return !bytes->failed;
}

/* The store is a file that anyone may have damaged: nothing of it is used unchecked. */
static bool sound(const struct mention *mention, const struct lexicon *lexicon, size_t code_points) {
    return mention->concept < lexicon_count(lexicon) && mention->start < mention->end && mention->end <= code_points &&
           mention->kind <= MENTION_PATTERN;
}

bool understanding_read(const struct lexicon *lexicon, struct record_texts texts, const void *bytes, size_t size,
                        struct arena *arena, struct understanding *understanding) {
    const unsigned char *raw = bytes;
    if (size < 1 || raw[0] != FORMAT || (size - 1) % (4 * WORDS) != 0) return false;
    size_t count = (size - 1) / (4 * WORDS), counted = texts.count, code_points = 0;
    struct noted_mention *mentions = arena_allocate_zero(arena, count, sizeof *mentions);
    if (!mentions) return false;
    raw++;
    for (size_t i = 0; i < count; i++, raw += 4 * WORDS) {
        uint32_t flags = buffer_word_at(raw + 16);
        mentions[i].text = buffer_word_at(raw);
        mentions[i].mention = (struct mention){.concept = buffer_word_at(raw + 4), .start = buffer_word_at(raw + 8), .end = buffer_word_at(raw + 12),
                                               .kind = flags & 0xFF, .negated = flags >> 8 & 1, .undecided = flags >> 16 & 1};
        if (mentions[i].text >= texts.count) return false;
        if (mentions[i].text != counted) { /* mentions stand by text, so each is counted once */
            counted = mentions[i].text;
            code_points = utf8_count_valid(texts.items[counted].text, strlen(texts.items[counted].text));
        }
        if (!sound(&mentions[i].mention, lexicon, code_points)) return false;
    }
    *understanding = (struct understanding){texts, mentions, count};
    return true;
}
