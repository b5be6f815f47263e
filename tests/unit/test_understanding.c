/* SPDX-License-Identifier: Apache-2.0 */
/* The stored form of an understanding: what is written is read back; what was cut short or damaged is refused, or gives something that can be used. */
#include <math.h>

#include "base/files.h"
#include "feature/space.h"
#include "notes_samples.h"
#include "record/read.h"

static struct lexicon *tiny;
static struct feature_catalogue *catalogue;
static struct record_set suppliers;
static struct arena *arena;

static const char records[] =
    "{\"id\":\"S1\",\"name\":\"실금찾기(가상)\",\"summary\":\"도금한 판의 실금을 불빛에 비추어 찾습니다. 포장은 지원하지 않습니다\",\"capabilities\":[\"균열 탐지\",\"crack "
    "detection\"],\"references\":[{\"title\":\"제빵 현장 설치\"}]}\n"
    "{\"id\":\"S2\",\"name\":\"말없음(가상)\"}\n";

static struct understanding understood(size_t index) {
    struct understanding notes = {0};
    struct record_texts texts;
    struct problem problem = {0};
    CHECK_INT(supplier_texts(&suppliers.suppliers[index], arena, &texts), IEUM_OK);
    CHECK_INT(understand(tiny, texts, arena, &notes, &problem), IEUM_OK);
    return notes;
}

TEST(load) {
    char path[1024];
    struct problem problem = {0};
    tiny = load_lexicon(TINY_LEXICON);
    arena = arena_new();
    snprintf(path, sizeof path, "%s/data/features/standard.json", test_source());
    CHECK_INT(feature_catalogue_load(path, &catalogue, &problem), IEUM_OK);
    CHECK_INT(record_set_read(RECORD_SUPPLIER, "s.jsonl", records, strlen(records), ".", &suppliers, &problem), IEUM_OK);
    CHECK_INT(suppliers.count, 2);
    if (test_failures) exit(1);
}

static bool same_notes(const struct understanding *a, const struct understanding *b) {
    if (a->count != b->count || a->meaning.span_count != b->meaning.span_count || !same_items(&a->meaning, &b->meaning)) return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct mention *x = &a->mentions[i].mention, *y = &b->mentions[i].mention;
        if (a->mentions[i].text != b->mentions[i].text || x->concept != y->concept || x->start != y->start || x->end != y->end || x->kind != y->kind ||
            x->negated != y->negated || x->undecided != y->undecided)
            return false;
    }
    for (size_t i = 0; i < a->meaning.span_count; i++)
        if (memcmp(&a->meaning.spans[i], &b->meaning.spans[i], sizeof *a->meaning.spans) != 0) return false;
    return true;
}

static void check_round_trip(const struct understanding *notes) {
    struct buffer bytes = BUFFER_EMPTY, again = BUFFER_EMPTY;
    struct understanding found = {0};
    CHECK(understanding_write(notes, &bytes));
    CHECK(understanding_read(tiny, notes->texts, bytes.bytes, bytes.size, arena, &found));
    CHECK(same_notes(notes, &found) && found.texts.items == notes->texts.items && found.texts.count == notes->texts.count);
    CHECK(understanding_write(&found, &again));
    CHECK(again.size == bytes.size && memcmp(again.bytes, bytes.bytes, bytes.size) == 0);
    buffer_free(&bytes);
    buffer_free(&again);
}

TEST(what_is_written_is_read_back) {
    struct random random;
    struct understanding notes = understood(0);
    CHECK(notes.count > 3 && notes.meaning.count > 0 && notes.meaning.span_count > 0);
    check_round_trip(&notes);
    notes = understood(1);
    CHECK(notes.count == 0 && notes.meaning.count == 0);
    check_round_trip(&notes);
    random_seed(&random, 2);
    for (int i = 0; i < 500; i++) {
        notes = invent_notes(&random, tiny, random_below(&random, 10), random_below(&random, 6), random_below(&random, 8), arena);
        check_round_trip(&notes);
    }
}

