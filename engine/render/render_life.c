/* SPDX-License-Identifier: Apache-2.0 */
/* A round's life on a page: pairs with the answers, restrictions, objections, who took which step; the audit log; what a change would do. */
#include <string.h>

#include "page.h"
#include "table.h"

/* Names of states, steps and kinds as an office says them. */
static const struct {
    const char *id, *ko, *en;
} words[] = {
    {"draft", "준비", "draft"}, {"open", "접수", "open"}, {"selected", "선발", "selected"}, {"proposed", "제안", "proposed"}, {"consent", "동의", "consent"},
    {"confirmed", "확정", "confirmed"}, {"published", "공고", "published"}, {"agreement", "협약", "agreement"}, {"agreed", "협약", "agreed"}, {"done", "완료", "done"},
    {"settled", "정산", "settled"}, {"declined", "거절", "declined"}, {"lapsed", "기한 지남", "lapsed"}, {"withdrawn", "철회", "withdrawn"}, {"replaced", "교체", "replaced"},
    {"lock", "고정", "lock"}, {"veto", "금지", "veto"}, {"exclusion", "제척", "exclusion"}, {"challenge", "기피", "challenge"}, {"abstention", "회피", "abstention"},
    {"upheld", "인용", "upheld"}, {"rejected", "기각", "rejected"}, {"demand", "수요", "demand"}, {"supplier", "공급", "supplier"}, {"new", "만듦", "new"},
    {"select", "선발", "select"}, {"yes", "동의", "yes"}, {"no", "거절", "no"}, {"propose", "배정안", "propose"}, {"rematch", "재매칭", "rematch"}, {"recuse", "제척·기피·회피", "recuse"}, {"lift", "거둠", "lift"},
    {"third", "제3자 지정", "third party"}, {"extend", "기한 연장", "extend"}, {"withdraw", "철회", "withdraw"}, {"confirm", "확정", "confirm"}, {"publish", "공고", "publish"},
    {"object", "이의신청", "object"}, {"answer", "이의 처리", "answer"}, {"agree", "협약", "agree"}, {"fulfil", "이행", "fulfil"}, {"waive", "예외", "waived"}, {"pass", "합격", "pass"}, {"fail", "불합격", "fail"}, {"settle", "정산", "settle"}, {"attach", "기록 첨부", "attach"}, {"admit", "예비순위 승계", "admit"},
    {"log", "감사 기록", "log"}, {"documents", "자료", "documents"}, {"rules", "규칙", "rules"}, {"proof", "증명", "proof"}, {"replay", "다시 계산", "replay"},
};

const char *page_word(const struct page *page, const char *id) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].id, id) == 0) return page->korean ? words[i].ko : words[i].en;
    return id;
}

/* ---- pairs ---- */

static void add_answers(struct page *page, const jval *pair, struct buffer *out) {
    const jval *consents = jval_get(pair, "consents");
    for (size_t i = 0; i < jval_count(consents); i++) {
        const jval *one = jval_at(consents, i);
        buffer_format(out, "%s%s %s", i ? ", " : "", page_word(page, jval_text(jval_get(one, "side"))),
                      jval_true(jval_get(one, "yes")) ? page_choose(page, "동의", "yes") : page_choose(page, "거절", "no"));
    }
    if (!jval_count(consents)) buffer_add_text(out, "-");
}

static void add_pairs(struct page *page, const jval *pairs) {
    const char *const ko[] = {"수요과제", "공급기업", "상태", "동의", "기한", ">차수", NULL}, *const en[] = {"demand", "supplier", "state", "consent", "due", ">pass", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const jval *pair = jval_at(pairs, i);
        struct buffer answers = BUFFER_EMPTY;
        add_answers(page, pair, &answers);
        table_add(&table, jval_text(jval_get(pair, "demand")));
        table_add(&table, jval_text(jval_get(pair, "supplier")));
        table_add_format(&table, "%s%s", page_word(page, jval_text(jval_get(pair, "state"))), jval_true(jval_get(pair, "held")) ? page_choose(page, "(멈춤)", " (held)") : "");
        table_add(&table, answers.bytes);
        table_add(&table, jval_text(jval_get(pair, "due")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(pair, "pass")));
        buffer_free(&answers);
    }
    page_table(page, &table, 0);
}

/* ---- what was decided beside the pairs ---- */

static void add_author(struct page *page, const jval *author, struct table *table) {
    table_add_format(table, "%s %.10s", jval_text(jval_get(author, "by")), jval_text(jval_get(author, "at")));
    table_add(table, jval_is(jval_get(author, "reason"), JVAL_TEXT) ? jval_text(jval_get(author, "reason")) : page_choose(page, "-", "-"));
}

