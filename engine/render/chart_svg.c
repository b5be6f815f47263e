/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The picture is laid out in whole pixels: the plot on the left, and on its right the names, one below the other in the order of their points, a thin line from
 * each name to its point. So no two names can lie on each other, however close the points are.
 */
#include "chart_svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 640,
    PLOT_LEFT = 60,
    PLOT_RIGHT = 352,
    PLOT_TOP = 76,
    LABELS_LEFT = 384,
    LABEL_HEIGHT = 44,  /* of a name and what stands below it */
    LEAST_HEIGHT = 232, /* of the plot */
    BELOW = 52,         /* ticks and the axis' name */
    NOTE_HEIGHT = 18,
    METHODS_MOST = 64,
    NAME_MOST = 24, /* code points of a name */
    TICKS_ABOUT = 4
};

struct point {
    const jval *measures;
    const char *method;
    double x, y;
    int at_x, at_y, label_y;
    size_t look; /* marker and colour: of the place in the comparison, so that a method looks the same whatever its values are */
};

struct axis {
    double low, high, step;
    int digits; /* after the decimal point of its ticks */
};

struct chart {
    struct buffer out;
    bool korean;
    struct point points[METHODS_MOST];
    size_t count;
    const char *absent[METHODS_MOST]; /* methods without measures */
    size_t absent_count;
    const char *upward; /* the measure that goes upwards */
    struct axis across, up;
    int bottom;
};

static const struct {
    const char *method, *ko, *en;
} names[] = {{"max_sum", "합계 최대", "greatest sum"}, {"leximin", "최저 우선", "worst first"}, {"stable", "안정 배정", "stable"},
             {"random", "확률 추첨", "random draw"},   {"rematch", "다시 맞춤", "re-match"},    {"decided", "실제 결정", "decided"}};

const char *chart_method_name(const char *method, bool korean) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].method, method) == 0) return korean ? names[i].ko : names[i].en;
    return method;
}

static const char *choose(const struct chart *chart, const char *ko, const char *en) { return chart->korean ? ko : en; }

static const char *name_of(const struct chart *chart, const struct point *point) { return chart_method_name(point->method, chart->korean); }

/* ---- text ---- */

void chart_add_escaped(struct buffer *out, const char *text, size_t most) {
    size_t count = 0;
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        if ((byte & 0xC0) != 0x80 && most && count++ == most) {
            buffer_add_text(out, "…");
            return;
        }
        if (byte == '&') buffer_add_text(out, "&amp;");
        else if (byte == '<') buffer_add_text(out, "&lt;");
        else if (byte == '>') buffer_add_text(out, "&gt;");
        else if (byte == '"') buffer_add_text(out, "&quot;");
        else if (byte < 0x20 || byte == 0x7F) buffer_add_byte(out, ' ');
        else if (byte == 0xEF && (unsigned char)text[1] == 0xBF && (unsigned char)text[2] >= 0xBE) {
            buffer_add_text(out, "\xEF\xBF\xBD");
            text += 2;
        } else buffer_add_byte(out, *text);
    }
}

static void add_text(struct chart *chart, int x, int y, const char *attributes, const char *text) {
    buffer_format(&chart->out, "<text x=\"%d\" y=\"%d\"%s%s>", x, y, *attributes ? " " : "", attributes);
    chart_add_escaped(&chart->out, text, 0);
    buffer_add_text(&chart->out, "</text>\n");
}

/* ---- values ---- */

static double measure(const struct point *point, const char *key) { return jval_number(jval_get(point->measures, key)); }

static bool all_equal(const struct chart *chart, const char *key) {
    for (size_t i = 1; i < chart->count; i++)
        if (measure(&chart->points[i], key) != measure(&chart->points[0], key)) return false;
    return true;
}

/* A demand that no method can serve would put every point on the ground: then the worst pair says more. */
static const char *choose_upward(const struct chart *chart) {
    return all_equal(chart, "worst_demand") && !all_equal(chart, "worst_pair") ? "worst_pair" : "worst_demand";
}

