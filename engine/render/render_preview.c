/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a file before it is imported: what its columns were taken for, what is wrong, what is there already, and what importing would do. */
#include <string.h>

#include "page.h"
#include "table.h"

/* The label of a field, or what stands for it where the table of columns has none. */
static const char *label_of(const struct page *page, const jval *fields, const char *field) {
    for (size_t i = 0; i < jval_count(fields); i++)
        if (strcmp(jval_text(jval_get(jval_at(fields, i), "field")), field) == 0) return page_text(page, jval_get(jval_at(fields, i), "label"));
    return field;
}

static const char *how_word(const struct page *page, const char *how) {
    static const char *const words[][3] = {{"known", "열 이름으로", "by its name"},
                                           {"weak", "열 이름으로(다른 열이 없어)", "by its name, as no other column has it"},
                                           {"chosen", "고른 대로", "as chosen"},
                                           {"extra", "모르는 열: 그대로 담음", "not known: kept as it is"},
                                           {"unknown", "이름 없는 열", "without a name"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], how) == 0) return page_choose(page, words[i][1], words[i][2]);
    return how;
}

static void add_columns(struct page *page, const jval *result) {
    const char *const ko[] = {">열", "열 이름", "항목", "어떻게", "첫 값", NULL}, *const en[] = {">column", "name", "field", "how", "first value", NULL};
    const jval *columns = jval_get(result, "columns");
    struct table table;
    if (!jval_count(columns)) return;
    page_heading(page, "열", "Columns");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(columns); i++) {
        const jval *column = jval_at(columns, i), *unit = jval_get(column, "unit");
        const char *field = jval_text(jval_get(column, "field"));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(column, "column")));
        table_add(&table, jval_text(jval_get(column, "header")));
        if (unit) table_add_format(&table, page_choose(page, "%s (1 = %lld원)", "%s (1 = KRW %lld)"), label_of(page, jval_get(result, "fields"), field), (long long)jval_integer(unit));
        else table_add(&table, label_of(page, jval_get(result, "fields"), field));
        table_add(&table, *field || strcmp(jval_text(jval_get(column, "how")), "chosen") != 0 ? how_word(page, jval_text(jval_get(column, "how")))
                                                                                              : page_choose(page, "읽지 않음", "not read"));
        table_add(&table, jval_text(jval_at(jval_get(column, "sample"), 0)));
    }
    page_table(page, &table, 0);
}

static void add_missing(struct page *page, const jval *result) {
    const jval *missing = jval_get(result, "missing");
    for (size_t i = 0; i < jval_count(missing); i++)
        buffer_format(&page->out, page_choose(page, "필요한 항목이 없습니다: %s (%s)\n", "a needed field has no column: %s (%s)\n"),
                      label_of(page, jval_get(result, "fields"), jval_text(jval_at(missing, i))), jval_text(jval_at(missing, i)));
}

static void add_problems(struct page *page, const jval *result) {
    const char *const ko[] = {">행", ">열", "열 이름", "값", "까닭", NULL}, *const en[] = {">row", ">column", "name", "value", "reason", NULL};
    const jval *problems = jval_get(result, "problems");
    const int64_t more = jval_integer(jval_get(result, "problem_count")) - (int64_t)jval_count(problems);
    struct table table;
    if (!jval_count(problems)) return;
    page_heading(page, "고칠 칸", "Cells to mend");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(problems); i++) {
        const jval *problem = jval_at(problems, i), *column = jval_get(problem, "column");
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(problem, "row")));
        if (column) table_add_format(&table, "%lld", (long long)jval_integer(column));
        else table_add(&table, "");
        table_add(&table, *jval_text(jval_get(problem, "header")) ? jval_text(jval_get(problem, "header")) : jval_text(jval_get(problem, "field")));
        table_add(&table, jval_text(jval_get(problem, "value")));
        table_add(&table, page_text(page, jval_get(problem, "text")));
    }
    page_table(page, &table, 0);
    if (more > 0) buffer_format(&page->out, page_choose(page, "… 그 밖에 %lld칸\n", "… and %lld more\n"), (long long)more);
}