static void add_restrictions(struct page *page, const jval *result) {
    const char *const ko[] = {"조치", "누구", "담당·날짜", "이유", NULL}, *const en[] = {"measure", "who", "by", "reason", NULL};
    const jval *restrictions = jval_get(result, "restrictions"), *withdrawals = jval_get(result, "withdrawals"), *objections = jval_get(result, "objections"),
               *waivers = jval_get(result, "waivers");
    struct table table;
    if (!jval_count(restrictions) && !jval_count(waivers) && !jval_count(withdrawals) && !jval_count(objections)) return;
    page_heading(page, "고정·금지·제척, 예외, 철회, 이의신청", "Locks, vetoes, recusals, waivers, withdrawals, objections");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(restrictions); i++) {
        const jval *one = jval_at(restrictions, i);
        table_add(&table, page_word(page, jval_text(jval_get(one, "kind"))));
        table_add_format(&table, "%s–%s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "supplier")));
        add_author(page, jval_get(one, "author"), &table);
    }
    for (size_t i = 0; i < jval_count(waivers); i++) {
        const jval *one = jval_at(waivers, i);
        table_add(&table, page_word(page, "waive"));
        table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "rule")));
        add_author(page, jval_get(one, "author"), &table);
    }
    for (size_t i = 0; i < jval_count(withdrawals); i++) {
        const jval *one = jval_at(withdrawals, i);
        table_add(&table, page_word(page, "withdraw"));
        table_add_format(&table, "%s %s", page_word(page, jval_text(jval_get(one, "side"))), jval_text(jval_get(one, "id")));
        add_author(page, jval_get(one, "author"), &table);
    }
    for (size_t i = 0; i < jval_count(objections); i++) {
        const jval *one = jval_at(objections, i);
        const char *state = jval_text(jval_get(one, "state"));
        table_add_format(&table, page_choose(page, "이의신청 %lld (%s)", "objection %lld (%s)"), (long long)jval_integer(jval_get(one, "number")),
                         strcmp(state, "open") == 0 ? page_choose(page, "처리 전", "open") : page_word(page, state));
        table_add(&table, jval_text(jval_get(one, "demand")));
        add_author(page, jval_get(one, "author"), &table);
    }
    page_table(page, &table, 0);
}

/* What a step was about: the pair, the side and its answer, … */
static void add_subject(struct page *page, const jval *details, struct table *table) {
    struct buffer out = BUFFER_EMPTY;
    const char *gap = "";
    for (void *i = jval_first(details); i; i = jval_next(details, i)) {
        const jval *value = jval_value(i);
        if (jval_is(value, JVAL_TEXT)) buffer_format(&out, "%s%s", gap, page_word(page, jval_text(value)));
        else if (jval_is(value, JVAL_INTEGER)) buffer_format(&out, "%s%lld", gap, (long long)jval_integer(value));
        else continue;
        gap = " ";
    }
    table_add(table, out.bytes);
    buffer_free(&out);
}

static void add_history(struct page *page, const jval *history) {
    const char *const ko[] = {">개정", "단계", "대상", "상태", "담당", "언제", "이유", NULL}, *const en[] = {">rev", "step", "about", "state", "by", "when", "reason", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(history); i++) {
        const jval *step = jval_at(history, i);
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(step, "number")));
        table_add(&table, page_word(page, jval_text(jval_get(step, "step"))));
        add_subject(page, jval_get(step, "details"), &table);
        table_add(&table, page_word(page, jval_text(jval_get(step, "to"))));
        table_add(&table, jval_text(jval_get(step, "by")));
        table_add_format(&table, "%.16s", jval_text(jval_get(step, "at")));
        table_add(&table, jval_text(jval_get(step, "reason")));
    }
    page_table(page, &table, 0);
}

