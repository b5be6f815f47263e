/* SPDX-License-Identifier: Apache-2.0 */
/* A trained model as plain bytes and back, for the pipe between a training process and its parent: same machine, same build, so no format to keep. Model files are
 * another matter. */
#ifndef IEUM_LEARN_MODEL_BYTES_H
#define IEUM_LEARN_MODEL_BYTES_H

#include "../base/buffer.h"
#include "../score/model.h"

/* Bytes being read; `sound` turns false when they end too early or say something impossible, and stays so. */
struct byte_reader {
    const char *bytes;
    size_t size, at;
    bool sound;
};
/* `count` items of `size` bytes; `to` is left as it is when they are not there. */
void read_items(struct byte_reader *reader, void *to, size_t count, size_t size);
/* The same into fresh memory of the arena; NULL when unsound or memory fails (then unsound too). */
void *read_new_items(struct byte_reader *reader, struct arena *arena, size_t count, size_t size);

/* Kind, bias, curves, product term and sigmoid; not id, program, card and hash. */
void model_write_bytes(const struct model *model, struct buffer *buffer);
struct model *model_read_bytes(struct byte_reader *reader); /* NULL: unsound, or memory failed */

#endif
