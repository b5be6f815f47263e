/* SPDX-License-Identifier: Apache-2.0 */
/* Annotating records, and the stored form: a version byte, the number of mentions, five little-endian 32-bit words a mention; then of the meaning its
 * strength, the numbers of items and spans, a word an item (concept << 16 | weight), four a span. */
#include "understanding.h"

#include <string.h>

#include "../base/utf8.h"

enum { FORMAT = 2, WORDS = 5, ITEM_WORDS = 1, SPAN_WORDS = 4 };

typedef VECTOR(struct noted_mention) noted_list;

static bool take_mention(void *context, size_t text, const struct mention *mention) {
    noted_list *all = context;
    return vector_push(all, ((struct noted_mention){*mention, (uint32_t)text}));
}

ieum_status understand(const struct lexicon *lexicon, struct record_texts texts, struct arena *arena,
                       struct understanding *understanding, struct problem *problem) {
    noted_list all = {0};
    struct meaning meaning = {0};
    struct lexicon_text *list = arena_allocate(arena, (texts.count + 1) * sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t i = 0; i < texts.count; i++) list[i] = (struct lexicon_text){text_role_names[texts.items[i].role], texts.items[i].text};
    ieum_status status =
        lexicon_read_texts(lexicon, list, texts.count, arena, (struct lexicon_reader){take_mention, &all}, &meaning, problem);
    struct noted_mention *kept = status == IEUM_OK ? arena_allocate(arena, all.count * sizeof *kept) : NULL;
    if (status == IEUM_OK && !kept) status = problem_set_memory(problem);
    if (status == IEUM_OK) {
        if (all.count) memcpy(kept, all.items, all.count * sizeof *kept);
        *understanding = (struct understanding){texts, kept, all.count, meaning};
    }
    vector_free(&all);
    return status;
}

static void write_meaning(const struct meaning *meaning, struct buffer *bytes) {
    buffer_add_word(bytes, meaning->strength);
    buffer_add_word(bytes, (uint32_t)meaning->count);
    buffer_add_word(bytes, (uint32_t)meaning->span_count);
    for (size_t i = 0; i < meaning->count; i++) buffer_add_word(bytes, meaning->items[i].concept << 16 | meaning->items[i].weight);
    for (size_t i = 0; i < meaning->span_count; i++) {
        buffer_add_word(bytes, meaning->spans[i].concept);
        buffer_add_word(bytes, meaning->spans[i].text);
        buffer_add_word(bytes, meaning->spans[i].start);
        buffer_add_word(bytes, meaning->spans[i].end);
    }
}

bool understanding_write(const struct understanding *understanding, struct buffer *bytes) {
    buffer_add_byte(bytes, FORMAT);
    buffer_add_word(bytes, (uint32_t)understanding->count);
    for (size_t i = 0; i < understanding->count; i++) {
        const struct noted_mention *noted = &understanding->mentions[i];
        buffer_add_word(bytes, noted->text);
        buffer_add_word(bytes, noted->mention.concept);
        buffer_add_word(bytes, noted->mention.start);
        buffer_add_word(bytes, noted->mention.end);
        buffer_add_word(bytes, (uint32_t)noted->mention.kind | (uint32_t)noted->mention.negated << 8 |
                            (uint32_t)noted->mention.undecided << 16);
    }
    write_meaning(&understanding->meaning, bytes);
    return !bytes->failed;
}

/* What is left to read. */
struct stored_words {
    const unsigned char *at;
    size_t left; /* words */
};

static uint32_t next_word(struct stored_words *words) {
    words->at += 4;
    words->left--;
    return buffer_word_at(words->at - 4);
}

/* How many code points a text has; each is counted when it is first asked for. */
struct text_lengths {
    struct record_texts texts;
    uint32_t *points; /* UINT32_MAX: not yet */
};

static bool lies_in(struct text_lengths *lengths, uint32_t text, uint32_t start, uint32_t end) {
    if (text >= lengths->texts.count || start >= end) return false;
    uint32_t *points = &lengths->points[text];
    if (*points == UINT32_MAX)
        *points = (uint32_t)utf8_count_valid(lengths->texts.items[text].text, strlen(lengths->texts.items[text].text));
    return end <= *points;
}

static const struct noted_mention *read_mentions(struct stored_words *words, size_t count, uint32_t concepts, struct text_lengths *lengths,
                                                 struct arena *arena) {
    struct noted_mention *mentions = arena_allocate_zero(arena, count, sizeof *mentions);
    for (size_t i = 0; mentions && i < count; i++) {
        struct mention *mention = &mentions[i].mention;
        mentions[i].text = next_word(words);
        *mention = (struct mention){.concept = next_word(words)};
        mention->start = next_word(words);
        mention->end = next_word(words);
        const uint32_t flags = next_word(words);
        mention->kind = flags & 0xFF;
        mention->negated = flags >> 8 & 1;
        mention->undecided = flags >> 16 & 1;
        if (mention->concept >= concepts || mention->kind > MENTION_PATTERN || !lies_in(lengths, mentions[i].text, mention->start, mention->end))
            return NULL;
    }
    return mentions;
}

static bool read_meaning(struct stored_words *words, uint32_t concepts, struct text_lengths *lengths, struct arena *arena,
                         struct meaning *meaning) {
    if (words->left < 3) return false;
    *meaning = (struct meaning){.strength = next_word(words)};
    const size_t items = next_word(words), spans = next_word(words);
    if (items > words->left || spans > words->left || words->left != items * ITEM_WORDS + spans * SPAN_WORDS) return false;
    struct meaning_item *item = arena_allocate(arena, items * sizeof *item);
    struct meaning_span *span = arena_allocate(arena, spans * sizeof *span);
    if (!item || !span) return false;
    for (size_t i = 0; i < items; i++) {
        const uint32_t word = next_word(words);
        item[i] = (struct meaning_item){word >> 16, (uint16_t)(word & 0xFFFF)};
        if (item[i].concept >= concepts || item[i].weight == 0) return false;
    }
    for (size_t i = 0; i < spans; i++) {
        span[i].concept = next_word(words);
        span[i].text = next_word(words);
        span[i].start = next_word(words);
        span[i].end = next_word(words);
        if (span[i].concept >= concepts || !lies_in(lengths, span[i].text, span[i].start, span[i].end)) return false;
    }
    meaning->items = item;
    meaning->count = items;
    meaning->spans = span;
    meaning->span_count = spans;
    return true;
}

/* The store is a file that anyone may have damaged: nothing of it is used unchecked. */
bool understanding_read(const struct lexicon *lexicon, struct record_texts texts, const void *bytes, size_t size,
                        struct arena *arena, struct understanding *understanding) {
    const unsigned char *raw = bytes;
    if (size < 5 || raw[0] != FORMAT || (size - 1) % 4 != 0) return false;
    struct stored_words words = {raw + 1, (size - 1) / 4};
    const size_t count = next_word(&words);
    struct text_lengths lengths = {texts, arena_allocate(arena, (texts.count + 1) * sizeof *lengths.points)};
    struct meaning meaning;
    if (!lengths.points || count > words.left / WORDS) return false;
    memset(lengths.points, 0xFF, (texts.count + 1) * sizeof *lengths.points);
    const struct noted_mention *mentions = read_mentions(&words, count, lexicon_count(lexicon), &lengths, arena);
    if (!mentions || !read_meaning(&words, lexicon_count(lexicon), &lengths, arena, &meaning)) return false;
    *understanding = (struct understanding){texts, mentions, count, meaning};
    return true;
}
