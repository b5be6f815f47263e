/* SPDX-License-Identifier: Apache-2.0 */
#include "model_score.h"

#include <math.h>

#include "../base/elementary.h"

static double folded_coordinate(const struct side_coordinate *coordinate, double raw) {
    return isnan(raw) ? 0 : (raw - coordinate->mean) * coordinate->scale;
}

/* exp(−‖raw, folded, − support‖²) */
static double side_kernel(const struct side_encoding *encoding, const double *raw, const double *support) {
    double square = 0;
    for (size_t j = 0; j < encoding->count; j++) {
        const double difference = folded_coordinate(&encoding->coordinates[j], raw[j]) - support[j];
        square += difference * difference;
    }
    return exact_exp(-square);
}

double model_row_score(const struct model *model, const double *z, const double *x, const double *y) {
    double score = model->bias;
    for (size_t j = 0; j < model->feature_count; j++) score += curve_value(&model->features[j].curve, z[j]);
    const struct product_term *product = &model->product;
    for (size_t i = 0; i < product->count; i++) {
        const double demand = side_kernel(&product->demand, x, product->demand_vectors + i * product->demand.count);
        const double supplier = side_kernel(&product->supplier, y, product->supplier_vectors + i * product->supplier.count);
        score += product->coefficients[i] * (demand * supplier);
    }
    return score;
}