/* Steps of 1, 2 or 5 times a power of ten, about TICKS_ABOUT of them, with some room at both ends. */
static struct axis make_axis(double least, double most) {
    double span = most - least;
    if (!(span > fabs(most) * 1e-9)) span = fabs(most) > 0 ? fabs(most) * 0.2 : 1;
    const double middle = (least + most) / 2, half = (most - least) / 2 + span * 0.12;
    const double raw = 2 * half / TICKS_ABOUT, power = pow(10, floor(log10(raw))), times = raw / power;
    struct axis axis = {.low = middle - half, .high = middle + half, .step = power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10)};
    axis.digits = (int)-floor(log10(axis.step) + 1e-9);
    if (axis.digits < 0) axis.digits = 0;
    return axis;
}

static int place(const struct axis *axis, double value, int from, int to) {
    return from + (int)lround((value - axis->low) / (axis->high - axis->low) * (to - from));
}

static void find_axes(struct chart *chart) {
    double low[2] = {HUGE_VAL, HUGE_VAL}, high[2] = {-HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < chart->count; i++) {
        struct point *point = &chart->points[i];
        point->x = measure(point, "total");
        point->y = measure(point, chart->upward);
        low[0] = fmin(low[0], point->x), high[0] = fmax(high[0], point->x);
        low[1] = fmin(low[1], point->y), high[1] = fmax(high[1], point->y);
    }
    chart->across = make_axis(low[0], high[0]);
    chart->up = make_axis(low[1], high[1]);
}

static int compare_points(const void *a, const void *b) {
    const struct point *x = a, *y = b;
    if (x->at_y != y->at_y) return x->at_y < y->at_y ? -1 : 1;
    if (x->at_x != y->at_x) return x->at_x > y->at_x ? -1 : 1;
    return x->look < y->look ? -1 : x->look > y->look;
}

/* Each name at the height of its point, pushed down as far as the one before needs, then all pushed up from the bottom. */
static void place_labels(struct chart *chart) {
    const int top = PLOT_TOP + 14, most = chart->bottom - 18;
    for (size_t i = 0; i < chart->count; i++) {
        const int free = i ? chart->points[i - 1].label_y + LABEL_HEIGHT : top;
        chart->points[i].label_y = chart->points[i].at_y > free ? chart->points[i].at_y : free;
    }
    for (size_t i = chart->count; i-- > 0;) {
        const int free = i + 1 < chart->count ? chart->points[i + 1].label_y - LABEL_HEIGHT : most;
        if (chart->points[i].label_y > free) chart->points[i].label_y = free;
    }
}

static void place_points(struct chart *chart) {
    find_axes(chart);
    for (size_t i = 0; i < chart->count; i++) {
        chart->points[i].at_x = place(&chart->across, chart->points[i].x, PLOT_LEFT, PLOT_RIGHT);
        chart->points[i].at_y = place(&chart->up, chart->points[i].y, chart->bottom, PLOT_TOP);
    }
    qsort(chart->points, chart->count, sizeof *chart->points, compare_points);
    place_labels(chart);
}

/* ---- drawing ---- */

static const char *upward_name(const struct chart *chart) {
    return strcmp(chart->upward, "worst_pair") == 0 ? choose(chart, "가장 낮은 쌍의 점수", "score of the worst pair")
                                                    : choose(chart, "가장 불리한 과제의 점수", "score of the worst-off demand");
}

static void add_ticks(struct chart *chart) {
    for (double k = ceil(chart->across.low / chart->across.step); k * chart->across.step <= chart->across.high; k++) {
        const double value = k == 0 ? 0 : k * chart->across.step;
        const int x = place(&chart->across, value, PLOT_LEFT, PLOT_RIGHT);
        buffer_format(&chart->out, "<path d=\"M%d %dV%d\" stroke=\"#ddd\"/>\n<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.*f</text>\n", x, PLOT_TOP, chart->bottom, x,
                      chart->bottom + 18, chart->across.digits, value);
    }
    for (double k = ceil(chart->up.low / chart->up.step); k * chart->up.step <= chart->up.high; k++) {
        const double value = k == 0 ? 0 : k * chart->up.step;
        const int y = place(&chart->up, value, chart->bottom, PLOT_TOP);
        buffer_format(&chart->out, "<path d=\"M%d %dH%d\" stroke=\"#ddd\"/>\n<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.*f</text>\n", PLOT_LEFT, y, PLOT_RIGHT,
                      PLOT_LEFT - 8, y + 4, chart->up.digits, value);
    }
    buffer_format(&chart->out, "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#333\"/>\n", PLOT_LEFT, PLOT_TOP, chart->bottom, PLOT_RIGHT);
}

