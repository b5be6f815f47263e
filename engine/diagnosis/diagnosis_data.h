/* SPDX-License-Identifier: Apache-2.0 */
/* The three files of data/diagnosis, read and checked together: the questionnaire, the programs it leads to, the AI-ethics checklist. */
#ifndef IEUM_DIAGNOSIS_DIAGNOSIS_DATA_H
#define IEUM_DIAGNOSIS_DIAGNOSIS_DATA_H

#include "ethics.h"
#include "readiness_score.h"
#include "routes.h"

struct diagnosis_data {
    struct readiness readiness;
    struct routes routes;
    struct ethics ethics;
    bool shared; /* of somebody who keeps it: diagnosis_data_free leaves it alone */
};
/* `data_path`: the data folder. Errors are those of the files; nothing is kept then. */
ieum_status diagnosis_data_load(const char *data_path, struct diagnosis_data *data, struct problem *problem);
void diagnosis_data_free(struct diagnosis_data *data); /* a zeroed struct is fine */

#endif
