/* SPDX-License-Identifier: Apache-2.0 */
/* Reading files whole, listing folders, joining paths. */
#include "store_samples.h"

#include "base/memory.h"

static void write_file(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    must(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0, path);
}

TEST(files_come_back_whole) {
    static const size_t sizes[] = {0, 1, 2, 4095, 4096, 65535, 65536, 65537, 300000};
    static char content[300000];
    for (size_t i = 0; i < sizeof content; i++) content[i] = (char)(i * 31 >> 3);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct problem problem = {0};
        char *bytes = NULL;
        size_t size = 99;
        write_file(sample_path("whole"), content, sizes[s]);
        CHECK_INT(file_read(sample_path("whole"), sizes[s], &bytes, &size, &problem), IEUM_OK);
        CHECK_INT(size, sizes[s]);
        CHECK(bytes && memcmp(bytes, content, size) == 0 && bytes[size] == '\0');
        memory_free(bytes);
        if (sizes[s] == 0) continue;
        bytes = NULL;
        CHECK_INT(file_read(sample_path("whole"), sizes[s] - 1, &bytes, &size, &problem), IEUM_LIMIT);
        CHECK(bytes == NULL);
        CHECK_TEXT(problem.source, sample_path("whole"));
    }
}

TEST(a_file_without_a_size_is_read_to_its_end) {
    int ends[2];
    char path[64], *bytes = NULL;
    size_t size = 0;
    struct problem problem = {0};
    must(pipe(ends) == 0, "pipe");
    must(write(ends[1], "from a pipe", 11) == 11, "write");
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    if (file_exists(path)) {
        CHECK_INT(file_read(path, 1000, &bytes, &size, &problem), IEUM_OK);
        CHECK_TEXT(bytes, "from a pipe");
        memory_free(bytes);
    }
    close(ends[0]);
}

TEST(what_cannot_be_read_is_told) {
    struct problem problem = {0};
    char *bytes = NULL;
    size_t size = 0;
    CHECK_INT(file_read(sample_path("absent"), 10, &bytes, &size, &problem), IEUM_NOT_FOUND);
    CHECK(strstr(problem.ko, sample_path("absent")) && strstr(problem.en, sample_path("absent")));
    problem_clear(&problem);
    CHECK_INT(file_read(sample_folder, 10, &bytes, &size, &problem), IEUM_INVALID);
    problem_clear(&problem);
    char below[256];
    write_file(sample_path("plain"), "x", 1);
    snprintf(below, sizeof below, "%s/below", sample_path("plain"));
    CHECK_INT(file_read(below, 10, &bytes, &size, &problem), IEUM_NOT_FOUND);
    problem_clear(&problem);
    memory_fail_at(1);
    CHECK_INT(file_read(sample_path("plain"), 10, &bytes, &size, &problem), IEUM_MEMORY);
    memory_fail_at(0);
    memory_clear_failed();
    CHECK(bytes == NULL);
    CHECK(file_exists(sample_path("plain")) && file_exists(sample_folder) && !file_exists(sample_path("absent")));
}

TEST(folders_are_listed_in_order) {
    static const char *const made[] = {"b.json", "a.json", "ab.json", "B.json",       "가.json",
                                       "c.txt",  "json",   ".json",   ".hidden.json", "x.json.bak"};
    static const char *const expected[] = {"B.json", "a.json", "ab.json", "b.json", "가.json"}; /* by bytes */
    struct problem problem = {0};
    char folder[256], path[512], **names = NULL;
    size_t count = 0;
    snprintf(folder, sizeof folder, "%s", sample_path("folder"));
    must(mkdir(folder, 0777) == 0, folder);
    CHECK_INT(folder_list(folder, ".json", &names, &count, &problem), IEUM_OK);
    CHECK_INT(count, 0);
    memory_free(names);
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, made[i]);
        write_file(path, "", 0);
    }
    CHECK_INT(folder_list(folder, ".json", &names, &count, &problem), IEUM_OK);
    CHECK_INT(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count && i < sizeof expected / sizeof *expected; i++) CHECK_TEXT(names[i], expected[i]);
    memory_free(names);
    memory_fail_at(1);
    CHECK_INT(folder_list(folder, ".json", &names, &count, &problem), IEUM_MEMORY);
    memory_fail_at(0);
    memory_clear_failed();
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, made[i]);
        remove(path);
    }
    rmdir(folder);
    problem_clear(&problem);
    CHECK_INT(folder_list(folder, ".json", &names, &count, &problem), IEUM_NOT_FOUND);
}

TEST(paths_are_joined) {
    char *path = path_join("data", "programs");
    CHECK_TEXT(path, "data/programs");
    memory_free(path);
    path = path_join("", "");
    CHECK_TEXT(path, "/");
    memory_free(path);
    memory_fail_at(1);
    CHECK(path_join("a", "b") == NULL);
    memory_fail_at(0);
    memory_clear_failed();
}

TEST(end) { sample_folder_clear(); }

TEST_MAIN(files_come_back_whole, a_file_without_a_size_is_read_to_its_end, what_cannot_be_read_is_told,
          folders_are_listed_in_order, paths_are_joined, end)
