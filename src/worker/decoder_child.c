/* decoder_child.c - starts the child, hears its answers, and says how it ended. */
#include "worker/decoder_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "worker/child_process.h"
#include "worker/decoder_protocol.h"

enum lince_status decoder_child_start(struct decoder_child *child, struct lince_error *error) {
    static const char *const arguments[] = {"lince", "decoder", NULL};
    child->kills = memory_kills_now();
    child->was_killed = child->is_held = child->was_refused_memory = false;
    if (!child_process_start("/proc/self/exe", arguments, &child->pid, &child->socket)) {
        return error_set(error, LINCE_ERROR_RUNTIME, "the locked-down decoder cannot be started: %s",
                         "no se puede iniciar el decodificador aislado: %s", reason_for(error, errno));
    }
    return LINCE_OK;
}

void decoder_child_hold(struct decoder_child *child, uint64_t data_bytes) {
    const struct rlimit limit = {data_bytes, data_bytes};
    child->is_held = true;
    if (data_bytes > 0) {
        (void)prlimit(child->pid, RLIMIT_DATA, &limit, NULL); /* otherwise it has this process's limit */
    }
}

int decoder_child_end(struct decoder_child *child) {
    int state = 0;
    if (child->socket >= 0) {
        close(child->socket);
    }
    if (child->pid > 0) {
        bool has_ended = waitpid(child->pid, &state, WNOHANG) == child->pid;
        if (!has_ended) {
            kill(child->pid, SIGKILL);
            while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR) {
            }
            state = 0;
        }
    }
    *child = (struct decoder_child){.socket = -1};
    return WIFSIGNALED(state) ? WTERMSIG(state) : 0;
}

/* The filter's signal is another, so no file brings SIGKILL. */
static enum lince_status killed_tell(struct memory_kills kills, struct lince_error *error) {
    switch (kill_cause_of(kills, memory_kills_now())) {
    case KILL_BY_MEMORY:
        return error_set(error, LINCE_ERROR_RUNTIME,
                         "the locked-down decoder was killed (signal %d) as the machine or its container ran out of "
                         "memory; give it more, or read fewer files at a time",
                         "el decodificador aislado fue terminado (señal %d) porque se acabó la memoria de la máquina o "
                         "de su contenedor; dele más, o lea menos archivos a la vez",
                         SIGKILL);
    case KILL_FROM_OUTSIDE:
        return error_set(error, LINCE_ERROR_RUNTIME,
                         "the locked-down decoder was killed from outside (signal %d); the kernel has ended nothing "
                         "for want of memory meanwhile, so ask who ends processes here",
                         "el decodificador aislado fue terminado desde fuera (señal %d); el sistema no ha terminado "
                         "nada por falta de memoria entretanto: averigüe quién termina procesos aquí",
                         SIGKILL);
    default:
        return error_set(error, LINCE_ERROR_RUNTIME,
                         "the locked-down decoder was killed from outside (signal %d); the machine or its container "
                         "may have run out of memory",
                         "el decodificador aislado fue terminado desde fuera (señal %d); quizá se acabó la memoria de "
                         "la máquina o de su contenedor",
                         SIGKILL);
    }
}

