/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of accounts and of the access log. */
#include <string.h>

#include "page.h"

/* "2026-11-26T12:24:09Z" → "2026-11-26 12:24" */
static void add_time(struct table *table, const jval *time) {
    const char *text = jval_text(time);
    if (strlen(text) < 16) table_add(table, text);
    else table_add_format(table, "%.10s %.5s", text, text + 11);
}

static const char *state_word(const struct page *page, const char *state) {
    if (strcmp(state, "active") == 0) return page_choose(page, "사용", "active");
    if (strcmp(state, "expired") == 0) return page_choose(page, "기한 지남", "expired");
    return strcmp(state, "revoked") == 0 ? page_choose(page, "끝냄", "revoked") : state;
}

static void add_accounts(struct page *page, const jval *accounts) {
    const char *const ko[] = {"계정", "역할", "토큰", "상태", "만든 때(UTC)", "기한(UTC)", NULL};
    const char *const en[] = {"account", "role", "token", "state", "made (UTC)", "until (UTC)", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(accounts); i++) {
        const jval *account = jval_at(accounts, i), *tokens = jval_get(account, "tokens");
        for (size_t t = 0; t < jval_count(tokens) || (t == 0 && jval_count(tokens) == 0); t++) {
            const jval *token = jval_at(tokens, t);
            table_add(&table, jval_text(jval_get(account, "account")));
            table_add(&table, jval_text(jval_get(account, "role")));
            table_add(&table, jval_text(jval_get(token, "token_id")));
            table_add(&table, token ? state_word(page, jval_text(jval_get(token, "state"))) : page_choose(page, "토큰 없음", "no token"));
            add_time(&table, jval_get(token, "created"));
            add_time(&table, jval_get(token, "expires"));
        }
    }
    page_table(page, &table, 0);
}

void render_account(struct page *page, const jval *result) {
    const jval *accounts = jval_get(result, "accounts"), *revoked = jval_get(result, "revoked");
    const char *token = jval_text(jval_get(result, "token")), *account = jval_text(jval_get(result, "account"));
    if (accounts) {
        add_accounts(page, accounts);
        return;
    }
    if (revoked) {
        buffer_format(&page->out, page_choose(page, "토큰 %lld개를 끝냈습니다.\n", "%lld tokens were ended.\n"), (long long)jval_integer(revoked));
        return;
    }
    if (*account) buffer_format(&page->out, "%s (%s)\n", account, jval_text(jval_get(result, "role")));
    if (*token)
        buffer_format(&page->out, page_choose(page, "토큰: %s\n이 토큰은 다시 볼 수 없습니다. 안전한 곳에 적어 두십시오. 기한: %s\n", "token: %s\nIt cannot be shown again; keep it safe. Until: %s\n"), token,
                      jval_text(jval_get(result, "expires")));
}

static const char *unusual_word(const struct page *page, const char *kind) {
    static const char *const words[][3] = {{"many_subjects", "많이 봄", "many subjects"}, {"night", "근무 시간 밖", "out of hours"}, {"weekend", "주말", "weekend"}, {"refusals", "거절", "refusals"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], kind) == 0) return page_choose(page, words[i][1], words[i][2]);
    return kind;
}

static void add_group(struct page *page, const jval *group, const char *member, const char *ko_name, const char *en_name) {
    const char *const ko[] = {ko_name, ">횟수", ">본 기업·과제·회차", ">거절", NULL}, *const en[] = {en_name, ">requests", ">firms, demands, rounds", ">refused", NULL};
    struct table table;
    if (!jval_count(group)) return;
    page_heading(page, ko_name, en_name);
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(group); i++) {
        const jval *one = jval_at(group, i);
        table_add(&table, jval_text(jval_get(one, member)));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "count")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "subjects")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "refused")));
    }
    page_table(page, &table, 0);
}

