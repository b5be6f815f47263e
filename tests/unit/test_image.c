/* SPDX-License-Identifier: Apache-2.0 */
/* Images of suppliers: what goes in comes out, and whatever is not as it was written is refused. */
#include "test.h"

#include "adapt/digest.h"
#include "base/files.h"
#include "base/random.h"
#include "record/image.h"
#include "record/read.h"
#include "store/store.h"
#include "supplier_same.h"

static const char *const records[] = {
    "{\"id\":\"A1\",\"name\":\"가(가상)\",\"roles\":[\"developer\"],\"lead_fields\":[],\"solutions\":[{\"name\":\"가\"},{\"name\":\"나\",\"kind\":\"service\","
    "\"ethics\":{\"checked\":\"2026-01-02\",\"open\":[\"tested\",\"workers\"]}}]}",
    "{\"id\":\"A1\",\"name\":\"가나(가상)\"}",
    "{\"id\":\"A1\",\"name\":\"가나(가상)\",\"region\":null,\"ksic\":[],\"products\":[],\"domains\":null,\"references\":[],"
    "\"summary\":null}",
    "{\"id\":\"A1\",\"name\":\"\\u1100\\u1161\\u1102\\u1161(가상)\",\"summary\":\"\\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af e\\u0301\","
    "\"capabilities\":[\"\\u1107\\u1175\\u110c\\u1165\\u11ab\"]}",
    "{\"id\":\"A1\",\"name\":\"가\",\"vector\":[1,2.5],\"note\":{\"deep\":[{\"x\":1.25}]},\"affiliates\":\"나\",\"website\":\"x\"}",
    "{\"id\":\"A1\",\"name\":\"가\",\"affiliates\":[\"나\",\"다\"],\"employees\":0,\"capacity\":0,\"price_krw\":[0,1000000000000000],"
    "\"references\":[{\"industry_ksic\":\"30399\",\"title\":\"가\",\"year\":2024},{\"industry_ksic\":\"C\"},{\"title\":\"나\"},{},"
    "{\"year\":1999}],\"ksic_rev\":11,\"ksic\":[\"C30\",\"26\"],\"founded\":\"2019-02-28\",\"registration_no\":\"000-81-00009\","
    "\"size\":\"중소기업\",\"business_kind\":\"인공지능개발사업자\",\"data_types\":[\"이미지\",\"a\"],\"deployment\":[\"cloud\"],"
    "\"certifications\":[\"ISMS\"]}",
};
enum { RECORDS = sizeof records / sizeof *records };

/* A supplier with its image and the image's digest. */
struct sample {
    struct arena *arena;
    struct supplier whole;
    char digest[DIGEST_TEXT];
    struct buffer image;
};

static struct sample sample_of(const jval *json) {
    struct sample sample = {.arena = arena_new()};
    struct problem problem = {0};
    CHECK_INT(supplier_read(json, NULL, sample.arena, &sample.whole, &problem), IEUM_OK);
    CHECK_INT(record_digest(json, sample.digest, &problem), IEUM_OK);
    CHECK(supplier_image_write(&sample.whole, sample.digest, &sample.image));
    return sample;
}

static struct sample sample_from(const char *text) {
    struct problem problem = {0};
    jval *json = NULL;
    CHECK_INT(jval_parse(text, strlen(text), &json, &problem), IEUM_OK);
    struct sample sample = sample_of(json);
    jval_free(json);
    return sample;
}

static void sample_free(struct sample *sample) {
    jval_free(sample->whole.json);
    buffer_free(&sample->image);
    arena_free(sample->arena);
}

/* Reads the bytes from memory of exactly their size, so that a step beyond shows. */
static bool reads(const void *bytes, size_t size, const char *digest, struct arena *arena, struct supplier *lean) {
    void *exact = memory_allocate(size);
    if (size) memcpy(exact, bytes, size);
    bool read = supplier_image_read(exact, size, digest, arena, lean);
    if (read) CHECK(jval_is(lean->json, JVAL_OBJECT) && lean->lean);
    if (read) jval_free(lean->json);
    memory_free(exact);
    return read;
}

