/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chart and the table of methods: what stands in them is well-formed XML whatever the names and numbers are, every method is named once, names do not lie on
 * each other, nothing is drawn outside. Read back by a small XML walker of the test's own.
 */
#include <math.h>

#include "../../engine/base/memory.h"
#include "../../engine/base/random.h"
#include "../../engine/render/chart_svg.h"
#include "../../engine/render/render.h"
#include "test.h"

static jval *parse(const char *text) {
    struct problem problem = {0};
    jval *value = NULL;
    if (jval_parse(text, strlen(text), &value, &problem) != IEUM_OK) fprintf(stderr, "%s\n", problem.en);
    return value;
}

static char *chart(const jval *comparison, bool korean) {
    struct problem problem = {0};
    char *svg = NULL;
    CHECK_INT(chart_comparison(comparison, korean, &svg, &problem), IEUM_OK);
    return svg;
}

static size_t count_of(const char *text, const char *word) {
    size_t count = 0;
    for (; (text = strstr(text, word)); text += strlen(word)) count++;
    return count;
}

/* Tags are nested and closed, attributes quoted, '&' only as an entity, no control characters. */
static bool well_formed(const char *svg) {
    const char *open[16];
    size_t sizes[16], depth = 0;
    for (const char *at = svg; *at;) {
        if ((unsigned char)*at < 0x20 && *at != '\n') return false;
        if (*at == '&' && strncmp(at, "&amp;", 5) && strncmp(at, "&lt;", 4) && strncmp(at, "&gt;", 4) && strncmp(at, "&quot;", 6)) return false;
        if (*at == '>') return false;
        if (*at != '<') {
            at++;
            continue;
        }
        const bool closing = at[1] == '/';
        const char *name = at + 1 + closing, *end = name;
        size_t size = strcspn(name, " >/");
        for (bool quoted = false; *end && (quoted || *end != '>'); end++) {
            if (*end == '"') quoted = !quoted;
            if (quoted && *end == '<') return false;
        }
        if (*end != '>') return false;
        if (closing && (!depth || sizes[depth - 1] != size || memcmp(open[depth - 1], name, size) != 0)) return false;
        if (closing) depth--;
        else if (end[-1] != '/') {
            if (depth == 16) return false;
            open[depth] = name, sizes[depth++] = size;
        }
        at = end + 1;
        if (depth == 0 && *at && *at != '\n') return false;
    }
    return depth == 0;
}

static const char *const three =
    "[{\"method\":\"max_sum\",\"measures\":{\"total\":12.5,\"worst_demand\":0.4,\"worst_pair\":0.3,\"blocking_pairs\":3,\"envy\":2}},"
    "{\"method\":\"leximin\",\"measures\":{\"total\":12.1,\"worst_demand\":0.6,\"worst_pair\":0.5,\"blocking_pairs\":7,\"envy\":4}},"
    "{\"method\":\"stable\",\"status\":\"infeasible\"}]";

TEST(names_every_method_and_says_it_in_words) {
    jval *comparison = parse(three);
    for (int korean = 0; korean < 2; korean++) {
        char *svg = chart(comparison, korean);
        CHECK(well_formed(svg));
        CHECK(strncmp(svg, "<svg ", 5) == 0);
        CHECK_INT(count_of(svg, "role=\"img\""), 1);
        CHECK_INT(count_of(svg, "<title "), 1);
        CHECK_INT(count_of(svg, "<desc "), 1);
        CHECK_INT(count_of(svg, "transform="), 2); /* the markers */
        CHECK_INT(count_of(svg, korean ? "합계 최대" : "greatest sum"), 2); /* in the picture and in words */
        CHECK_INT(count_of(svg, korean ? "안정 배정" : "stable"), 2);
        CHECK_INT(count_of(svg, korean ? "서로 더 원하는 쌍 7" : "7 blocking pairs"), korean ? 2 : 1);
        CHECK(strstr(svg, korean ? "가장 불리한 과제" : "worst-off demand") != NULL);
        CHECK(!strstr(svg, "href") && !strstr(svg, "url(") && !strstr(svg, "<script") && !strstr(svg, "<style"));
        memory_free(svg);
    }
    jval_free(comparison);
}

/* By hand: of three methods the worst demand is 0 with each, so the worst pair is shown. */
TEST(shows_the_worst_pair_where_the_worst_demand_tells_nothing) {
    jval *comparison = parse("[{\"method\":\"a\",\"measures\":{\"total\":1,\"worst_demand\":0,\"worst_pair\":0.2}},{\"method\":\"b\",\"measures\":{\"total\":2,"
                             "\"worst_demand\":0,\"worst_pair\":0.1}}]");
    char *svg = chart(comparison, false);
    CHECK(strstr(svg, "score of the worst pair") != NULL);
    CHECK(!strstr(svg, "worst-off demand"));
    memory_free(svg);
    jval_free(comparison);
}

