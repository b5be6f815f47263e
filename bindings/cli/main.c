/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: global options, help, then one command over the public header. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "commands.h"
#include "files_in.h"
#include "help.h"
#include "messages.h"

static const char *first_of(const char *given, const char *variable, const char *standard) {
    const char *environment = getenv(variable);
    return given ? given : environment && *environment ? environment : standard;
}

static bool is_korean(const char *language) { return strcmp(language, "en") != 0; }

/* Global options stand before the command or after it. */
struct globals {
    const char *store, *language, *threads, *now, *data, *access;
};

/* Of train and of model rows, --data after the command is what is learned from. */
static bool has_own_data(const struct arguments *arguments, int command) {
    const char *word = arguments->words[command];
    return strcmp(word, "train") == 0 || (strcmp(word, "model") == 0 && command + 1 < arguments->count && strcmp(arguments->words[command + 1], "rows") == 0);
}

/* The words before the command; all of them where it has no option of a global one's name. */
static struct arguments before_command(const struct arguments *arguments) {
    static const char *const valued[] = {"--store", "--lang", "--threads", "--now", "--data", "--access"};
    for (int i = 0; i < arguments->count; i++) {
        bool skips = false;
        for (size_t k = 0; k < sizeof valued / sizeof *valued; k++) skips = skips || strcmp(arguments->words[i], valued[k]) == 0;
        if (skips) i++;
        else if (arguments->words[i][0] != '-') return (struct arguments){arguments->words, has_own_data(arguments, i) ? i : arguments->count};
    }
    return *arguments;
}

static const char *take_globals(struct arguments *arguments, struct globals *globals) {
    const char *missing = NULL;
    struct arguments before = before_command(arguments);
    globals->store = take_option(arguments, "--store", &missing);
    globals->language = take_option(arguments, "--lang", &missing);
    globals->threads = take_option(arguments, "--threads", &missing);
    globals->now = take_option(arguments, "--now", &missing);
    globals->access = take_option(arguments, "--access", &missing);
    globals->data = take_option(&before, "--data", &missing);
    return missing;
}

static int show_help(struct arguments *arguments, const char *command, bool korean) {
    const char *topic = command && strcmp(command, "help") != 0 ? command : take_operand(arguments);
    const char *text = help_text(topic, korean);
    if (!text) return refuse_usage(korean, "알 수 없는 명령입니다", "no such command", topic);
    fputs(text, stdout);
    return 0;
}

/* Beside the store, unless told: "ieum.db.access". Freed by the caller; NULL when memory runs out. */
static char *access_folder(const char *store) {
    const size_t size = strlen(store) + sizeof ".access";
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s.access", store);
    return path;
}

/* Opens the engine with the options; a refusal is told on standard error. `access`: where the access log is, unless told. */
static int open_engine(const struct globals *globals, bool korean, char *data, const char *access, ieum_options *options, ieum_engine **engine) {
    char *problem = NULL;
    ieum_options_init(options);
    options->store_path = first_of(globals->store, "IEUM_STORE", "ieum.db");
    options->access_path = first_of(globals->access, "IEUM_ACCESS", access);
    options->data_path = globals->data ? globals->data : getenv("IEUM_DATA") ? getenv("IEUM_DATA") : data;
    options->language = globals->language;
    options->now = globals->now;
    options->log = messages_log;
    if (globals->threads) {
        char *end;
        long threads = strtol(globals->threads, &end, 10);
        if (*end || threads < 1 || threads > 256)
            return refuse_usage(korean, "--threads에는 1에서 256까지의 수를 적습니다", "--threads takes a number from 1 to 256", globals->threads);
        options->threads = (int)threads;
    }
    ieum_status status = ieum_open(options, engine, &problem);
    char *message = NULL;
    if (problem) ieum_render(NULL, problem, strlen(problem), "table", 100, &message);
    if (status != IEUM_OK) fputs(message ? message : ieum_status_code(status), stderr);
    ieum_free(message);
    ieum_free(problem);
    return ieum_status_exit(status);
}

/* Memory that a request gave back is kept for the next one, which would have to ask the system for it page by page. */
static void keep_memory(void) {
#if defined(__GLIBC__)
    enum { LARGEST_KEPT = 4 << 20, MOST_KEPT = 64 << 20 };
    mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT);
    mallopt(M_TRIM_THRESHOLD, MOST_KEPT);
    mallopt(M_MXFAST, 0); /* no list of small blocks that each large one given back would have to sort out first */
#endif
}

int main(int count, char **words) {
    keep_memory();
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is then a failed write, which the store reports and undoes */
    struct arguments arguments = {words + 1, count - 1};
    struct globals globals;
    const char *missing = take_globals(&arguments, &globals);
    globals.language = first_of(globals.language, "IEUM_LANG", "ko");
    bool korean = is_korean(globals.language), wants_help = take_flag(&arguments, "--help") || take_flag(&arguments, "-h");
    if (missing) return refuse_usage(korean, "값이 빠졌습니다", "a value is missing after", missing);
    if (take_flag(&arguments, "--version")) {
        printf("ieum %s\n", ieum_version_text());
        return 0;
    }
    const char *command = take_operand(&arguments);
    if (wants_help || (command && strcmp(command, "help") == 0)) return show_help(&arguments, command, korean);
    if (!command) {
        fputs(help_text(NULL, korean), stderr);
        return ieum_status_exit(IEUM_USAGE);
    }
    char *data = find_data_folder(), *access = access_folder(first_of(globals.store, "IEUM_STORE", "ieum.db"));
    ieum_engine *engine = NULL;
    ieum_options options;
    int result = open_engine(&globals, korean, data, access, &options, &engine);
    if (result == 0) result = run_command(&(struct session){engine, korean, &options}, command, &arguments);
    ieum_close(engine);
    free(access);
    free(data);
    return result;
}