/* Shape and colour both tell the method; the colours are dark enough for grey paper. */
static void add_marker(struct chart *chart, const struct point *point) {
    static const char *const colours[] = {"#1b4f8a", "#a23b00", "#00664f", "#7a3e87", "#333333", "#8a6d00"};
    static const char *const shapes[] = {"M-6 0A6 6 0 1 0 6 0A6 6 0 1 0 -6 0Z", "M-6 -6H6V6H-6Z", "M0 -8L7 6H-7Z", "M0 -8L8 0L0 8L-8 0Z", "M-6 -6L6 6M6 -6L-6 6", "M0 8L7 -6H-7Z"};
    const size_t look = point->look % (sizeof shapes / sizeof *shapes);
    buffer_format(&chart->out, "<path d=\"M%d %dL%d %dH%d\" fill=\"none\" stroke=\"#767676\"/>\n", point->at_x, point->at_y, LABELS_LEFT - 18, point->label_y,
                  LABELS_LEFT - 6);
    buffer_format(&chart->out, "<path transform=\"translate(%d %d)\" d=\"%s\" fill=\"%s\" fill-opacity=\"0.3\" stroke=\"%s\" stroke-width=\"2.5\"/>\n", point->at_x,
                  point->at_y, shapes[look], colours[look], colours[look]);
}

static void add_label(struct chart *chart, const struct point *point) {
    buffer_format(&chart->out, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\" font-size=\"14\">", LABELS_LEFT, point->label_y + 4);
    chart_add_escaped(&chart->out, name_of(chart, point), NAME_MOST);
    buffer_format(&chart->out, "</text>\n<text x=\"%d\" y=\"%d\">", LABELS_LEFT, point->label_y + 21);
    buffer_format(&chart->out, choose(chart, "서로 더 원하는 쌍 %lld · 부러워하는 과제 %lld", "%lld blocking pairs · envy %lld"), (long long)measure(point, "blocking_pairs"),
                  (long long)measure(point, "envy"));
    buffer_add_text(&chart->out, "</text>\n");
}

/* The picture in words. */
static void add_description(struct chart *chart) {
    buffer_add_text(&chart->out, "<desc id=\"ieum-chart-description\">");
    for (size_t i = 0; i < chart->count; i++) {
        const struct point *point = &chart->points[i];
        chart_add_escaped(&chart->out, name_of(chart, point), NAME_MOST);
        buffer_format(&chart->out, choose(chart, ": 점수 합계 %.9g, %s %.9g, 서로 더 원하는 쌍 %lld, 부러워하는 과제 %lld. ",
                                          ": total %.9g, %s %.9g, blocking pairs %lld, demands that envy %lld. "),
                      point->x, upward_name(chart), point->y, (long long)measure(point, "blocking_pairs"), (long long)measure(point, "envy"));
    }
    for (size_t i = 0; i < chart->absent_count; i++) {
        chart_add_escaped(&chart->out, chart_method_name(chart->absent[i], chart->korean), NAME_MOST);
        buffer_add_text(&chart->out, choose(chart, ": 배정 없음. ", ": no assignment. "));
    }
    buffer_add_text(&chart->out, "</desc>\n");
}

