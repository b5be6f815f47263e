/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Lines files of records; see fuzz_records.h. */
#include "fuzz_records.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) { return fuzz_records("fuzz.jsonl", bytes, size); }
