/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see cost_items.h. */
#include "cost_items.h"

#include <string.h>

#include "../base/buffer.h"
#include "../record/cost_lines.h"
#include "likeness.h"
#include "locate.h"
#include "section.h"
#include "selection_rules.h"

__extension__ typedef unsigned __int128 wide;

static const struct jpath root = {NULL, NULL, 0}, section_at = {&root, "cost_items", 0}, items_at = {&section_at, "items", 0};

/* ---- the section ---- */

static ieum_status item_read(const jval *json, const struct jpath *at, struct cost_item *item, struct problem *problem) {
    static const char *const known[] = {"id", "title", "most_percent", "source"};
    int64_t percent = 100;
    ieum_status status = object_check(json, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = id_read(json, at, &item->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &item->title, problem);
    if (status == IEUM_OK) status = field_integer(json, at, "most_percent", false, 1, 100, &percent, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &item->source, problem);
    item->most_percent = percent;
    return status;
}

/* Together they must be able to make up the whole. */
static ieum_status check_percents(const struct cost_items *costs, const jval *list, struct problem *problem) {
    int64_t sum = 0;
    for (size_t i = 0; i < costs->count; i++) sum += costs->items[i].most_percent;
    if (sum >= 100) return IEUM_OK;
    return jval_refuse(problem, &items_at, list, ">= 100", "비목의 최고 비율(most_percent)을 더해도 100%에 미치지 못하여, 어떤 과제도 맞출 수 없습니다.",
                       "The greatest percents of the items add up to less than 100: no project can keep them.");
}

static ieum_status items_read(const jval *list, struct program *program, struct cost_items *costs, struct problem *problem) {
    struct cost_item *items = arena_allocate_zero(program->arena, jval_count(list) + 1, sizeof *items);
    ieum_status status = items ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK && jval_count(list) == 0)
        return jval_refuse(problem, &items_at, list, "[{\"id\", \"title\", …}]", "비목을 하나 이상 적어 주십시오.", "Name at least one cost item.");
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath at = {&items_at, NULL, i};
        status = item_read(jval_at(list, i), &at, &items[i], problem);
        for (size_t k = 0; status == IEUM_OK && k < i; k++)
            if (value_alike(items[k].id, items[i].id)) status = id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem);
    }
    costs->items = items;
    costs->count = jval_count(list);
    return status == IEUM_OK ? check_percents(costs, list, problem) : status;
}

static ieum_status add_rule(struct program *program, const struct cost_items *costs, const char *source, struct problem *problem) {
    struct rule *rules = arena_allocate_zero(program->arena, program->eligibility_count + 1, sizeof *rules);
    if (!rules) return problem_set_memory(problem);
    if (program->eligibility_count) memcpy(rules, program->eligibility, program->eligibility_count * sizeof *rules);
    rules[program->eligibility_count] = (struct rule){
        .id = "cost_items", .test = TEST_PRESENT, .field = "/cost_items", .costs = costs, .missing = MISSING_CONFIRM, .waivable = false,
        .reason = {"비목별 금액이 맞지 않습니다.", "The amounts by cost item do not hold."},
        .ask = {"비목별 금액을 판단할 수 없습니다. 비목(cost_items)마다의 금액과 신청 금액을 확인해 주세요.",
                "The amounts by cost item cannot be judged; confirm the amount of each item (cost_items) and of the whole."},
        .source = source};
    program->eligibility = rules;
    program->eligibility_count++;
    return IEUM_OK;
}

ieum_status cost_items_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"items", "source"};
    const jval *section = NULL, *list = NULL;
    const char *source = NULL;
    ieum_status status = field_object(resolved, NULL, "cost_items", false, &section, problem);
    if (status != IEUM_OK || !section) return status;
    struct cost_items *costs = arena_allocate_zero(program->arena, 1, sizeof *costs);
    if (!costs) return problem_set_memory(problem);
    status = object_check(section, &section_at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_array(section, &section_at, "items", true, &list, problem);
    if (status == IEUM_OK) status = items_read(list, program, costs, problem);
    if (status == IEUM_OK) status = field_text(section, &section_at, "source", true, &source, problem);
    if (status != IEUM_OK) return status;
    costs->amount_field = program->selection ? program->selection->amount_field : "/budget_krw";
    program->cost_items = costs;
    return add_rule(program, costs, source, problem);
}

const struct cost_item *cost_item_find(const struct cost_items *costs, const char *id) {
    for (size_t i = 0; i < costs->count; i++)
        if (value_alike(costs->items[i].id, id)) return &costs->items[i];
    return NULL;
}

/* ---- the lines of a project ---- */

static const char *keep(struct buffer *buffer, struct arena *arena) {
    const char *text = buffer->failed ? NULL : arena_copy_text(arena, buffer->bytes ? buffer->bytes : "");
    buffer_free(buffer);
    return text;
}