static const char *reason_word(const struct page *page, const char *reason) {
    if (strcmp(reason, "registration_no") == 0) return page_choose(page, "사업자등록번호가 같음", "same registration number");
    if (strcmp(reason, "name_region") == 0) return page_choose(page, "이름과 지역이 같음", "same name and region");
    return page_choose(page, "번호가 같음", "same id");
}

static const char *choice_word(const struct page *page, const jval *duplicate) {
    const char *choice = jval_text(jval_get(duplicate, "choice"));
    if (strcmp(choice, "keep_both") == 0) return page_choose(page, "둘 다 둠", "keep both");
    if (strcmp(choice, "replace") == 0) return page_choose(page, "바꿈", "replace");
    if (strcmp(choice, "skip") == 0) return page_choose(page, "뺌", "skip");
    return jval_true(jval_get(duplicate, "asks")) ? page_choose(page, "고르십시오", "to be chosen") : page_choose(page, "바꿈(변경)", "replace (a change)");
}

static void add_duplicates(struct page *page, const jval *result) {
    const char *const ko[] = {">행", "번호", "있는 기록", "까닭", "어떻게", "달라지는 항목", NULL}, *const en[] = {">row", "id", "there already", "reason", "choice", "differs in", NULL};
    const jval *duplicates = jval_get(result, "duplicates");
    struct table table;
    if (!jval_count(duplicates)) return;
    page_heading(page, "이미 있는 기록", "Records that are there already");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(duplicates); i++) {
        const jval *duplicate = jval_at(duplicates, i), *existing = jval_get(duplicate, "existing"), *differs = jval_get(duplicate, "differs"), *row = jval_get(existing, "row");
        struct buffer fields = BUFFER_EMPTY;
        for (size_t d = 0; d < jval_count(differs); d++)
            buffer_format(&fields, d ? ", %s" : "%s", label_of(page, jval_get(result, "fields"), jval_text(jval_get(jval_at(differs, d), "field"))));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(duplicate, "row")));
        table_add(&table, jval_text(jval_get(duplicate, "id")));
        if (row) table_add_format(&table, page_choose(page, "%s %s (파일의 %lld행)", "%s %s (row %lld of the file)"), jval_text(jval_get(existing, "id")),
                                  jval_text(jval_get(existing, "name")), (long long)jval_integer(row));
        else table_add_format(&table, "%s %s", jval_text(jval_get(existing, "id")), jval_text(jval_get(existing, "name")));
        table_add(&table, reason_word(page, jval_text(jval_get(duplicate, "reason"))));
        table_add(&table, choice_word(page, duplicate));
        table_add(&table, fields.bytes);
        buffer_free(&fields);
    }
    page_table(page, &table, 0);
}

static long long count(const jval *result, const char *member) { return (long long)jval_integer(jval_get(result, member)); }

void render_preview(struct page *page, const jval *result) {
    const char *sheet = jval_text(jval_get(result, "sheet"));
    buffer_format(&page->out, page_choose(page, "%s: %s, %s %s%s%s — %lld행\n", "%s: %s, %s %s%s%s — %lld rows\n"), jval_text(jval_get(result, "name")),
                  jval_text(jval_get(result, "kind")), jval_text(jval_get(result, "format")), jval_text(jval_get(result, "encoding")), *sheet ? ", " : "", sheet,
                  count(result, "rows"));
    buffer_format(&page->out, page_choose(page, "가져오면 새로 %lld, 바뀜 %lld, 그대로 %lld, 뺌 %lld; 고를 것 %lld, 고칠 칸 %lld\n",
                                          "importing it: %lld new, %lld changed, %lld unchanged, %lld left out; %lld to be chosen, %lld cells to mend\n"),
                  count(result, "created"), count(result, "changed"), count(result, "unchanged"), count(result, "skipped"), count(result, "undecided"),
                  count(result, "problem_count"));
    add_missing(page, result);
    add_problems(page, result);
    add_duplicates(page, result);
    add_columns(page, result);
}
