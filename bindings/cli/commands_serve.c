/* SPDX-License-Identifier: Apache-2.0 */
/* `ieum serve`: the HTTP server, with what was told on the command line. */
#include "commands_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../http/serve.h"

/* In words: what a person does next. The part behind '#' is never sent to a server; the page fills in the sign-in with it and clears the address. */
static void tell_ready(bool korean, const char *url, const char *token) {
    bool page = strncmp(url, "http:", 5) == 0;
    if (page) fprintf(stderr, korean ? "이음이 열렸습니다. 브라우저에서 여십시오: %s\n" : "ieum is open; open it in a browser: %s\n", url);
    if (token) {
        fprintf(stderr, korean ? "접속 토큰(지금 한 번만 보여 드립니다): %s\n" : "access token (shown this once): %s\n", token);
        if (page) fprintf(stderr, korean ? "토큰까지 채워서 열기: %s/#token=%s\n" : "with the token filled in: %s/#token=%s\n", url, token);
    } else
        fputs(korean ? "접속 토큰은 첫 시작 때 한 번 보여 드렸습니다. 새 토큰은 --new-token admin을 붙여 다시 시작하거나 'ieum account token admin'으로 만듭니다.\n"
                     : "The access token was shown at the first start. For a new one start again with --new-token admin, or use 'ieum account token admin'.\n",
              stderr);
    fputs(korean ? "멈추려면 Ctrl+C를 누르십시오. 처리 중인 요청은 마치고 멈춥니다.\n" : "Ctrl+C stops it, when it has answered what it is at.\n", stderr);
}

static void show_ready(bool korean, const char *url, const char *token) {
    if (token) printf("{\"url\":\"%s\",\"token\":\"%s\"}\n", url, token);
    else printf("{\"url\":\"%s\"}\n", url);
    fflush(stdout);
    tell_ready(korean, url, token);
}

static void show_message(const char *level, const char *message) { fprintf(stderr, "ieum: %s: %s\n", level, message); }

/* The page lies beside the data folder: <data>/web where it is installed, <tree>/bindings/web in the tree. NULL: in neither place. Freed by the caller. */
static char *find_web_folder(const char *data) {
    static const char *const places[] = {"/web", "/../bindings/web"};
    struct stat about;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t size = strlen(data) + strlen(places[i]) + 1;
        char *path = malloc(size);
        if (!path) return NULL;
        snprintf(path, size, "%s%s", data, places[i]);
        if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return path;
        free(path);
    }
    return NULL;
}

int command_serve(struct taking *taking) {
    const struct session *session = taking->session;
    struct serve_options options = {.engine = session->options, .korean = session->korean, .ready = show_ready, .log = show_message};
    options.data_folder = session->options->data_path;
    options.listen = take(taking, "--listen");
    options.new_token = take(taking, "--new-token");
    options.web_folder = take(taking, "--web");
    options.access_folder = session->options->access_path; /* --access is for every command */
    options.behind_tls = take_flag(taking->arguments, "--behind-tls");
    if (!options.listen) options.listen = "127.0.0.1:8750";
    int wrong = check_taken(taking);
    if (wrong) return wrong;
    char *problem = NULL, *web = options.web_folder ? NULL : find_web_folder(options.data_folder);
    if (web) options.web_folder = web;
    ieum_status status = serve(&options, &problem);
    if (problem) fprintf(stderr, "ieum: %s\n", problem);
    free(problem);
    free(web);
    return ieum_status_exit(status);
}