static void check_round_trip(const struct sample *sample) {
    struct arena *arena = arena_new();
    struct supplier lean = {.json = NULL};
    CHECK(supplier_image_read(sample->image.bytes, sample->image.size, sample->digest, arena, &lean));
    CHECK(supplier_image_current(sample->image.bytes, sample->image.size));
    if (lean.json) {
        CHECK(suppliers_same(&sample->whole, &lean));
        CHECK(lean.lean && !sample->whole.lean);
        CHECK_TEXT(lean.digest, sample->digest);
        CHECK(jval_count(lean.json) <= SUPPLIER_LIGHT_MEMBERS);
        struct buffer again = BUFFER_EMPTY;
        CHECK(!supplier_image_write(&lean, sample->digest, &again)); /* a lean record has no image to give */
        buffer_free(&again);
    }
    jval_free(lean.json);
    arena_free(arena);
}

TEST(what_goes_in_comes_out) {
    for (size_t i = 0; i < RECORDS; i++) {
        struct sample sample = sample_from(records[i]);
        check_round_trip(&sample);
        sample_free(&sample);
    }
}

TEST(the_demo_comes_out_as_it_went_in) {
    struct problem problem = {0};
    struct record_set set = {0};
    char path[512], *bytes = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/data/demo/suppliers.jsonl", test_source());
    CHECK_INT(file_read(path, 1 << 24, &bytes, &size, &problem), IEUM_OK);
    CHECK_INT(record_set_read(RECORD_SUPPLIER, path, bytes ? bytes : "", size, ".", &set, &problem), IEUM_OK);
    CHECK(set.count > 50);
    for (size_t i = 0; i < set.count; i++) {
        struct sample sample = sample_of(set.suppliers[i].json);
        check_round_trip(&sample);
        CHECK(sample.image.size < 2 * size / set.count + 4096);
        sample_free(&sample);
    }
    record_set_free(&set);
    memory_free(bytes);
}

static void add_texts(struct random *random, struct buffer *text, const char *key) {
    static const char *const words[] = {"비전 검사", "a", "이상 \\\"탐지\\\"", "\\u1100\\u1161", "ＦＡ", "😀", "한", "x\\ny"};
    if (random_below(random, 4) == 0) return;
    buffer_format(text, ",\"%s\":[", key);
    for (uint64_t i = 0, count = random_below(random, 6); i < count; i++)
        buffer_format(text, "%s\"%s\"", i ? "," : "", words[random_below(random, 8)]);
    buffer_add_text(text, "]");
}

TEST(random_records_come_out_as_they_went_in) {
    static const char *const lists[] = {"products", "capabilities", "domains", "data_types", "certifications", "deployment", "affiliates"};
    static const char *const others[] = {",\"region\":\"서울특별시\"", ",\"founded\":\"2000-02-29\"", ",\"employees\":12", ",\"capacity\":3",
                                         ",\"summary\":\"글\"", ",\"ksic\":[\"J62\",\"C26\"]", ",\"ksic_rev\":10", ",\"price_krw\":[1,2]",
                                         ",\"unknown\":[1.5,{\"a\":null}]", ",\"size\":\"중견기업\"", ",\"references\":[{\"title\":\"t\"}]"};
    struct random random;
    random_seed(&random, 11);
    for (int i = 0; i < 500; i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_format(&text, "{\"id\":\"R%d\",\"name\":\"무작위%d(가상)\"", i, i);
        for (size_t j = 0; j < sizeof lists / sizeof *lists; j++) add_texts(&random, &text, lists[j]);
        for (size_t j = 0; j < sizeof others / sizeof *others; j++)
            if (random_below(&random, 2)) buffer_add_text(&text, others[j]);
        buffer_add_text(&text, "}");
        struct sample sample = sample_from(text.bytes);
        check_round_trip(&sample);
        sample_free(&sample);
        buffer_free(&text);
    }
}

TEST(every_cut_and_every_changed_byte_is_refused) {
    for (size_t i = 0; i < RECORDS; i++) {
        struct sample sample = sample_from(records[i]);
        struct supplier lean;
        for (size_t size = 0; size < sample.image.size; size++)
            CHECK(!reads(sample.image.bytes, size, sample.digest, sample.arena, &lean));
        for (size_t at = 0; at < sample.image.size; at++)
            for (int bit = 0; bit < 8; bit++) {
                sample.image.bytes[at] ^= (char)(1 << bit);
                CHECK(!reads(sample.image.bytes, sample.image.size, sample.digest, sample.arena, &lean));
                sample.image.bytes[at] ^= (char)(1 << bit);
            }
        buffer_add_byte(&sample.image, 0);
        CHECK(!reads(sample.image.bytes, sample.image.size, sample.digest, sample.arena, &lean));
        sample_free(&sample);
    }
}

