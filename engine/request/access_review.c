/* SPDX-License-Identifier: Apache-2.0 */
#include "access_review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/map.h"
#include "../base/vector.h"
#include "../record/date.h"

enum { KEY_MOST = 512 };

/* What is counted under one name: an account, a day, an account's hour. */
struct tally {
    const char *name, *account, *role; /* name: the key within the group; account and role of the first entry */
    int64_t entries, subjects, refused;
};
struct group {
    struct map *index;
    VECTOR(struct tally) items;
};

struct review {
    const struct review_question *question;
    struct arena *arena;
    struct group accounts, operations, days, hours, account_days;
    struct map *seen; /* "hour, account, subject" that was counted */
    VECTOR(jval *) last; /* a ring of the last entries */
    size_t count;
};

/* ---- counting ---- */

static struct tally *tally_of(struct review *it, struct group *group, const char *name, const jval *entry) {
    const uint32_t before = map_count(group->index), number = map_intern(group->index, name, strlen(name));
    if (number == MAP_NONE) return NULL;
    if (number == before) {
        struct tally made = {.name = arena_copy_text(it->arena, name), .account = arena_copy_text(it->arena, jval_text(jval_get(entry, "account"))),
                             .role = arena_copy_text(it->arena, jval_text(jval_get(entry, "role")))};
        if (!made.name || !made.account || !made.role || !vector_push(&group->items, made)) return NULL;
    }
    return &group->items.items[number];
}

static bool refused(const jval *entry) {
    const char *status = jval_text(jval_get(entry, "status"));
    return strcmp(status, ieum_status_code(IEUM_FORBIDDEN)) == 0 || strcmp(status, ieum_status_code(IEUM_UNAUTHORIZED)) == 0;
}

/* Subjects that the account had not looked at within this hour. Those that an entry counts but does not list count too. */
static bool count_subjects(struct review *it, const char *hour, const jval *entry, int64_t *fresh) {
    char key[KEY_MOST];
    const jval *subjects = jval_get(entry, "subject");
    const int64_t listed = (int64_t)jval_count(subjects), all = jval_integer(jval_get(entry, "count"));
    *fresh = all > listed ? all - listed : 0;
    for (size_t i = 0; i < jval_count(subjects); i++) {
        snprintf(key, sizeof key, "%s\n%s", hour, jval_text(jval_at(subjects, i)));
        const uint32_t before = map_count(it->seen), number = map_intern(it->seen, key, strlen(key));
        if (number == MAP_NONE) return false;
        *fresh += number == before;
    }
    return true;
}

static bool add_to(struct review *it, struct group *group, const char *name, const jval *entry, int64_t subjects) {
    struct tally *tally = tally_of(it, group, name, entry);
    if (!tally) return false;
    tally->entries++;
    tally->subjects += subjects;
    tally->refused += refused(entry);
    return true;
}

static bool keep_entry(struct review *it, const jval *entry) {
    const size_t limit = it->question->limit;
    if (limit == 0) return true;
    if (it->last.count < limit) return vector_push(&it->last, jval_keep(entry));
    jval **place = &it->last.items[it->count % limit];
    jval_free(*place);
    *place = jval_keep(entry);
    return true;
}

static ieum_status count_entry(void *context, const jval *entry, struct problem *problem) {
    struct review *it = context;
    const char *time = jval_text(jval_get(entry, "time")), *account = jval_text(jval_get(entry, "account")), *step = jval_get_text(entry, "step");
    char operation[KEY_MOST / 2], day[ACCESS_TIME], hour[KEY_MOST / 2], account_day[KEY_MOST / 2];
    int64_t subjects = 0;
    if (it->question->account && strcmp(account, it->question->account) != 0) return IEUM_OK;
    snprintf(operation, sizeof operation, "%.64s%s%.64s", jval_text(jval_get(entry, "op")), step ? " " : "", step ? step : "");
    snprintf(day, sizeof day, "%.10s", time);
    snprintf(hour, sizeof hour, "%.13s %.64s", time, account);
    snprintf(account_day, sizeof account_day, "%.10s %.64s", time, account);
    const bool fine = count_subjects(it, hour, entry, &subjects) && add_to(it, &it->accounts, account, entry, subjects) &&
                      add_to(it, &it->operations, operation, entry, subjects) && add_to(it, &it->days, day, entry, subjects) &&
                      add_to(it, &it->hours, hour, entry, subjects) && add_to(it, &it->account_days, account_day, entry, subjects) && keep_entry(it, entry);
    it->count++;
    return fine ? IEUM_OK : problem_set_memory(problem);
}

/* ---- what is unusual ---- */

/* 0 Sunday … 6 Saturday (Sakamoto's method; Gregorian). */
static int weekday(const char *day) {
    static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    struct date date;
    char text[11];
    snprintf(text, sizeof text, "%.10s", day);
    if (!date_read(text, &date)) return 1;
    const int year = date.year - (date.month < 3);
    return (year + year / 4 - year / 100 + year / 400 + offsets[date.month - 1] + date.day) % 7;
}

