/* SPDX-License-Identifier: Apache-2.0 */
#include "entropy.h"

#include <stdio.h>
#include <sys/random.h>

enum { MOST = 256 }; /* up to here the system gives all or nothing */

ieum_status entropy_bytes(void *bytes, size_t size, struct problem *problem) {
    if (size <= MOST && getrandom(bytes, size, 0) == (ssize_t)size) return IEUM_OK;
    return problem_set(problem, IEUM_INTERNAL, "", "운영체제에서 난수를 얻지 못했습니다.", "The system gave no random bytes.");
}

ieum_status entropy_hex(char *text, size_t size, struct problem *problem) {
    unsigned char bytes[MOST];
    ieum_status status = entropy_bytes(bytes, size, problem);
    for (size_t i = 0; i < size && status == IEUM_OK; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return status;
}