/* The checksum of image.c again, to get past it: what a forger would do. */
static void seal(struct buffer *image) {
    unsigned char *bytes = (unsigned char *)image->bytes, tail[8] = {0};
    size_t size = image->size - 16, at = 16;
    uint64_t sum = size, word;
    for (bool last = false; !last;) {
        last = size < 8;
        memset(tail, 0, 8);
        memcpy(tail, bytes + at, last ? size : 8);
        word = 0;
        for (int i = 0; i < 8; i++) word |= (uint64_t)tail[i] << (8 * i);
        sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> (last ? 32 : 29);
        at += 8;
        size -= last ? size : 8;
    }
    for (int i = 0; i < 8; i++) bytes[8 + i] = (unsigned char)(sum >> (8 * i));
}

/* With a right checksum, damage is read as something valid or refused, and never reaches beyond the bytes. */
TEST(forged_images_do_no_harm) {
    struct random random;
    size_t refused = 0, taken = 0;
    random_seed(&random, 5);
    for (int i = 0; i < 20000; i++) {
        struct sample sample = sample_from(records[(size_t)i % RECORDS]);
        struct supplier lean;
        struct arena *arena = arena_new();
        seal(&sample.image);
        if (i < RECORDS) CHECK(reads(sample.image.bytes, sample.image.size, sample.digest, arena, &lean));
        for (uint64_t n = 1 + random_below(&random, 3); n > 0; n--)
            sample.image.bytes[81 + random_below(&random, sample.image.size - 81)] =
                (char)(random_below(&random, 2) ? random_next(&random) : random_below(&random, 6));
        if (random_below(&random, 4) == 0) sample.image.size -= (size_t)random_below(&random, sample.image.size - 81);
        seal(&sample.image);
        bool read = reads(sample.image.bytes, sample.image.size, sample.digest, arena, &lean);
        refused += !read;
        taken += read;
        arena_free(arena);
        sample_free(&sample);
    }
    CHECK(refused > 1000 && taken > 100);
}

TEST(another_record_or_version_is_refused) {
    struct sample sample = sample_from(records[4]), other = sample_from(records[0]);
    struct supplier lean;
    CHECK(!reads(sample.image.bytes, sample.image.size, other.digest, sample.arena, &lean));
    CHECK(!reads(sample.image.bytes, sample.image.size, "", sample.arena, &lean));
    sample.image.bytes[7]++;
    CHECK(!supplier_image_current(sample.image.bytes, sample.image.size));
    CHECK(!reads(sample.image.bytes, sample.image.size, sample.digest, sample.arena, &lean));
    CHECK(!supplier_image_current("", 0));
    sample_free(&sample);
    sample_free(&other);
}

TEST(memory_may_fail_anywhere) {
    struct sample sample = sample_from(records[4]);
    for (uint64_t n = 1; n < 1000; n++) {
        struct arena *arena = arena_new();
        struct supplier lean = {.json = NULL};
        memory_clear_failed();
        memory_fail_at(n);
        bool read = supplier_image_read(sample.image.bytes, sample.image.size, sample.digest, arena, &lean);
        const bool all = memory_count() < n;
        memory_fail_at(0);
        CHECK(read == all);
        if (read) CHECK(suppliers_same(&sample.whole, &lean));
        jval_free(lean.json);
        arena_free(arena);
        if (all) break;
    }
    for (uint64_t n = 1; n < 1000; n++) {
        struct buffer image = BUFFER_EMPTY;
        memory_clear_failed();
        memory_fail_at(n);
        bool written = supplier_image_write(&sample.whole, sample.digest, &image);
        const bool all = memory_count() < n;
        memory_fail_at(0);
        CHECK(written == all);
        buffer_free(&image);
        if (all) break;
    }
    memory_clear_failed();
    sample_free(&sample);
}

TEST_MAIN(what_goes_in_comes_out, the_demo_comes_out_as_it_went_in, random_records_come_out_as_they_went_in,
          every_cut_and_every_changed_byte_is_refused, forged_images_do_no_harm, another_record_or_version_is_refused,
          memory_may_fail_anywhere)