enum lince_status decoder_child_lost(struct decoder_child *child, struct lince_error *error) {
    enum { WAITS = 50, WAIT_MS = 10 };
    struct memory_kills kills = child->kills;
    bool is_held = child->is_held;
    int state = 0;
    for (int i = 0; i < WAITS && child->pid > 0; i++) { /* the socket closes a little before the process is gone */
        if (waitpid(child->pid, &state, WNOHANG) == child->pid) {
            child->pid = 0;
        } else {
            poll(NULL, 0, WAIT_MS);
        }
    }
    (void)decoder_child_end(child);
    child->was_killed = WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL;
    if (child->was_killed) {
        return killed_tell(kills, error);
    }
    child->was_refused_memory = is_held && WIFSIGNALED(state);
    if (child->was_refused_memory) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the file has parts that unpack to more than there is memory for, as far as can be told "
                         "(signal %d of the decoder); raise the memory limit, or get the file from a source that you "
                         "trust",
                         "el archivo tiene partes que se desempaquetan a más de lo que cabe en la memoria, hasta donde "
                         "se puede saber (señal %d del decodificador); suba el límite de memoria, u obtenga el archivo "
                         "de una fuente de confianza",
                         WTERMSIG(state));
    }
    if (WIFEXITED(state) && WEXITSTATUS(state) == DECODER_UNLOCKED_STATUS) {
        return error_set(
            error, LINCE_ERROR_RUNTIME,
            "the locked-down decoder could not give up its rights, so it read nothing; standard error says "
            "why",
            "el decodificador aislado no pudo renunciar a sus permisos y no leyó nada; la salida de errores "
            "dice por qué");
    }
    if (WIFEXITED(state) && WEXITSTATUS(state) != 0) {
        return error_set(
            error, LINCE_ERROR_DAMAGED,
            "the locked-down decoder ended over this file (exit status %d); the file is damaged, or made to "
            "attack decoders",
            "el decodificador aislado terminó con este archivo (estado de salida %d); el archivo está "
            "dañado o hecho para atacar decodificadores",
            WEXITSTATUS(state));
    }
    return error_set(
        error, LINCE_ERROR_DAMAGED,
        "the locked-down decoder ended over this file (signal %d); the file is damaged, or made to attack "
        "decoders",
        "el decodificador aislado terminó con este archivo (señal %d); el archivo está dañado o hecho para "
        "atacar decodificadores",
        WIFSIGNALED(state) ? WTERMSIG(state) : 0);
}

enum lince_status decoder_child_damaged(struct decoder_child *child, struct lince_error *error) {
    (void)decoder_child_end(child);
    return error_set(error, LINCE_ERROR_DAMAGED, "the locked-down decoder gave an answer that cannot be",
                     "el decodificador aislado dio una respuesta imposible");
}

enum lince_status decoder_child_receive(struct decoder_child *child, void *bytes, size_t count,
                                        struct lince_error *error) {
    return work_receive(child->socket, bytes, count, -1) ? LINCE_OK : decoder_child_lost(child, error);
}

enum lince_status decoder_child_answer(struct decoder_child *child, struct work_head *answer,
                                       struct lince_error *error) {
    if (child->socket < 0 || !work_receive_head(child->socket, answer, NULL, -1) || answer->kind != WORK_RESULT) {
        return decoder_child_lost(child, error);
    }
    if (answer->status == LINCE_OK) {
        return LINCE_OK;
    }
    char message[LINCE_MESSAGE_BYTES] = "";
    if (answer->body_bytes >= sizeof message || answer->status > LINCE_ERROR_RUNTIME) {
        return decoder_child_damaged(child, error);
    }
    enum lince_status status = decoder_child_receive(child, message, answer->body_bytes, error);
    return status != LINCE_OK ? status : error_set(error, (enum lince_status)answer->status, "%s", "%s", message);
}

int decoder_child_descriptor(const struct source *source, struct lince_error *error) {
    int descriptor =
        source->bytes == NULL ? fcntl(source->descriptor, F_DUPFD_CLOEXEC, 0) : memfd_create("lince", MFD_CLOEXEC);
    bool is_whole =
        descriptor >= 0 && (source->bytes == NULL || file_write_all(descriptor, source->bytes, source->size_bytes));
    if (!is_whole) {
        error_set(error, LINCE_ERROR_UNREADABLE, "the file cannot be given to the locked-down decoder: %s",
                  "no se puede dar el archivo al decodificador aislado: %s", reason_for(error, errno));
    }
    if (!is_whole && descriptor >= 0) {
        close(descriptor);
    }
    return is_whole ? descriptor : -1;
}