void render_life(struct page *page, const jval *result) {
    const jval *notice = jval_get(result, "notice"), *decider = jval_get(notice, "decided_by");
    if (jval_count(jval_get(result, "pairs"))) {
        page_heading(page, "짝과 동의", "Pairs and consent");
        add_pairs(page, jval_get(result, "pairs"));
    }
    render_held_back(page, jval_get(result, "held_back"));
    add_restrictions(page, result);
    page_heading(page, "진행 기록", "History");
    add_history(page, jval_get(result, "history"));
    buffer_add_byte(&page->out, '\n');
    render_parties(page, jval_get(result, "parties"), NULL);
    text_wrap(page_text(page, jval_get(notice, "text")), 0, 0, page->width, &page->out);
    if (jval_is(decider, JVAL_OBJECT))
        buffer_format(&page->out, page_choose(page, "\n확정한 사람: %s (%.10s)\n", "\ndecided by: %s (%.10s)\n"), jval_text(jval_get(decider, "by")),
                      jval_text(jval_get(decider, "at")));
    else buffer_add_text(&page->out, page_choose(page, "\n아직 아무도 확정하지 않았습니다.\n", "\nNobody has confirmed it yet.\n"));
}

/* ---- what a change would do ---- */

static void add_changed_pairs(struct page *page, const jval *pairs, const char *mark) {
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const jval *pair = jval_at(pairs, i);
        buffer_format(&page->out, "  %s %s %s – %s %s  %.1f\n", mark, jval_text(jval_get(pair, "demand")), jval_text(jval_get(pair, "demand_name")),
                      jval_text(jval_get(pair, "supplier")), jval_text(jval_get(pair, "supplier_name")), jval_number(jval_get(pair, "points")));
    }
}

void render_differences(struct page *page, const jval *differences) {
    const jval *total = jval_get(differences, "total"), *added = jval_get(differences, "added"), *dropped = jval_get(differences, "dropped");
    page_heading(page, "달라지는 것", "What changes");
    add_changed_pairs(page, dropped, "-");
    add_changed_pairs(page, added, "+");
    if (!jval_count(added) && !jval_count(dropped)) buffer_add_text(&page->out, page_choose(page, "  없음\n", "  nothing\n"));
    buffer_format(&page->out, page_choose(page, "  점수 합 %.9g → %.9g\n", "  total %.9g → %.9g\n"), jval_number(jval_get(total, "before")), jval_number(jval_get(total, "after")));
}

void render_replay(struct page *page, const jval *result) {
    const bool same = jval_true(jval_get(result, "same"));
    buffer_format(&page->out, page_choose(page, "%lld차 배정안을 다시 계산했습니다: %s\n", "pass %lld was gone through again: %s\n"), (long long)jval_integer(jval_get(result, "pass")),
                  same ? page_choose(page, "한 바이트도 다르지 않습니다.", "the same to the byte.") : page_choose(page, "결과가 다릅니다.", "the result differs."));
    if (!jval_true(jval_get(result, "same_model")))
        buffer_add_text(&page->out, page_choose(page, "어휘집이나 모형이 그때와 다릅니다.\n", "The lexicon or the model is another one than then.\n"));
    if (!same) render_differences(page, jval_get(result, "differences"));
}

/* ---- the audit log ---- */

static void add_entries(struct page *page, const jval *entries) {
    const char *const ko[] = {">번호", "언제", "누가", "무엇을", "대상", "이유", NULL}, *const en[] = {">no", "when", "by", "what", "on", "reason", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(entries); i++) {
        const jval *entry = jval_at(entries, i);
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(entry, "number")));
        table_add_format(&table, "%.16s", jval_text(jval_get(entry, "at")));
        table_add(&table, jval_text(jval_get(entry, "by")));
        table_add(&table, jval_text(jval_get(entry, "action")));
        table_add(&table, jval_text(jval_get(entry, "subject")));
        table_add(&table, jval_get(entry, "erased") ? page_choose(page, "(지워짐)", "(erased)") : jval_text(jval_get(jval_get(entry, "payload"), "reason")));
    }
    if (jval_count(entries)) page_table(page, &table, 0);
    else buffer_add_text(&page->out, page_choose(page, "기록이 없습니다.\n", "There are no entries.\n"));
}

void render_audit(struct page *page, const jval *result) {
    const jval *entries = jval_get(result, "entries"), *sound = jval_get(result, "sound"), *erased = jval_get(result, "erased"), *digest = jval_get(result, "digest");
    if (entries) add_entries(page, entries);
    if (entries && !sound) return;
    if (sound)
        buffer_format(&page->out, "%s%s\n", jval_true(sound) ? page_choose(page, "감사 기록이 온전합니다.", "The audit log is sound.") : "", page_text(page, jval_get(result, "text")));
    else if (digest) buffer_format(&page->out, "%lld %s\n", (long long)jval_integer(jval_get(result, "number")), jval_text(digest));
    else buffer_format(&page->out, page_choose(page, "%lld건의 내용을 지웠습니다.\n", "%lld payloads were erased.\n"), (long long)jval_integer(erased));
}
