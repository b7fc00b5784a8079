/* watch_command.c - `lince memory watch`: draws the memory of a running process again and again. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/memory/report_file.h"
#include "cli/memory/watch_screen.h"
#include "monitor/monitor.h"

enum { PAUSE_MS = 500, PATIENCE_S = 2, PLAIN_COLUMNS = 80 };

/* Switches to a separate screen without a cursor, and back. */
static const char SCREEN_ENTER[] = "\033[?1049h\033[?25l", SCREEN_LEAVE[] = "\033[?25h\033[?1049l";
static const char FRAME_BEGIN[] = "\033[H", FRAME_END[] = "\033[J", LINE_END[] = "\033[K\n";

struct watch_options {
    bool once;
};

static const struct watch_options defaults = {false};

static const struct option_spec option_table[] = {
    {.letter = '1',
     .name = "once",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct watch_options, once),
     .help = BILINGUAL("draw once and end", "dibuja una vez y termina")},
    {.name = NULL},
};

static volatile sig_atomic_t is_stopping;

static void on_stop(int number) {
    (void)number;
    is_stopping = 1;
}

/* ---- the watched process ------------------------------------------------------------------------------- */

enum fetched { FETCHED, FETCHED_GONE, FETCHED_SILENT };

/*
 * Asks the process's monitor for a report. SILENT: the process exists but does not answer, for instance because it is
 * stopped.
 */
static enum fetched report_fetch(long pid, struct buffer *buffer) {
    enum { CHUNK_BYTES = 16384 };
    struct sockaddr_un address;
    struct timeval patience = {.tv_sec = PATIENCE_S};
    size_t address_bytes = monitor_address(pid, &address);
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) {
        return FETCHED_SILENT;
    }
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    enum fetched outcome = FETCHED_SILENT;
    if (connect(connection, (const struct sockaddr *)&address, (socklen_t)address_bytes) != 0) {
        outcome = errno == ECONNREFUSED ? FETCHED_GONE : FETCHED_SILENT;
    } else {
        ssize_t count = 1;
        while (count > 0) {
            char *place = buffer_room(buffer, CHUNK_BYTES);
            count = place == NULL ? -1 : recv(connection, place, CHUNK_BYTES, 0);
            buffer->used_bytes += count > 0 ? (size_t)count : 0;
        }
        /* End without an answer: the process was ending, or we may not watch it. */
        outcome = count < 0 ? FETCHED_SILENT : buffer->used_bytes > 0 ? FETCHED : FETCHED_GONE;
    }
    close(connection);
    return outcome;
}

static bool answers(long pid) {
    struct meter meter;
    struct buffer buffer;
    meter_init(&meter, NULL, "watch", METER_NO_LIMIT);
    buffer_init(&buffer, &meter);
    bool answered = report_fetch(pid, &buffer) == FETCHED;
    buffer_free(&buffer);
    return answered;
}

/* ---- the terminal ------------------------------------------------------------------------------------- */

/* Makes keys arrive at once and unseen. Gives the terminal's earlier state in `*before`; false without a terminal. */
static bool keys_take(struct termios *before) {
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, before) != 0) {
        return false;
    }
    struct termios keys = *before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    return tcsetattr(STDIN_FILENO, TCSANOW, &keys) == 0;
}

/* Waits for the next picture; true when it is time to end. */
static bool pause_for_key(bool has_keys) {
    struct pollfd wait = {.fd = has_keys ? STDIN_FILENO : -1, .events = POLLIN};
    char key = '\0';
    bool pressed = poll(&wait, 1, PAUSE_MS) > 0 && read(STDIN_FILENO, &key, 1) == 1;
    return is_stopping || (pressed && (key == 'q' || key == 'Q'));
}

static struct watch_screen screen_make(bool is_live, enum lince_language language) {
    const char *no_color = getenv("NO_COLOR");
    struct winsize size = {0};
    bool has_size = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
    return (struct watch_screen){
        .columns = has_size ? size.ws_col : PLAIN_COLUMNS,
        .rows = is_live && has_size ? size.ws_row - 1u : SIZE_MAX, /* the last row would scroll */
        .has_colour = is_live && (no_color == NULL || *no_color == '\0'),
        .line_end = is_live ? LINE_END : "\n",
        .language = language,
    };
}

/* ---- watching ----------------------------------------------------------------------------------------- */

