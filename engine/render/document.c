/* SPDX-License-Identifier: Apache-2.0 */
#include "document.h"

#include <string.h>

static char *copy_text(const char *text) {
    const size_t size = strlen(text) + 1;
    char *copy = memory_allocate(size);
    if (copy) memcpy(copy, text, size);
    return copy;
}

void document_add(struct document *document, enum block_kind kind, const char *text, struct table *table) {
    struct block block = {.kind = kind};
    if (text) block.text = copy_text(text);
    if (table) {
        document->failed = document->failed || table->failed;
        block.table = *table;
    }
    if ((text && !block.text) || !vector_push(&document->blocks, block)) {
        memory_free(block.text);
        if (table) table_free(&block.table);
        document->failed = true;
    }
    if (table) *table = (struct table){0};
}

void document_set_title(struct document *document, const char *title) {
    memory_free(document->title);
    document->title = copy_text(title);
    document->failed = document->failed || !document->title;
}

void document_free(struct document *document) {
    memory_free(document->title);
    document->title = NULL;
    for (size_t i = 0; i < document->blocks.count; i++) {
        memory_free(document->blocks.items[i].text);
        table_free(&document->blocks.items[i].table);
    }
    vector_free(&document->blocks);
}
