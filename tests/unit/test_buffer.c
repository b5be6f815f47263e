/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers against a plain array, and what stays after memory ran out. */
#include "test.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"

TEST(adding_is_appending) {
    static char plain[1 << 16];
    struct random random;
    random_seed(&random, 1);
    for (int round = 0; round < 60; round++) {
        struct buffer buffer = BUFFER_EMPTY;
        size_t size = 0;
        while (size < sizeof plain - 1000) {
            char piece[300];
            size_t count = random_below(&random, random_below(&random, 20) ? 20 : sizeof piece);
            for (size_t i = 0; i < count; i++) piece[i] = (char)random_below(&random, 256);
            switch (random_below(&random, 3)) {
            case 0: buffer_add(&buffer, piece, count); break;
            case 1:
                for (size_t i = 0; i < count; i++) buffer_add_byte(&buffer, piece[i]);
                break;
            default:
                for (size_t i = 0; i < count; i++) piece[i] = (char)('a' + (piece[i] & 15));
                piece[count < sizeof piece ? count : --count] = '\0';
                if (count % 2)
                    buffer_add_text(&buffer, piece);
                else
                    buffer_format(&buffer, "%s", piece);
            }
            memcpy(plain + size, piece, count);
            size += count;
            CHECK(buffer.size == size);
            CHECK(buffer.bytes ? size < buffer.capacity && buffer.bytes[size] == '\0' : size == 0);
        }
        CHECK(!buffer.failed && memcmp(buffer.bytes, plain, size) == 0);
        if (round % 2) {
            buffer_clear(&buffer);
            CHECK(buffer.size == 0 && buffer.bytes[0] == '\0');
            buffer_add_text(&buffer, "again");
            CHECK_TEXT(buffer.bytes, "again");
        }
        buffer_free(&buffer);
        CHECK(!buffer.bytes && buffer.size == 0 && buffer.capacity == 0);
    }
}

TEST(formats_are_written_whole) {
    struct buffer buffer = BUFFER_EMPTY;
    buffer_format(&buffer, "%d-%s-%.3f", -7, "이음", 0.5);
    CHECK_TEXT(buffer.bytes, "-7-이음-0.500");
    buffer_format(&buffer, "%s", "");
    CHECK_INT(buffer.size, strlen("-7-이음-0.500"));
    buffer_format(&buffer, "%5000d", 1);
    CHECK_INT(buffer.size, strlen("-7-이음-0.500") + 5000);
    CHECK(buffer.bytes[buffer.size - 1] == '1');
    buffer_free(&buffer);
}

TEST(taking_hands_over) {
    struct buffer buffer = BUFFER_EMPTY;
    char *text = buffer_take(&buffer);
    CHECK_TEXT(text, ""); /* never NULL unless memory failed */
    memory_free(text);
    buffer_add_text(&buffer, "가나");
    text = buffer_take(&buffer);
    CHECK_TEXT(text, "가나");
    CHECK(!buffer.bytes && buffer.size == 0 && !buffer.failed);
    memory_free(text);
    buffer_free(&buffer);
}

TEST(after_a_failure_it_stays_as_it_was) {
    struct buffer buffer = BUFFER_EMPTY;
    char long_text[500];
    memset(long_text, 'x', sizeof long_text);
    buffer_add_text(&buffer, "kept");
    memory_fail_at(1);
    buffer_add(&buffer, long_text, sizeof long_text);
    memory_fail_at(0);
    CHECK(buffer.failed);
    CHECK_TEXT(buffer.bytes, "kept");
    buffer_add_byte(&buffer, '!'); /* a text with a hole would be worse than none */
    buffer_add_text(&buffer, "");
    buffer_format(&buffer, "%d", 1);
    CHECK(buffer.failed);
    CHECK_TEXT(buffer.bytes, "kept");
    CHECK(buffer_take(&buffer) == NULL);
    CHECK(!buffer.failed && !buffer.bytes);
    buffer_add_text(&buffer, "new");
    CHECK_TEXT(buffer.bytes, "new");
    buffer_free(&buffer);
    memory_clear_failed();
}

TEST(sizes_past_the_end_are_refused) {
    struct buffer buffer = BUFFER_EMPTY;
    buffer_add_text(&buffer, "kept");
    volatile size_t huge = SIZE_MAX;
    buffer_add(&buffer, "", huge - 2);
    CHECK(buffer.failed);
    CHECK_TEXT(buffer.bytes, "kept");
    buffer_free(&buffer);
}

TEST_MAIN(adding_is_appending, formats_are_written_whole, taking_hands_over, after_a_failure_it_stays_as_it_was,
          sizes_past_the_end_are_refused)
