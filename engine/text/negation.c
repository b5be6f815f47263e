/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scope of negation, first version: a negator and what it negates stand in one clause, within a reach. In: hits of the
 * words of scope.json, ordered by start. Must not know any word itself.
 */
#include "negation.h"

static bool is_negator(enum scope_role role) {
    return role == SCOPE_AFTER || role == SCOPE_AFTER_TOPIC || role == SCOPE_BEFORE;
}

void negation_settle(scope_hit_list *hits) {
    size_t kept = 0;
    uint32_t spared_to =
        0; /* hits come by start, so the farthest end of a SCOPE_NOT so far is enough for those behind it */
    for (size_t i = 0; i < hits->count; i++) {
        const struct scope_hit hit = hits->items[i];
        bool spared = is_negator(hit.role) && hit.start < spared_to;
        /* … and a negator that begins before it is looked up ahead. */
        for (size_t j = i + 1; is_negator(hit.role) && !spared && j < hits->count && hits->items[j].start < hit.end;
             j++)
            spared = hits->items[j].role == SCOPE_NOT;
        if (hit.role == SCOPE_NOT) {
            spared_to = hit.end > spared_to ? hit.end : spared_to;
            /* One that starts where a negator starts may come after it. */
            while (kept > 0 && is_negator(hits->items[kept - 1].role) && hits->items[kept - 1].end > hit.start) kept--;
        }
        if (!spared) hits->items[kept++] = hit;
    }
    hits->count = kept;
}

static size_t first_at(const scope_hit_list *hits, uint32_t start) {
    size_t low = 0, high = hits->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (hits->items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a clause ends by a sign within [from, to). A full stop or colon counts only at the end of a word: 3.5 is one number. */
static bool sign_ends_clause(const struct normal_text *text, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        const uint32_t point = text->points[i];
        if (point == '!' || point == '?' || point == ';' || point == ',' || point == '\n') return true;
        if ((point == '.' || point == ':') && (i + 1 == text->count || text->script[i + 1] == SCRIPT_SPACE)) return true;
    }
    return false;
}

#define LONGEST_LIST_ITEM 12

/* A colon is worth a comma where it introduces what is said of the words before it ("외관검사: 지원 불가"). */
static bool goes_on(const struct normal_text *text, uint32_t at, bool colon) {
    return text->points[at] == ',' || (colon && text->points[at] == ':' && (at + 1 == text->count || text->script[at + 1] == SCRIPT_SPACE));
}

/*
 * A comma right behind a mention goes on with a list ("외관검사, 치수검사는 제외"), and so does a further one after a short item; any other may part two
 * clauses. Returns the point behind the last comma of the list, or `from`.
 */
static uint32_t step_over_list(const struct normal_text *text, uint32_t from, uint32_t to, bool colon) {
    uint32_t at = from, behind = from;
    while (at < to && text->script[at] == SCRIPT_SPACE && text->points[at] != '\n') at++;
    if (at >= to || !goes_on(text, at, colon)) return from;
    behind = ++at;
    for (; at < to && at - behind <= LONGEST_LIST_ITEM; at++)
        if (goes_on(text, at, colon)) behind = at + 1;
    return behind;
}

/* Whether a negator leans on the word before it ("사출은 제외"): then what a colon parts from it is another matter. */
static bool stands_alone(const struct normal_text *text, const struct scope_hit *hit) {
    return hit->role == SCOPE_AFTER && (hit->start == 0 || text->script[hit->start - 1] == SCRIPT_SPACE);
}

static bool negated_from_behind(const struct normal_text *text, const scope_hit_list *hits,
                                const struct scope_reach *reach, uint32_t end) {
    bool topic = false;
    for (size_t i = first_at(hits, end); i < hits->count; i++) {
        const struct scope_hit *hit = &hits->items[i];
        const uint32_t distance = hit->start - end;
        if (distance > reach->points[SCOPE_AFTER] && distance > reach->points[SCOPE_AFTER_TOPIC]) return false;
        if (hit->role == SCOPE_CLAUSE_END) return false;
        if (hit->role == SCOPE_TOPIC)
            topic = topic || hit->end >= text->count || text->script[hit->end] != SCRIPT_HANGUL;
        if ((hit->role == SCOPE_AFTER || (hit->role == SCOPE_AFTER_TOPIC && topic)) &&
            distance <= reach->points[hit->role])
            return !sign_ends_clause(text, step_over_list(text, end, hit->start, stands_alone(text, hit)), hit->start);
    }
    return false;
}

static bool negated_from_before(const struct normal_text *text, const scope_hit_list *hits,
                                const struct scope_reach *reach, uint32_t start) {
    for (size_t i = first_at(hits, start); i-- > 0;) {
        const struct scope_hit *hit = &hits->items[i];
        if (hit->end > start) continue;
        if (start - hit->end > reach->points[SCOPE_BEFORE] || hit->role == SCOPE_CLAUSE_END) return false;
        if (hit->role == SCOPE_BEFORE) return !sign_ends_clause(text, hit->end, start);
    }
    return false;
}

bool negation_holds(const struct normal_text *text, const scope_hit_list *hits, const struct scope_reach *reach,
                    uint32_t start, uint32_t end) {
    return hits->count > 0 &&
           (negated_from_behind(text, hits, reach, end) || negated_from_before(text, hits, reach, start));
}

/* A word has its topic particle within: "챗봇은 하지 않습니다" negates 챗봇, as it does where a mention ends before the particle. */
bool negation_holds_word(const struct normal_text *text, const scope_hit_list *hits, const struct scope_reach *reach,
                         uint32_t start, uint32_t end) {
    for (size_t i = first_at(hits, start + 1); i < hits->count && hits->items[i].start < end; i++)
        if (hits->items[i].role == SCOPE_TOPIC && hits->items[i].end == end) return negation_holds(text, hits, reach, start, hits->items[i].start);
    return negation_holds(text, hits, reach, start, end);
}