TEST(hostile_names_are_text) {
    jval *comparison = parse("[{\"method\":\"</text><script>alert(1)</script>&\\\"'\\u0001\\uffff\",\"measures\":{\"total\":1}},"
                             "{\"method\":\"이름이 아주 길어서 스물네 글자를 훌쩍 넘어 버리고 마는 배정 방법\",\"measures\":{\"total\":-3e300,\"worst_pair\":1e-300}},"
                             "{\"method\":\"]]>\",\"measures\":null}]");
    char *svg = chart(comparison, true);
    CHECK(well_formed(svg));
    CHECK(!strstr(svg, "<script"));
    CHECK(!strstr(svg, "\xEF\xBF\xBF"));
    memory_free(svg);
    jval_free(comparison);
}

TEST(nothing_to_draw_is_said) {
    jval *comparison = parse("[]");
    char *svg = chart(comparison, false);
    CHECK(well_formed(svg));
    CHECK(strstr(svg, "There is no assignment to draw.") != NULL);
    memory_free(svg);
    jval_free(comparison);
}

TEST(what_is_no_comparison_is_refused) {
    static const char *const wrong[] = {"{}", "3", "null", "[1]", "[{\"measures\":{}}]", "[{\"method\":4}]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct problem problem = {0};
        char *svg = NULL;
        jval *value = parse(wrong[i]);
        CHECK_INT(chart_comparison(value, true, &svg, &problem), IEUM_INVALID);
        CHECK(!svg && problem.ko[0] && problem.en[0]);
        jval_free(value);
    }
}

static jval *random_comparison(struct random *random, size_t methods) {
    jval *array = jval_new_array();
    for (size_t m = 0; m < methods; m++) {
        jval *one = jval_new_object(), *measures = jval_new_object();
        char name[40];
        snprintf(name, sizeof name, "method-%zu", m);
        jval_set_text(one, "method", name);
        /* Often equal, sometimes of other orders of magnitude. */
        const double scale = pow(10, (double)random_below(random, 9) - 4);
        jval_set_number(measures, "total", scale * (double)random_below(random, 5));
        jval_set_number(measures, "worst_demand", scale * ((double)random_below(random, 5) - 2));
        jval_set_integer(measures, "blocking_pairs", (int64_t)random_below(random, 1000));
        jval_set(one, "measures", measures);
        jval_append(array, one);
    }
    return array;
}

/* Every marker and name lies in the picture; names stand 40 pixels apart at least. */
TEST(nothing_lies_outside_or_on_another) {
    struct random random;
    random_seed(&random, 11);
    for (int round = 0; round < 500; round++) {
        const size_t methods = random_below(&random, 9);
        jval *comparison = random_comparison(&random, methods);
        char *svg = chart(comparison, round % 2);
        int width = 0, height = 0, before = -100, labels = 0;
        CHECK_INT(sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %d %d\"", &width, &height), 2);
        for (const char *at = svg; (at = strstr(at, "translate(")); at++) {
            int x, y;
            CHECK_INT(sscanf(at, "translate(%d %d)", &x, &y), 2);
            CHECK(x >= 60 && x <= 352 && y >= 76 && y <= height - 52);
        }
        for (const char *at = svg; (at = strstr(at, "<text x=\"384\" y=\"")); at++) {
            int y = atoi(at + strlen("<text x=\"384\" y=\""));
            CHECK(y > before + 15 && y < height - 20);
            before = y, labels++;
        }
        CHECK_INT(labels, 2 * methods);
        CHECK(well_formed(svg));
        memory_free(svg);
        jval_free(comparison);
    }
}

TEST(the_format_is_for_results_with_a_comparison) {
    struct problem problem = {0};
    struct buffer text = BUFFER_EMPTY;
    char *svg = NULL;
    buffer_format(&text, "{\"op\":\"round\",\"result\":{\"proposal\":{\"assignment\":{\"comparison\":%s}}}}", three);
    jval *reply = parse(text.bytes), *other = parse("{\"op\":\"round\",\"result\":{\"proposal\":{}}}");
    CHECK_INT(render_reply(reply, "svg", true, 80, &svg, &problem), IEUM_OK);
    CHECK(svg && well_formed(svg));
    memory_free(svg);
    CHECK_INT(render_reply(other, "svg", true, 80, &svg, &problem), IEUM_USAGE);
    jval_free(reply);
    jval_free(other);
    buffer_free(&text);
}

TEST(failing_memory_is_a_status) {
    jval *comparison = parse(three);
    for (uint64_t n = 1; n < 40; n++) {
        struct problem problem = {0};
        char *svg = NULL;
        memory_fail_at(n);
        ieum_status status = chart_comparison(comparison, true, &svg, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK ? svg != NULL : status == IEUM_MEMORY && !svg);
        memory_free(svg);
        if (status == IEUM_OK) break;
        CHECK(n < 39);
    }
    jval_free(comparison);
}

TEST_MAIN(names_every_method_and_says_it_in_words, shows_the_worst_pair_where_the_worst_demand_tells_nothing, hostile_names_are_text, nothing_to_draw_is_said,
          what_is_no_comparison_is_refused, nothing_lies_outside_or_on_another, the_format_is_for_results_with_a_comparison, failing_memory_is_a_status)
