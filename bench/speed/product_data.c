/* SPDX-License-Identifier: Apache-2.0 */
#include "product_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <libsvm/svm.h>

#include "base/random.h"

static double gauss(struct random *random) {
    const double u = 1 - random_unit(random), v = random_unit(random);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static double four_decimals(double value) { return round(value * 1e4) / 1e4; }

double *make_side(size_t count, uint64_t seed) {
    static double loading[LATENT][SIDE];
    struct random random;
    random_seed(&random, 99);
    for (int k = 0; k < LATENT; k++)
        for (int j = 0; j < SIDE; j++) loading[k][j] = gauss(&random) / 4;
    random_seed(&random, seed);
    double *side = malloc(count * SIDE * sizeof *side);
    for (size_t i = 0; i < count; i++) {
        double latent[LATENT];
        for (int k = 0; k < LATENT; k++) latent[k] = gauss(&random);
        for (int j = 0; j < SIDE; j++) {
            double value = 0.6 * gauss(&random);
            for (int k = 0; k < LATENT; k++) value += 0.8 * latent[k] * loading[k][j];
            side[i * SIDE + (size_t)j] = four_decimals(value);
        }
    }
    return side;
}

static void no_print(const char *text) { (void)text; }

static void lay_nodes(struct svm_node *nodes, const double *demand, const double *supplier) {
    for (int j = 0; j < 2 * SIDE; j++) nodes[j] = (struct svm_node){j + 1, j < SIDE ? demand[j] : supplier[j - SIDE]};
    nodes[2 * SIDE].index = -1;
}

size_t make_model(size_t support, const char *path) {
    enum { MOST = 20000, DEMANDS = 2000, SUPPLIERS = 4000, ROW = 2 * SIDE + 1 };
    double *demands = make_side(DEMANDS, 1), *suppliers = make_side(SUPPLIERS, 2), *labels = malloc(MOST * sizeof *labels);
    struct svm_node *nodes = malloc((size_t)MOST * ROW * sizeof *nodes), **rows = malloc(MOST * sizeof(struct svm_node *));
    struct random random;
    random_seed(&random, 3);
    for (size_t i = 0; i < MOST; i++) {
        const double *demand = demands + random_below(&random, DEMANDS) * SIDE, *supplier = suppliers + random_below(&random, SUPPLIERS) * SIDE;
        double value = gauss(&random);
        for (int j = 0; j < SIDE; j++) value += demand[j] * supplier[j] * (j / 4 % 3 - 0.3) / 2 + 0.1 * supplier[j] * (j % 2 ? 1 : -0.7) + 0.1 * demand[j] * (j % 4 ? 0.3 : -1);
        labels[i] = value > 0.3 ? 1 : -1;
        rows[i] = nodes + i * ROW;
        lay_nodes(rows[i], demand, supplier);
    }
    svm_set_print_string_function(no_print);
    const struct svm_parameter parameter = {.svm_type = C_SVC, .kernel_type = RBF, .gamma = GAMMA, .C = 1, .eps = 1e-3, .cache_size = 400, .shrinking = 1};
    size_t count = support, found = 0;
    for (int tries = 0; tries < 20 && (found < support || found > support + support / 50); tries++) {
        struct svm_problem problem = {(int)count, labels, rows};
        struct svm_model *model = svm_train(&problem, &parameter);
        found = (size_t)model->l;
        svm_save_model(path, model);
        svm_free_and_destroy_model(&model);
        count = found < support ? count + (support - found) * 6 / 5 + 2 : count - 1;
        if (count > MOST) count = MOST;
    }
    free(demands);
    free(suppliers);
    free(labels);
    free(nodes);
    free(rows);
    return found;
}

void make_pairs(const double *demands, size_t demand_count, const double *suppliers, size_t supplier_count, size_t count, const char *path) {
    FILE *file = fopen(path, "w");
    if (!file) return;
    struct random random;
    random_seed(&random, 4);
    for (size_t i = 0; i < count; i++) {
        const double *demand = demands + random_below(&random, demand_count) * SIDE, *supplier = suppliers + random_below(&random, supplier_count) * SIDE;
        fputs("1", file);
        for (int j = 0; j < 2 * SIDE; j++) fprintf(file, " %d:%.8g", j + 1, j < SIDE ? demand[j] : supplier[j - SIDE]);
        fputc('\n', file);
    }
    fclose(file);
}
