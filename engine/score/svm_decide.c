/* SPDX-License-Identifier: Apache-2.0 */
#include "svm_decide.h"

#include <math.h>

#include "../base/lane_exp.h"

bool svm_knows_probabilities(const struct svm_model *model) { return model->probability_a && (model->probability_b || svm_regresses(model)); }

static double most_voted(const struct svm_model *model, const double *values) {
    const size_t classes = model->class_count;
    size_t best = 0, most = 0;
    for (size_t i = 0; i < classes; i++) {
        /* The votes for i: of the functions (j, i), j < i, those not above 0; of (i, j) those above 0. */
        size_t votes = 0, function = i - 1;
        for (size_t j = 0; j < i; j++) {
            votes += !(values[function] > 0);
            function += classes - 2 - j;
        }
        const double *own = values + i * (2 * classes - i - 1) / 2;
        for (size_t j = i + 1; j < classes; j++) votes += *own++ > 0;
        if (votes > most || i == 0) {
            best = i;
            most = votes;
        }
    }
    return model->labels[best];
}

double svm_predicted(const struct svm_model *model, const double *values) {
    if (svm_classifies(model)) return most_voted(model, values);
    if (model->type == SVM_ONE_CLASS) return values[0] > 0 ? 1 : -1;
    return values[0];
}

/* 1 / (1 + exp(a·value + b)), without loss where the exponent is large. */
static double sigmoid(double value, double a, double b) {
    const double t = value * a + b;
    if (t < 0) return 1.0 / (1.0 + lane_exp(t));
    const double e = lane_exp(-t);
    return e / (1.0 + e);
}

size_t svm_probability_room(const struct svm_model *model) { return model->class_count * (2 * model->class_count + 1); }

/* pairwise[i × k + j]: the probability of class i, given that it is i or j. */
static void fill_pairwise(const struct svm_model *model, const double *values, double *pairwise) {
    const size_t k = model->class_count;
    const double least = 1e-7;
    for (size_t i = 0, function = 0; i < k; i++) {
        for (size_t j = i + 1; j < k; j++, function++) {
            double p = sigmoid(values[function], model->probability_a[function], model->probability_b[function]);
            p = p > least ? p : least;
            p = p < 1 - least ? p : 1 - least;
            pairwise[i * k + j] = p;
            pairwise[j * k + i] = 1 - p;
        }
    }
}

/* The quadratic form of equation 21: q[t][t] = Σ_j r[j][t]², q[t][j] = −r[j][t] · r[t][j]. */
static void fill_form(size_t k, const double *r, double *q) {
    for (size_t t = 0; t < k; t++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++) {
            if (j == t) continue;
            sum += r[j * k + t] * r[j * k + t];
            q[t * k + j] = j < t ? q[j * k + t] : -r[j * k + t] * r[t * k + j];
        }
        q[t * k + t] = sum;
    }
}

/* p'q p minimal on the simplex, by libsvm's rounds over the coordinates. */
static void couple(size_t k, const double *q, double *p, double *product) {
    const double enough = 0.005 / (double)k;
    const size_t most_rounds = k > 100 ? k : 100;
    for (size_t t = 0; t < k; t++) p[t] = 1.0 / (double)k;
    for (size_t round = 0; round < most_rounds; round++) {
        double form = 0, worst = 0;
        for (size_t t = 0; t < k; t++) {
            product[t] = 0;
            for (size_t j = 0; j < k; j++) product[t] += q[t * k + j] * p[j];
            form += p[t] * product[t];
        }
        for (size_t t = 0; t < k; t++) {
            const double off = fabs(product[t] - form);
            if (off > worst) worst = off;
        }
        if (worst < enough) return;
        for (size_t t = 0; t < k; t++) {
            const double step = (form - product[t]) / q[t * k + t], scale = 1 + step;
            p[t] += step;
            form = (form + step * (step * q[t * k + t] + 2 * product[t])) / scale / scale;
            for (size_t j = 0; j < k; j++) {
                product[j] = (product[j] + step * q[t * k + j]) / scale;
                p[j] /= scale;
            }
        }
    }
}

size_t svm_probabilities(const struct svm_model *model, const double *values, double *probabilities, double *room) {
    const size_t k = model->class_count;
    double *pairwise = room, *form = room + k * k, *product = form + k * k;
    fill_pairwise(model, values, pairwise);
    if (k == 2) {
        probabilities[0] = pairwise[1];
        probabilities[1] = pairwise[2];
    } else {
        fill_form(k, pairwise, form);
        couple(k, form, probabilities, product);
    }
    size_t best = 0;
    for (size_t i = 1; i < k; i++)
        if (probabilities[i] > probabilities[best]) best = i;
    return best;
}