static void add_unusual(struct page *page, const jval *unusual) {
    const char *const ko[] = {"이상", "계정", "언제", ">횟수", NULL}, *const en[] = {"unusual", "account", "when", ">count", NULL};
    struct table table;
    page_heading(page, "살펴볼 것", "To look into");
    if (!jval_count(unusual)) {
        buffer_add_text(&page->out, page_choose(page, "기준을 넘은 것이 없습니다.\n", "Nothing is beyond the thresholds.\n"));
        return;
    }
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(unusual); i++) {
        const jval *one = jval_at(unusual, i);
        table_add(&table, unusual_word(page, jval_text(jval_get(one, "kind"))));
        table_add(&table, jval_text(jval_get(one, "account")));
        table_add(&table, jval_text(jval_get(one, "when")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "count")));
    }
    page_table(page, &table, 0);
}

static void add_entries(struct page *page, const jval *entries) {
    const char *const ko[] = {"언제", "계정", "역할", "접속지", "일", "결과", ">수", "대상", NULL};
    const char *const en[] = {"when", "account", "role", "origin", "operation", "outcome", ">count", "whose", NULL};
    struct table table;
    if (!jval_count(entries)) return;
    page_heading(page, "접속기록", "Entries");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(entries); i++) {
        const jval *one = jval_at(entries, i), *step = jval_get(one, "step");
        struct buffer subjects = BUFFER_EMPTY;
        page_join(jval_get(one, "subject"), &subjects);
        add_time(&table, jval_get(one, "time"));
        table_add(&table, jval_text(jval_get(one, "account")));
        table_add(&table, jval_text(jval_get(one, "role")));
        table_add(&table, jval_text(jval_get(one, "origin")));
        table_add_format(&table, "%s%s%s", jval_text(jval_get(one, "op")), step ? " " : "", jval_text(step));
        table_add(&table, jval_text(jval_get(one, "status")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "count")));
        table_add(&table, subjects.bytes);
        buffer_free(&subjects);
    }
    page_table(page, &table, 0);
}

static void add_operations(struct page *page, const jval *roles) {
    const char *const ko[] = {"역할", "이름", "하는 일", NULL}, *const en[] = {"role", "name", "for", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (void *i = jval_first(roles); i; i = jval_next(roles, i)) {
        table_add(&table, jval_key(i));
        table_add(&table, page_text(page, jval_value(i)));
        table_add(&table, page_text(page, jval_get(jval_value(i), "for")));
    }
    page_table(page, &table, 0);
}

void render_access(struct page *page, const jval *result) {
    const jval *roles = jval_get(result, "roles"), *removed = jval_get(result, "removed");
    if (roles) {
        add_operations(page, roles);
    } else if (removed) {
        struct buffer months = BUFFER_EMPTY;
        page_join(removed, &months);
        buffer_format(&page->out, page_choose(page, "%s 이전의 접속기록에서 %lld달 치를 지웠습니다. %s\n", "Of the access log before %s, %lld months were removed. %s\n"),
                      jval_text(jval_get(result, "before")), (long long)jval_count(removed), months.bytes ? months.bytes : "");
        buffer_clear(&months);
        page_join(jval_get(result, "failed"), &months);
        if (months.size) buffer_format(&page->out, page_choose(page, "지우지 못한 달: %s\n", "Could not be removed: %s\n"), months.bytes);
        buffer_free(&months);
    } else {
        buffer_format(&page->out, page_choose(page, "접속기록 %s: %lld건", "Access log %s: %lld entries"), jval_text(jval_get(result, "month")),
                      (long long)jval_integer(jval_get(result, "entry_count")));
        if (jval_integer(jval_get(result, "broken")))
            buffer_format(&page->out, page_choose(page, ", 읽을 수 없는 줄 %lld개", ", %lld lines that cannot be read"), (long long)jval_integer(jval_get(result, "broken")));
        buffer_add_byte(&page->out, '\n');
        add_unusual(page, jval_get(result, "unusual"));
        add_group(page, jval_get(result, "by_account"), "account", "계정", "account");
        add_group(page, jval_get(result, "by_operation"), "operation", "일", "operation");
        add_group(page, jval_get(result, "by_day"), "day", "날", "day");
        add_entries(page, jval_get(result, "entries"));
    }
}
