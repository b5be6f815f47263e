/* SPDX-License-Identifier: Apache-2.0 */
/* The plain version and the dispatcher. Without fused multiply-adds: the library's fma() would cost more than all the rest. */
#include "product_screen.h"

#include <math.h>
#include <string.h>

#include "../base/processor.h"

enum { HEIGHT = 4 };

float screen_exp(float x) {
    x = x > SCREEN_EXP_LEAST ? x : SCREEN_EXP_LEAST;
    const float k = x * SCREEN_EXP_LOG2E + SCREEN_EXP_ROUNDER - SCREEN_EXP_ROUNDER;
    const float r = (x - k * SCREEN_EXP_LN2_HIGH) - k * SCREEN_EXP_LN2_LOW;
    float q = 0;
#define STEP(c) q = q * r + c;
    SCREEN_EXP_COEFFICIENTS(STEP)
#undef STEP
    const float power = 1.0f + (r * r * q + r);
    uint32_t bits;
    memcpy(&bits, &power, sizeof bits);
    bits += (uint32_t)(int32_t)k << 23;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

static void rows(const struct screen_vectors *side, const float *points, void *cells, float *steps, struct screen_sums *sums) {
    float *panel = cells;
    (void)steps;
    memset(sums, 0, sizeof *sums);
    const float *vectors = side->vectors;
    for (size_t i = 0; i < side->padded; i += SCREEN_GROUP, vectors += side->dims * SCREEN_GROUP)
        for (size_t g = 0; g < SCREEN_GROUP; g++, panel += SCREEN_PANEL) {
            float distance[SCREEN_PANEL] = {0};
            for (size_t j = 0; j < side->dims; j++)
                for (size_t s = 0; s < SCREEN_PANEL; s++) {
                    const float off = points[j * SCREEN_PANEL + s] - vectors[j * SCREEN_GROUP + g];
                    distance[s] += off * off;
                }
            for (size_t s = 0; s < SCREEN_PANEL; s++) {
                panel[s] = screen_exp(-distance[s]) - side->means[i + g];
                sums->own[s] += side->weights[i + g] * (double)panel[s];
                sums->square[s] += panel[s] * panel[s];
            }
        }
}

static void multiply(const void *cells, const float *a_steps, size_t tiles, const void *panel_cells, float panel_step, size_t depth, int first, float *strip) {
    const float *a = cells, *panel = panel_cells;
    (void)a_steps, (void)panel_step;
    for (size_t tile = 0; tile < tiles; tile++, a += depth * HEIGHT, strip += HEIGHT * SCREEN_PANEL) {
        float sums[HEIGHT][SCREEN_PANEL] = {{0}};
        for (size_t i = 0; i < depth; i++)
            for (size_t r = 0; r < HEIGHT; r++)
                for (size_t s = 0; s < SCREEN_PANEL; s++) sums[r][s] += a[i * HEIGHT + r] * panel[i * SCREEN_PANEL + s];
        for (size_t r = 0; r < HEIGHT; r++)
            for (size_t s = 0; s < SCREEN_PANEL; s++) strip[r * SCREEN_PANEL + s] = first ? sums[r][s] : strip[r * SCREEN_PANEL + s] + sums[r][s];
    }
}

/* Sums are kept in eight parts so that they do not wait for each other. */
void screen_pack_floats(const double *exact, const double *weights, double scale, size_t depth, size_t height, float *place, struct screen_packed *sums) {
    enum { PARTS = 8 };
    double square[PARTS] = {0}, spread[PARTS] = {0};
    float values[SCREEN_DEPTH];
    for (size_t i = 0; i < depth; i += PARTS)
        for (size_t part = 0; part < PARTS; part++) {
            const double scaled = scale * exact[i + part];
            values[i + part] = (float)(scaled - weights[i + part]);
            square[part] += (double)values[i + part] * (double)values[i + part];
            spread[part] += fabs(scaled);
        }
    for (size_t i = 0; i < depth; i++) place[i * height] = values[i];
    for (size_t part = 0; part < PARTS; part++) {
        sums->square += square[part];
        sums->spread += spread[part];
    }
}

static void pack(const double *exact, const double *weights, double scale, size_t depth, size_t r, void *tile, float *step, struct screen_packed *sums) {
    (void)step;
    screen_pack_floats(exact, weights, scale, depth, HEIGHT, (float *)tile + r, sums);
}

static size_t scan(float *strip, size_t count, const float *own, const float *least, uint32_t *found, uint32_t *hits) {
    size_t n = 0;
    for (size_t row = 0; row < count; row++, strip += SCREEN_PANEL) {
        uint32_t hit = 0;
        for (size_t s = 0; s < SCREEN_PANEL; s++) {
            strip[s] += own[s];
            hit |= (uint32_t)(strip[s] >= least[row]) << s;
        }
        if (hit == 0) continue;
        found[n] = (uint32_t)row;
        hits[n++] = hit;
    }
    return n;
}

static const struct product_screen plain = {HEIGHT, sizeof(float), 0, rows, multiply, pack, scan};

const struct product_screen *product_screen(void) {
#if defined(IEUM_SIMD_X86)
    const enum processor_level level = processor_level();
    if (level >= PROCESSOR_AVX512VNNI) return &product_screen_avx512vnni;
    if (level >= PROCESSOR_AVX512) return &product_screen_avx512;
    if (level >= PROCESSOR_AVX2) return &product_screen_avx2;
#endif
    return &plain;
}
