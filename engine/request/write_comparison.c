/* SPDX-License-Identifier: Apache-2.0 */
/* The measures of an assignment as methods are laid side by side with ("comparison"): the same members whatever made it. */
#include "request.h"

jval *write_compared_measures(const struct assignment_measures *measures) {
    jval *object = jval_new_object();
    jval_set_integer(object, "pairs", (int64_t)measures->pair_count);
    jval_set_number(object, "total", score_number(measures->total));
    jval_set_number(object, "worst_pair", score_number(measures->worst_pair));
    jval_set_number(object, "worst_demand", score_number(measures->worst_demand));
    jval_set_integer(object, "unmatched_demands", (int64_t)measures->unmatched_demands);
    jval_set_integer(object, "idle_suppliers", (int64_t)measures->idle_suppliers);
    jval_set_integer(object, "blocking_pairs", (int64_t)measures->blocking_pairs);
    jval_set_integer(object, "envy", (int64_t)measures->envy);
    jval_set_integer(object, "greatest_exposure", (int64_t)measures->greatest_exposure);
    jval_set_number(object, "exposure_gini", measures->exposure_gini);
    if (measures->newcomers_known) {
        jval_set_integer(object, "newcomers", (int64_t)measures->newcomers);
        jval_set_integer(object, "newcomer_pairs", (int64_t)measures->newcomer_pairs);
    }
    return object;
}