static void add_absent(struct chart *chart, int y) {
    for (size_t i = 0; i < chart->absent_count; i++, y += NOTE_HEIGHT) {
        buffer_format(&chart->out, "<text x=\"%d\" y=\"%d\">", PLOT_LEFT, y);
        chart_add_escaped(&chart->out, chart_method_name(chart->absent[i], chart->korean), NAME_MOST);
        buffer_add_text(&chart->out, choose(chart, ": 조건을 모두 만족하는 배정이 없습니다", ": no assignment meets all conditions"));
        buffer_add_text(&chart->out, "</text>\n");
    }
}

static void draw(struct chart *chart) {
    const int axis_end = chart->count ? chart->bottom + BELOW : PLOT_TOP, height = axis_end + (int)chart->absent_count * NOTE_HEIGHT + 8;
    const char *title = choose(chart, "배정 방법 비교", "Methods of assignment compared");
    buffer_format(&chart->out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"ieum-chart-title ieum-chart-description\" lang=\"%s\" width=\"%d\" "
                  "height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"'Noto Sans KR','Noto Sans CJK KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif\" "
                  "font-size=\"12\" fill=\"#222\">\n<title id=\"ieum-chart-title\">%s</title>\n",
                  choose(chart, "ko", "en"), WIDTH, height, WIDTH, height, title);
    add_description(chart);
    buffer_format(&chart->out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
    add_text(chart, 16, 26, "font-size=\"17\" font-weight=\"bold\"", title);
    if (chart->count) {
        add_text(chart, 16, 46, "", choose(chart, "오른쪽일수록 전체 점수가 높고, 위일수록 가장 불리한 쪽이 낫습니다.",
                                           "To the right the total is greater; upwards the worst off fare better."));
        buffer_format(&chart->out, "<text x=\"16\" y=\"%d\">↑ %s</text>\n", PLOT_TOP - 10, upward_name(chart));
        buffer_format(&chart->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s →</text>\n", PLOT_RIGHT, chart->bottom + 38, choose(chart, "점수 합계", "total of the scores"));
        add_ticks(chart);
    } else {
        add_text(chart, 16, 52, "", choose(chart, "그릴 배정이 없습니다.", "There is no assignment to draw."));
    }
    for (size_t i = 0; i < chart->count; i++) add_marker(chart, &chart->points[i]);
    for (size_t i = 0; i < chart->count; i++) add_label(chart, &chart->points[i]);
    add_absent(chart, axis_end + 4);
    buffer_add_text(&chart->out, "</svg>\n");
}

static ieum_status take_methods(struct chart *chart, const jval *comparison, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "comparison", 0};
    if (!jval_is(comparison, JVAL_ARRAY) || jval_count(comparison) > METHODS_MOST)
        return jval_refuse(problem, &at, comparison, "[{\"method\", \"measures\"}]", "방법의 목록이어야 합니다.", "This must be a list of methods.");
    for (size_t i = 0; i < jval_count(comparison); i++) {
        const jval *one = jval_at(comparison, i), *measures = jval_get(one, "measures");
        const char *method = jval_get_text(one, "method");
        if (!method)
            return jval_refuse(problem, &(struct jpath){&at, NULL, i}, one, "{\"method\", \"measures\"}", "방법의 이름이 없습니다.", "The method has no name.");
        if (jval_is(measures, JVAL_OBJECT)) chart->points[chart->count++] = (struct point){.measures = measures, .method = method, .look = i};
        else chart->absent[chart->absent_count++] = method;
    }
    return IEUM_OK;
}

ieum_status chart_comparison(const jval *comparison, bool korean, char **svg, struct problem *problem) {
    struct chart chart = {.korean = korean};
    ieum_status status = take_methods(&chart, comparison, problem);
    if (status != IEUM_OK) return status;
    const int tall = (int)chart.count * LABEL_HEIGHT;
    chart.bottom = PLOT_TOP + (tall > LEAST_HEIGHT ? tall : LEAST_HEIGHT);
    chart.upward = choose_upward(&chart);
    if (chart.count) place_points(&chart);
    draw(&chart);
    char *text = chart.out.failed ? NULL : buffer_take(&chart.out);
    buffer_free(&chart.out);
    if (!text) return problem_set_memory(problem);
    *svg = text;
    return IEUM_OK;
}