/* All that may be relied on of an understanding that was read. */
static bool is_sound(const struct understanding *notes) {
    const uint32_t concepts = lexicon_count(tiny);
    for (size_t i = 0; i < notes->count; i++) {
        const struct mention *mention = &notes->mentions[i].mention;
        if (notes->mentions[i].text >= notes->texts.count || mention->concept >= concepts || mention->start >= mention->end || mention->kind > MENTION_PATTERN ||
            mention->negated > 1 || mention->undecided > 1)
            return false;
        const char *text = notes->texts.items[notes->mentions[i].text].text;
        if (mention->end > utf8_count(text, strlen(text))) return false;
    }
    for (size_t i = 0; i < notes->meaning.count; i++)
        if (notes->meaning.items[i].concept >= concepts || notes->meaning.items[i].weight == 0) return false;
    for (size_t i = 0; i < notes->meaning.span_count; i++) {
        const struct meaning_span *span = &notes->meaning.spans[i];
        if (span->text >= notes->texts.count || span->concept >= concepts || span->start >= span->end) return false;
        const char *text = notes->texts.items[span->text].text;
        if (span->end > utf8_count(text, strlen(text))) return false;
    }
    return true;
}

/* Features over it, on both sides: values as ever. */
static void use(const struct understanding *notes) {
    struct feature_definition features[] = {{.id = "m", .kind = "meaning_match"}, {.id = "c", .kind = "concept_overlap"}};
    const struct program program = {.id = "test", .features = features, .feature_count = 2};
    const struct demand demand = {0};
    const struct demand_view view = {&demand, notes};
    struct feature_space *space = NULL;
    struct problem problem = {0};
    struct concept_joint joints[64];
    double values[2];
    CHECK_INT(feature_space_new(&program, catalogue, tiny, NULL, suppliers.suppliers, notes, 1, 1, &space, &problem), IEUM_OK);
    if (!space) return;
    CHECK_INT(feature_compute(space, &view, values, &problem), IEUM_OK);
    for (size_t f = 0; f < 2; f++) {
        CHECK(isnan(values[f]) || (values[f] >= 0 && values[f] <= 1));
        CHECK(feature_concept_joints(space, f, &view, 0, joints, 64) <= 64);
    }
    feature_space_free(space);
}

TEST(cut_short_it_is_refused) {
    const struct understanding notes = understood(0);
    struct buffer bytes = BUFFER_EMPTY;
    struct understanding found;
    CHECK(understanding_write(&notes, &bytes));
    const size_t whole = bytes.size;
    for (size_t size = 0; size < whole; size++) {
        char *part = memory_allocate(size); /* of its own size, so that reading past it shows */
        memcpy(part, bytes.bytes, size);
        CHECK(!understanding_read(tiny, notes.texts, part, size, arena, &found));
        memory_free(part);
    }
    for (size_t more = 1; more <= 16; more++) {
        buffer_add_byte(&bytes, (char)more);
        CHECK(!understanding_read(tiny, notes.texts, bytes.bytes, whole + more, arena, &found));
    }
    buffer_free(&bytes);
}

TEST(damaged_it_is_refused_or_sound) {
    const struct understanding notes = understood(0);
    struct buffer bytes = BUFFER_EMPTY;
    size_t refused = 0, taken = 0;
    CHECK(understanding_write(&notes, &bytes));
    for (size_t at = 0; at < bytes.size; at++)
        for (int change = 0; change < 10; change++) {
            struct arena *own = arena_new();
            struct understanding found = {0};
            const char was = bytes.bytes[at];
            bytes.bytes[at] = (char)(change < 8 ? was ^ 1 << change : change == 8 ? 0 : 0xFF);
            if (understanding_read(tiny, notes.texts, bytes.bytes, bytes.size, own, &found)) {
                taken++;
                CHECK(is_sound(&found));
                if (change % 4 == 0) use(&found);
            } else {
                refused++;
            }
            bytes.bytes[at] = was;
            arena_free(own);
        }
    CHECK(taken > 50 && refused > 500);
    buffer_free(&bytes);
}