/* Fetches and draws. If a report does not come in time, the last picture stays. */
static enum fetched draw(long pid, bool is_live, bool has_keys, enum lince_language language) {
    struct meter meter;
    struct buffer buffer;
    meter_init(&meter, NULL, "watch", METER_NO_LIMIT);
    buffer_init(&buffer, &meter);
    enum fetched outcome = report_fetch(pid, &buffer);
    json_t *report =
        outcome == FETCHED ? report_text_load(buffer.bytes, buffer.used_bytes, "the answer", language) : NULL;
    buffer_free(&buffer);
    if (report == NULL) {
        return outcome == FETCHED ? FETCHED_SILENT : outcome;
    }
    struct watch_screen screen = screen_make(is_live, language);
    screen.has_keys = has_keys;
    fputs(is_live ? FRAME_BEGIN : "", stdout);
    watch_screen_print(&screen, report, stdout);
    fputs(is_live ? FRAME_END : "", stdout);
    fflush(stdout);
    json_decref(report);
    return FETCHED;
}

static void watch_live(long pid, enum lince_language language) {
    struct termios before;
    bool has_keys = keys_take(&before);
    fputs(SCREEN_ENTER, stdout);
    enum fetched outcome;
    do {
        outcome = draw(pid, true, has_keys, language);
    } while (outcome != FETCHED_GONE && !ferror(stdout) && !pause_for_key(has_keys));
    fputs(SCREEN_LEAVE, stdout);
    if (outcome == FETCHED_GONE) {
        printf(in_language(language, "process %ld has ended\n", "el proceso %ld terminó\n"), pid);
    }
    fflush(stdout);
    if (has_keys) {
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
    }
}

/* To a file or pipe: one picture below the other. */
static void watch_plain(long pid, bool once, enum lince_language language) {
    while (draw(pid, false, false, language) != FETCHED_GONE && !once && !ferror(stdout) && !pause_for_key(false)) {
        putchar('\n');
    }
}

static void stop_on(int number) {
    struct sigaction action = {.sa_handler = on_stop};
    sigaction(number, &action, NULL);
}

static int run(const struct invocation *invocation) {
    const struct watch_options *options = invocation->options;
    const char *terminal = getenv("TERM");
    char *end = NULL;
    long pid = invocation->operand_count == 1 ? strtol(invocation->operands[0], &end, 10) : 0;
    if (pid <= 0 || *end != '\0') {
        language_complain(invocation->language, "name one process by its number; see: lince memory watch --help",
                          "indique un proceso por su número; vea: lince memory watch --help");
        return EXIT_CODE_USAGE;
    }
    bool is_live = !options->once && isatty(STDOUT_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
    stop_on(SIGINT);
    stop_on(SIGTERM);
    stop_on(SIGHUP);
    if (!answers(pid)) {
        language_complain(invocation->language, "no process %ld of Lince answers; is it running, and yours?",
                          "ningún proceso %ld de Lince responde; ¿está en marcha y es suyo?", pid);
        return EXIT_CODE_SOME_FAILED;
    }
    if (is_live) {
        watch_live(pid, invocation->language);
    } else {
        watch_plain(pid, options->once, invocation->language);
    }
    return help_finish(stdout, invocation->language);
}

const struct command command_memory_watch = {
    .name = "memory watch",
    .summary = BILINGUAL("watch the memory of a running lince", "observa la memoria de un lince en ejecución"),
    .operands = BILINGUAL("PID", "PID"),
    .description = BILINGUAL(
        "Draws twice a second: resident memory against the limit and by kind, the meters as a tree of bars, the end of "
        "the timeline and the last alerts, until the process ends, you press q, or SIGINT comes. It fits the terminal; "
        "to a file or a pipe it writes one picture below the other. The process must belong to the same user.",
        "Dibuja dos veces por segundo la memoria residente frente al límite y por clases, los medidores como árbol de "
        "barras, el final de la línea de tiempo y las últimas alertas, hasta que el proceso termina, se presiona q o "
        "llega SIGINT. Se ajusta a la terminal; en un archivo o una tubería escribe un dibujo debajo de otro. El "
        "proceso debe ser del mismo usuario."),
    .options = option_table,
    .options_bytes = sizeof(struct watch_options),
    .options_default = &defaults,
    .run = run,
};