static void add_unusual(jval *array, const char *kind, const struct tally *tally, const char *when, int64_t count, const char *ko, const char *en) {
    jval *object = jval_new_object(), *text = jval_new_object();
    jval_set_text(object, "kind", kind);
    jval_set_text(object, "account", tally->account);
    jval_set_text(object, "when", when);
    jval_set_integer(object, "count", count);
    jval_set_text(text, "ko", ko);
    jval_set_text(text, "en", en);
    jval_set(object, "text", text);
    jval_append(array, object);
}

static void find_in_hours(const struct review *it, jval *array) {
    const struct access_rules *rules = &it->question->rules;
    for (size_t i = 0; i < it->hours.items.count; i++) {
        const struct tally *hour = &it->hours.items.items[i];
        char when[ACCESS_TIME + 8];
        snprintf(when, sizeof when, "%.10s %.2s:00", hour->name, hour->name + 11);
        const int at = atoi(hour->name + 11);
        if (hour->subjects > rules->subjects_in_an_hour)
            add_unusual(array, "many_subjects", hour, when, hour->subjects, "한 시간에 여러 기업·과제·회차를 보았습니다.", "Many firms, demands or rounds within an hour.");
        if (at < rules->from_hour || at >= rules->until_hour)
            add_unusual(array, "night", hour, when, hour->entries, "근무 시간이 아닌 때의 접속입니다.", "Access outside of office hours.");
    }
}

static void find_in_days(const struct review *it, jval *array) {
    const struct access_rules *rules = &it->question->rules;
    for (size_t i = 0; i < it->account_days.items.count; i++) {
        const struct tally *day = &it->account_days.items.items[i];
        char when[ACCESS_TIME];
        snprintf(when, sizeof when, "%.10s", day->name);
        const int of_week = weekday(day->name);
        if (rules->weekends && (of_week == 0 || of_week == 6)) add_unusual(array, "weekend", day, when, day->entries, "주말의 접속입니다.", "Access on a weekend.");
        if (day->refused > rules->refusals_in_a_day)
            add_unusual(array, "refusals", day, when, day->refused, "하루에 여러 번 거절되었습니다.", "Refused many times in a day.");
    }
}

/* ---- writing ---- */

static int compare_tallies(const void *a, const void *b) { return strcmp(((const struct tally *)a)->name, ((const struct tally *)b)->name); }

static void sort(struct group *group) {
    if (group->items.count) qsort(group->items.items, group->items.count, sizeof *group->items.items, compare_tallies);
}

static jval *write_group(const struct group *group, const char *member, bool with_role) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < group->items.count; i++) {
        const struct tally *tally = &group->items.items[i];
        jval *object = jval_new_object();
        jval_set_text(object, member, tally->name);
        if (with_role) jval_set_text(object, "role", tally->role);
        jval_set_integer(object, "count", tally->entries);
        jval_set_integer(object, "subjects", tally->subjects);
        jval_set_integer(object, "refused", tally->refused);
        jval_append(array, object);
    }
    return array;
}

static void write_review(struct review *it, size_t broken, jval *object) {
    struct group *const groups[] = {&it->accounts, &it->operations, &it->days, &it->hours, &it->account_days};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) sort(groups[i]);
    jval *unusual = jval_new_array(), *entries = jval_new_array();
    find_in_days(it, unusual);
    find_in_hours(it, unusual);
    const size_t kept = it->last.count, first = it->count > kept && kept ? it->count % kept : 0;
    for (size_t i = 0; i < kept; i++) jval_append(entries, jval_keep(it->last.items[(first + i) % kept]));
    jval_set_text(object, "month", it->question->month);
    jval_set_integer(object, "entry_count", (int64_t)it->count);
    jval_set_integer(object, "broken", (int64_t)broken);
    jval_set(object, "by_account", write_group(&it->accounts, "account", true));
    jval_set(object, "by_operation", write_group(&it->operations, "operation", false));
    jval_set(object, "by_day", write_group(&it->days, "day", false));
    jval_set(object, "unusual", unusual);
    jval_set(object, "entries", entries);
}

ieum_status access_review(const struct review_question *question, jval *object, struct problem *problem) {
    struct review it = {.question = question, .arena = arena_new(), .seen = map_new()};
    struct group *const groups[] = {&it.accounts, &it.operations, &it.days, &it.hours, &it.account_days};
    enum { GROUPS = sizeof groups / sizeof *groups };
    bool made = it.arena && it.seen;
    size_t broken = 0;
    for (size_t i = 0; i < GROUPS; i++) made = (groups[i]->index = map_new()) && made;
    ieum_status status = made ? access_read(question->folder, question->month, count_entry, &it, &broken, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) write_review(&it, broken, object);
    for (size_t i = 0; i < it.last.count; i++) jval_free(it.last.items[i]);
    vector_free(&it.last);
    for (size_t i = 0; i < GROUPS; i++) {
        map_free(groups[i]->index);
        vector_free(&groups[i]->items);
    }
    map_free(it.seen);
    arena_free(it.arena);
    return status;
}