static ieum_status settle(struct finding *finding, struct buffer *value, struct buffer *expected, struct buffer *ko, struct buffer *en, struct arena *arena, struct problem *problem) {
    finding->value = keep(value, arena);
    finding->expected = keep(expected, arena);
    finding->detail = (struct text2){keep(ko, arena), keep(en, arena)};
    return finding->value && finding->expected && finding->detail.ko && finding->detail.en ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status tell_unknown(const struct cost_items *costs, const struct cost_line *line, struct arena *arena, struct finding *finding, struct problem *problem) {
    struct buffer value = BUFFER_EMPTY, expected = BUFFER_EMPTY, ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    buffer_add_text(&value, line->item);
    for (size_t i = 0; i < costs->count; i++) buffer_format(&expected, "%s%s", i ? ", " : "", costs->items[i].id);
    buffer_format(&ko, "'%s'은(는) 이 사업의 비목이 아닙니다.", line->item);
    buffer_format(&en, "'%s' is no cost item of this program.", line->item);
    return settle(finding, &value, &expected, &ko, &en, arena, problem);
}

static ieum_status tell_percent(const struct cost_item *item, const struct cost_line *line, int64_t sum, struct arena *arena, struct finding *finding, struct problem *problem) {
    struct buffer value = BUFFER_EMPTY, expected = BUFFER_EMPTY, ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    buffer_format(&value, "%s %lld", line->item, (long long)line->krw);
    buffer_format(&expected, "<= %lld%%", (long long)item->most_percent);
    buffer_format(&ko, "%s %lld원이 전체 %lld원의 %lld%%를 넘습니다.", item->title.ko, (long long)line->krw, (long long)sum, (long long)item->most_percent);
    buffer_format(&en, "%s: %lld KRW is more than %lld %% of the %lld KRW in all.", item->title.en, (long long)line->krw, (long long)item->most_percent, (long long)sum);
    return settle(finding, &value, &expected, &ko, &en, arena, problem);
}

static ieum_status tell_sum(int64_t sum, int64_t amount, struct arena *arena, struct finding *finding, struct problem *problem) {
    struct buffer value = BUFFER_EMPTY, expected = BUFFER_EMPTY, ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    buffer_format(&value, "%lld", (long long)sum);
    buffer_format(&expected, "= %lld", (long long)amount);
    buffer_format(&ko, "비목을 모두 더하면 %lld원인데 신청 금액은 %lld원입니다.", (long long)sum, (long long)amount);
    buffer_format(&en, "The items add up to %lld KRW; the amount of the application is %lld KRW.", (long long)sum, (long long)amount);
    return settle(finding, &value, &expected, &ko, &en, arena, problem);
}

ieum_status cost_items_judge(const struct cost_items *costs, const struct demand *demand, struct arena *arena, struct finding *finding, bool *ask, struct problem *problem) {
    struct cost_line *lines = NULL;
    size_t count = 0;
    int64_t sum = 0;
    ieum_status status = cost_lines_read(demand->json, NULL, arena, &lines, &count, problem);
    for (size_t i = 0; i < count; i++) sum += lines[i].krw; /* at most 100 lines of 10¹⁵ KRW */
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        const struct cost_item *item = cost_item_find(costs, lines[i].item);
        const bool over = item && lines[i].krw > 0 && (wide)lines[i].krw * 100 > (wide)sum * (wide)item->most_percent;
        if (item && !over) continue;
        finding->verdict = VERDICT_FAIL;
        return item ? tell_percent(item, &lines[i], sum, arena, finding, problem) : tell_unknown(costs, &lines[i], arena, finding, problem);
    }
    const jval *amount = value_at(demand->json, costs->amount_field);
    if (status == IEUM_OK && !jval_is(amount, JVAL_INTEGER)) {
        finding->verdict = VERDICT_CONFIRM;
        *ask = true;
    } else if (status == IEUM_OK && jval_integer(amount) != sum) {
        finding->verdict = VERDICT_FAIL;
        status = tell_sum(sum, jval_integer(amount), arena, finding, problem);
    }
    return status;
}

/* ---- the grant ---- */

void cost_items_split(const int64_t *asked, size_t count, int64_t granted, int64_t *parts) {
    int64_t sum = 0, left = granted;
    for (size_t i = 0; i < count; i++) sum += asked[i];
    for (size_t i = 0; i < count; i++) {
        parts[i] = sum > 0 ? (int64_t)((wide)asked[i] * (wide)granted / (wide)sum) : 0;
        left -= parts[i];
    }
    /* Less than `count` KRW are left, and each line gets one at most: a line that got one is rounded up, so its remainder is no longer to be had. */
    for (; sum > 0 && left > 0; left--) {
        size_t best = count;
        wide most = 0;
        for (size_t i = 0; i < count; i++) {
            const wide whole = (wide)asked[i] * (wide)granted, had = (wide)parts[i] * (wide)sum;
            if (had >= whole || whole - had <= most) continue;
            most = whole - had;
            best = i;
        }
        if (best == count) break; /* not reached: what is left is the sum of the remainders */
        parts[best]++;
    }
}