TEST(of_other_texts_or_another_lexicon_it_is_refused_or_sound) {
    const struct understanding notes = understood(0);
    struct buffer bytes = BUFFER_EMPTY;
    struct understanding found;
    const struct record_texts none = {NULL, 0}, fewer = {notes.texts.items, 1};
    CHECK(understanding_write(&notes, &bytes));
    CHECK(!understanding_read(tiny, none, bytes.bytes, bytes.size, arena, &found));
    CHECK(!understanding_read(tiny, fewer, bytes.bytes, bytes.size, arena, &found));
    /* What no reading of texts gives. */
    struct meaning_item item = {0, 0};
    struct meaning_span span = {0, 0, 3, 3};
    struct noted_mention noted = {{.concept = 0, .start = 0, .end = 1, .kind = 3}, 0};
    const struct understanding wrong[] = {{notes.texts, NULL, 0, {.items = &item, .count = 1}},
                                          {notes.texts, NULL, 0, {.spans = &span, .span_count = 1}},
                                          {notes.texts, &noted, 1, {0}}};
    for (size_t i = 0; i < 3; i++) {
        struct buffer written = BUFFER_EMPTY;
        CHECK(understanding_write(&wrong[i], &written));
        CHECK(!understanding_read(tiny, notes.texts, written.bytes, written.size, arena, &found));
        buffer_free(&written);
    }
    /* Numbers that would not fit any memory. */
    struct buffer huge = BUFFER_EMPTY;
    buffer_add_byte(&huge, bytes.bytes[0]);
    for (int i = 0; i < 4; i++) buffer_add_word(&huge, UINT32_MAX);
    CHECK(!understanding_read(tiny, notes.texts, huge.bytes, huge.size, arena, &found));
    buffer_free(&huge);
    buffer_free(&bytes);
}

TEST(lack_of_memory) {
    const struct understanding notes = understood(0);
    struct buffer bytes = BUFFER_EMPTY;
    bool held = false;
    uint64_t n = 0;
    for (n = 1; !held && n < 100; n++) {
        buffer_free(&bytes);
        memory_fail_at(n);
        held = understanding_write(&notes, &bytes);
        memory_fail_at(0);
        memory_clear_failed();
    }
    CHECK(held && n > 1);
    held = false;
    for (n = 1; !held && n < 100; n++) {
        struct arena *own = arena_new();
        struct understanding found = {0};
        memory_fail_at(n);
        held = understanding_read(tiny, notes.texts, bytes.bytes, bytes.size, own, &found);
        memory_fail_at(0);
        memory_clear_failed();
        if (held) CHECK(same_notes(&notes, &found));
        arena_free(own);
    }
    CHECK(held && n > 1);
    buffer_free(&bytes);
    ieum_status status = IEUM_MEMORY;
    for (n = 1; status == IEUM_MEMORY && n < 1000; n++) {
        struct arena *own = arena_new();
        struct understanding found = {0};
        struct problem problem = {0};
        memory_fail_at(n);
        status = understand(tiny, notes.texts, own, &found, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        if (status == IEUM_OK) CHECK(same_notes(&notes, &found));
        arena_free(own);
    }
    CHECK(status == IEUM_OK && n > 5);
}

TEST(unload) {
    record_set_free(&suppliers);
    feature_catalogue_free(catalogue);
    lexicon_free(tiny);
    arena_free(arena);
}

TEST_MAIN(load, what_is_written_is_read_back, cut_short_it_is_refused, damaged_it_is_refused_or_sound, of_other_texts_or_another_lexicon_it_is_refused_or_sound,
          lack_of_memory, unload)
