/* SPDX-License-Identifier: Apache-2.0 */
/* The stored form of an understanding, of any bytes: refused, or one whose every number lies in its texts and its lexicon, and that is written as it was read. */
#include "base/memory.h"
#include "base/utf8.h"
#include "feature/understanding.h"
#include "fuzz.h"
#include "fuzz_lexicon.h"

static struct record_text items[] = {{TEXT_TITLE, "/title", "표면 불량 검사"},
                                     {TEXT_NEED, "/need", "도금한 판의 실금을 불빛에 비추어 찾습니다. crack detection"},
                                     {TEXT_DATA_HELD, "/data_held/0", "사진 300장"}};
static const struct record_texts texts = {items, sizeof items / sizeof *items};

static bool lies_in(uint32_t text, uint32_t start, uint32_t end) {
    return text < texts.count && start < end && end <= utf8_count(items[text].text, strlen(items[text].text));
}

static void check(const struct lexicon *lexicon, const struct understanding *notes) {
    for (size_t i = 0; i < notes->count; i++) {
        const struct mention *mention = &notes->mentions[i].mention;
        PROMISE(mention->concept < lexicon_count(lexicon) && lies_in(notes->mentions[i].text, mention->start, mention->end));
        PROMISE(mention->kind <= MENTION_PATTERN && mention->negated <= 1 && mention->undecided <= 1);
    }
    for (size_t i = 0; i < notes->meaning.count; i++)
        PROMISE(notes->meaning.items[i].concept < lexicon_count(lexicon) && notes->meaning.items[i].weight > 0);
    for (size_t i = 0; i < notes->meaning.span_count; i++) {
        const struct meaning_span *span = &notes->meaning.spans[i];
        PROMISE(span->concept < lexicon_count(lexicon) && lies_in(span->text, span->start, span->end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct lexicon *lexicon;
    if (!lexicon) lexicon = fuzz_lexicon("tests/unit/data/lexicon-meaning");
    struct arena *arena = arena_new();
    struct understanding notes, again;
    if (understanding_read(lexicon, texts, bytes, size, arena, &notes)) {
        struct buffer written = BUFFER_EMPTY, twice = BUFFER_EMPTY;
        check(lexicon, &notes);
        PROMISE(understanding_write(&notes, &written) && written.size == size);
        PROMISE(understanding_read(lexicon, texts, written.bytes, written.size, arena, &again));
        PROMISE(understanding_write(&again, &twice) && twice.size == size && memcmp(twice.bytes, written.bytes, size) == 0);
        buffer_free(&written);
        buffer_free(&twice);
    }
    arena_free(arena);
    return 0;
}
