/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the texts of a record, of any bytes, with the lexicon of data/: the mentions that annotating gives text by text, and a meaning whose concepts
 * exist, whose weights fall and whose spans lie in their texts; or a refusal. Texts end at a NUL; the first byte of each chooses its role.
 */
#include "base/memory.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "fuzz_lexicon.h"

enum { MOST_TEXTS = 8 };

struct reading {
    const struct lexicon_text *texts;
    mention_list expected;
    size_t text, at;
    const struct lexicon *lexicon;
};

/* The next mention is that of annotating the text alone. */
static bool take(void *context, size_t text, const struct mention *mention) {
    struct reading *reading = context;
    if (text != reading->text) {
        struct problem problem = {0};
        PROMISE(text < MOST_TEXTS && (reading->text == SIZE_MAX || text > reading->text));
        reading->expected.count = reading->at = 0;
        reading->text = text;
        PROMISE(lexicon_annotate(reading->lexicon, reading->texts[text].text, strlen(reading->texts[text].text), &reading->expected, &problem) == IEUM_OK);
    }
    PROMISE(reading->at < reading->expected.count);
    const struct mention *expected = &reading->expected.items[reading->at++];
    PROMISE(mention->concept == expected->concept && mention->start == expected->start && mention->end == expected->end);
    PROMISE(mention->kind == expected->kind && mention->negated == expected->negated && mention->undecided == expected->undecided);
    return true;
}

static void check(const struct lexicon *lexicon, const struct lexicon_text *texts, size_t count, const struct meaning *meaning) {
    size_t at = 0;
    PROMISE(meaning->count == 0 || meaning->items[0].weight == MEANING_ONE);
    for (size_t i = 0; i < meaning->count; i++) {
        PROMISE(meaning->items[i].concept < lexicon_count(lexicon) && meaning->items[i].weight > 0);
        if (i) PROMISE(meaning->items[i].weight <= meaning->items[i - 1].weight);
    }
    for (size_t i = 0; i < meaning->span_count; i++) {
        const struct meaning_span *span = &meaning->spans[i];
        while (at < meaning->count && meaning->items[at].concept != span->concept) at++;
        PROMISE(at < meaning->count && span->text < count);
        PROMISE(span->start < span->end && span->end <= utf8_count(texts[span->text].text, strlen(texts[span->text].text)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const roles[] = {"need", "title", "summary", "capability", "business", "none"};
    static struct lexicon *lexicon;
    if (!lexicon) lexicon = fuzz_lexicon("data/lexicon");
    struct lexicon_text texts[MOST_TEXTS];
    size_t count = 0;
    bool valid = true;
    char *copy = memory_allocate(size + 1), *end = copy + size;
    memcpy(copy, bytes, size);
    *end = '\0';
    for (char *at = copy; at < end && count < MOST_TEXTS; at += strlen(at) + 1) {
        texts[count] = (struct lexicon_text){roles[(unsigned char)*at % 6], *at ? at + 1 : at};
        valid = valid && utf8_valid(texts[count].text, strlen(texts[count].text));
        count++;
    }
    struct problem problem = {0};
    struct meaning meaning, again;
    struct arena *arena = arena_new();
    struct reading reading = {.texts = texts, .text = SIZE_MAX, .lexicon = lexicon};
    const ieum_status status = lexicon_read_texts(lexicon, texts, count, arena, (struct lexicon_reader){take, &reading}, &meaning, &problem);
    PROMISE(status == IEUM_OK || status == IEUM_INVALID || status == IEUM_LIMIT);
    if (valid) PROMISE(status != IEUM_INVALID);
    if (status == IEUM_OK) {
        check(lexicon, texts, count, &meaning);
        reading.text = SIZE_MAX;
        PROMISE(lexicon_read_texts(lexicon, texts, count, arena, (struct lexicon_reader){take, &reading}, &again, &problem) == IEUM_OK);
        PROMISE(again.count == meaning.count && again.span_count == meaning.span_count && again.strength == meaning.strength);
        for (size_t i = 0; i < meaning.count; i++)
            PROMISE(again.items[i].concept == meaning.items[i].concept && again.items[i].weight == meaning.items[i].weight);
    }
    vector_free(&reading.expected);
    arena_free(arena);
    memory_free(copy);
    return 0;
}
