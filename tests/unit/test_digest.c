/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against the examples of FIPS 180-4, and bytes fed in pieces. */
#include "test.h"

#include "adapt/digest.h"
#include "base/random.h"

static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

TEST(published_examples) {
    char text[DIGEST_TEXT];
    digest_of("", 0, text);
    CHECK_TEXT(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_of("abc", 3, text);
    CHECK_TEXT(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest_of(two_blocks, strlen(two_blocks), text);
    CHECK_TEXT(text, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    struct digest digest;
    digest_begin(&digest);
    for (int i = 0; i < 1000; i++) {
        char thousand[1000];
        memset(thousand, 'a', sizeof thousand);
        digest_add(&digest, thousand, sizeof thousand);
    }
    digest_end(&digest, text);
    CHECK_TEXT(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* RFC 7693 gives BLAKE2b of 512 bits; these of 256 are what `b2sum -l 256` prints. */
TEST(blake2b_of_256_bits) {
    char text[DIGEST_TEXT];
    digest_of_file("abc", 3, text);
    CHECK_TEXT(text, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    digest_of_file("", 0, text);
    CHECK_TEXT(text, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST(pieces_make_the_whole) {
    unsigned char bytes[1000];
    char whole[DIGEST_TEXT], pieces[DIGEST_TEXT];
    struct random random;
    random_seed(&random, 4);
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)random_below(&random, 256);
    for (int round = 0; round < 200; round++) {
        size_t size = random_below(&random, sizeof bytes + 1);
        struct digest digest;
        digest_of(bytes, size, whole);
        digest_begin(&digest);
        for (size_t at = 0; at < size;) {
            size_t piece = 1 + random_below(&random, size - at);
            digest_add(&digest, bytes + at, piece);
            at += piece;
        }
        digest_end(&digest, pieces);
        CHECK_TEXT(pieces, whole);
    }
}

/* "ab" + "c" and "a" + "bc" are different lists of texts. */
TEST(texts_cannot_run_together) {
    static const char *const lists[][2] = {{"ab", "c"}, {"a", "bc"}, {"abc", ""}, {"", "abc"}};
    char texts[4][DIGEST_TEXT];
    for (size_t i = 0; i < 4; i++) {
        struct digest digest;
        digest_begin(&digest);
        digest_add_text(&digest, lists[i][0]);
        digest_add_text(&digest, lists[i][1]);
        digest_end(&digest, texts[i]);
        for (size_t j = 0; j < i; j++) CHECK(strcmp(texts[i], texts[j]) != 0);
    }
    char expected[DIGEST_TEXT];
    digest_of("ab\0c", 5, expected);
    CHECK_TEXT(texts[0], expected);
}

TEST_MAIN(published_examples, blake2b_of_256_bits, pieces_make_the_whole, texts_cannot_run_together)
