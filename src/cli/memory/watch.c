/* watch.c - `lince memory watch`: the memory of a process that runs, drawn again and again. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/memory/report_file.h"
#include "monitor/monitor.h"

enum { CURVE_POINTS = 60, BAR_CELLS = 40, PAUSE_MS = 500 };

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

/* Asks the process's monitor for a report; false when nobody answers there. */
static bool report_fetch(long pid, struct buffer *buffer) {
    struct sockaddr_un address;
    size_t address_bytes = monitor_address(pid, &address);
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected =
        connection >= 0 && connect(connection, (const struct sockaddr *)&address, (socklen_t)address_bytes) == 0;
    ssize_t count = connected ? 1 : 0;
    while (count > 0) {
        enum { CHUNK_BYTES = 16384 };
        char *place = buffer_room(buffer, CHUNK_BYTES);
        count = place == NULL ? 0 : recv(connection, place, CHUNK_BYTES, 0);
        buffer->used_bytes += count > 0 ? (size_t)count : 0;
    }
    if (connection >= 0) {
        close(connection);
    }
    return connected && buffer->used_bytes > 0;
}

static void bar_print(double share, double most_share) {
    int full = (int)lround(fmin(fmax(share, 0.0), 1.0) * BAR_CELLS);
    int most = (int)lround(fmin(fmax(most_share, 0.0), 1.0) * BAR_CELLS);
    for (int i = 0; i < BAR_CELLS; i++) {
        fputs(i < full ? "█" : i < most ? "▒" : "·", stdout);
    }
}

static void meters_print(const json_t *report) {
    size_t index;
    const json_t *meter, *meters = json_object_get(report, "meters");
    double whole = fmax(report_number(json_array_get(meters, 0), "peak_bytes"), 1.0);
    json_array_foreach(meters, index, meter) {
        int depth = (int)report_number(meter, "depth") * 2;
        double now = report_number(meter, "current_bytes"), most = report_number(meter, "peak_bytes");
        printf("%*s%-*s ", depth, "", 16 - depth, report_text(meter, "name"));
        bar_print(now / whole, most / whole);
        printf(" %7.1f %7.1f MB\n", now / 1048576.0, most / 1048576.0);
    }
}

/* The end of the timeline as one line of blocks of eight heights. */
static void curve_print(const json_t *report, double most_bytes) {
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const json_t *points = json_object_get(report, "timeline");
    size_t count = json_array_size(points), first = count > CURVE_POINTS ? count - CURVE_POINTS : 0;
    for (size_t i = first; i < count; i++) {
        double share = report_number(json_array_get(points, i), "resident_bytes") / fmax(most_bytes, 1.0);
        fputs(blocks[(int)(fmin(fmax(share, 0.0), 0.999) * 8.0)], stdout);
    }
    putchar('\n');
}

static void events_print(const json_t *report) {
    enum { EVENTS_SHOWN = 6 };
    const json_t *events = json_object_get(report, "events");
    size_t count = json_array_size(events), first = count > EVENTS_SHOWN ? count - EVENTS_SHOWN : 0;
    for (size_t i = first; i < count; i++) {
        const json_t *event = json_array_get(events, i);
        printf("  ! %.1f s %s, %.1f MB\n", report_number(event, "at_ms") / 1000.0, report_text(event, "kind"),
               report_number(event, "resident_bytes") / 1048576.0);
    }
}

static void screen_print(const json_t *report, enum lince_language language) {
    const json_t *system = json_object_get(report, "system"), *counts = json_object_get(report, "counts");
    double resident = report_number(system, "resident_bytes"), peak = report_number(system, "resident_peak_bytes");
    double limit = report_number(report, "limit_bytes"), most = limit > 0.0 ? limit : peak;
    printf(in_language(language, "lince %.0f  %.1f s  %.0f images  %.0f refusals  %.0f clean-ups\n",
                       "lince %.0f  %.1f s  %.0f imágenes  %.0f rechazos  %.0f limpiezas\n"),
           report_number(report, "pid"), report_number(report, "at_ms") / 1000.0, report_number(counts, "images"),
           report_number(counts, "refusals"), report_number(counts, "cleanups"));
    printf("%-16s ", in_language(language, "resident", "residente"));
    bar_print(resident / fmax(most, 1.0), peak / fmax(most, 1.0));
    printf(" %7.1f %7.1f MB\n", resident / 1048576.0, most / 1048576.0);
    meters_print(report);
    curve_print(report, most);
    events_print(report);
}

/* Fetches and draws; an exit code, or -1 to go on. */
static int draw(long pid, bool first, bool clears, enum lince_language language) {
    struct meter meter;
    struct buffer buffer;
    meter_init(&meter, NULL, "watch", METER_NO_LIMIT);
    buffer_init(&buffer, &meter);
    bool fetched = report_fetch(pid, &buffer);
    json_t *report = fetched ? report_text_load(buffer.bytes, buffer.used_bytes, "the answer", language) : NULL;
    buffer_free(&buffer);
    if (!fetched) {
        if (first) {
            language_complain(language, "no process %ld of Lince answers; is it running, and yours?",
                              "ningún proceso %ld de Lince responde; ¿está en marcha y es suyo?", pid);
        }
        return first ? EXIT_CODE_SOME_FAILED : EXIT_CODE_OK;
    }
    if (report == NULL) {
        return EXIT_CODE_SOME_FAILED;
    }
    if (clears) {
        fputs("\033[H\033[J", stdout);
    }
    screen_print(report, language);
    fflush(stdout);
    json_decref(report);
    return -1;
}

static int run(const struct invocation *invocation) {
    const struct watch_options *options = invocation->options;
    char *end = NULL;
    long pid = invocation->operand_count == 1 ? strtol(invocation->operands[0], &end, 10) : 0;
    if (pid <= 0 || *end != '\0') {
        language_complain(invocation->language, "name one process by its number; see: lince memory watch --help",
                          "nombre un proceso por su número; vea: lince memory watch --help");
        return EXIT_CODE_USAGE;
    }
    struct sigaction action = {.sa_handler = on_stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    int exit_code = draw(pid, true, !options->once, invocation->language);
    while (exit_code < 0 && !options->once && !is_stopping) {
        struct timespec pause = {0, PAUSE_MS * 1000000L};
        nanosleep(&pause, NULL);
        exit_code = draw(pid, false, true, invocation->language);
    }
    return exit_code < 0 ? help_finish(stdout, invocation->language) : exit_code;
}

const struct command command_memory_watch = {
    .name = "memory watch",
    .summary = BILINGUAL("watch the memory of a running lince", "mira la memoria de un lince en marcha"),
    .operands = BILINGUAL("PID", "PID"),
    .description = BILINGUAL(
        "Draws the meters of a process as a tree of bars, twice a second, with what the kernel says, the last minute "
        "as a line and the last events, until the process ends or SIGINT comes. The process must be of the same user.",
        "Dibuja los medidores de un proceso como árbol de barras, dos veces por segundo, con lo que dice el núcleo, el "
        "último minuto como línea y los últimos sucesos, hasta que el proceso acaba o llega SIGINT. El proceso debe "
        "ser del mismo usuario."),
    .options = option_table,
    .options_bytes = sizeof(struct watch_options),
    .options_default = &defaults,
    .run = run,
};
