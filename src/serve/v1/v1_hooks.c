/* v1_hooks.c - webhooks over HTTP: registered, listed, tested; their messages listed and sent again. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "serve/courier/courier.h"
#include "serve/courier/delivery_attempt.h"
#include "serve/courier/receiver_address.h"
#include "serve/http/json_set.h"
#include "serve/http/translation.h"
#include "serve/v1/handlers.h"
#include "store/keys.h"
#include "store/webhooks.h"

enum { LIST_LIMIT = 100, URL_LIMIT_BYTES = 2000, TYPES_BYTES = 512 };

static bool url_is_web(const char *url) {
    return url != NULL && strlen(url) < URL_LIMIT_BYTES &&
           (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0) && strpbrk(url, " \r\n\t") == NULL &&
           strstr(url, ":///") == NULL;
}

/* All types of events. */
static const char *const event_types[] = {
    "document.held",      "document.queued",       "document.page",         "document.done",         "document.failed",
    "document.poisoned",  "document.cancelled",    "document.corrected",    "document.deleted",      "document.moved",
    "batch.created",      "batch.closed",          "batch.cancelled",       "batch.paused",          "batch.started",
    "batch.finished",     "batch.deleted",         "memory.normal",         "memory.high",           "memory.over",
    "worker.memory.high", "worker.memory.cleaned", "worker.memory.refused", "worker.memory.growing", "webhook.paused",
    "webhook.resumed",
};

static bool type_is_known(const char *type) {
    for (size_t i = 0; i < sizeof event_types / sizeof *event_types; i++) {
        if (strcmp(type, event_types[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ["document.done", ...] as "document.done,..."; false when it is something else. */
static bool types_join(const json_t *events, char types[TYPES_BYTES]) {
    size_t index, used = 0;
    json_t *event;
    types[0] = '\0';
    if (events != NULL && !json_is_array(events)) {
        return false;
    }
    json_array_foreach(events, index, event) {
        const char *text = json_string_value(event);
        if (text == NULL || !type_is_known(text) || used + strlen(text) + 2 > TYPES_BYTES) {
            return false;
        }
        used += (size_t)snprintf(types + used, TYPES_BYTES - used, "%s%s", used == 0 ? "" : ",", text);
    }
    return true;
}

static json_t *webhook_json(struct request *request, const struct webhook *webhook) {
    struct receiver receiver;
    json_t *json = json_object();
    json_set_text(json, "id", webhook->id);
    json_set_text(json, "url", webhook->url);
    json_set_text(json, "events", webhook->types);
    json_set_time(json, "created_at", webhook->created_ms);
    courier_receiver(request->service->courier, webhook->id, &receiver);
    json_set_text(json, "state", receiver.is_paused ? "paused" : "active");
    json_object_set_new(json, "failures", json_integer((json_int_t)receiver.failures));
    json_set_text(json, "last_error", translation_of(&request->arena, receiver.reason, request->language));
    json_object_set_new(json, "paused_until", json_null());
    if (receiver.is_paused) {
        json_set_time(json, "paused_until", receiver.until_ms);
    }
    return json;
}

void webhooks_post(struct request *request) {
    char id[ID_BYTES], secret[DELIVERY_SECRET_BYTES], types[TYPES_BYTES];
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    const char *url = json_string_value(json_object_get(json, "url"));
    const char *reason =
        url_is_web(url) ? receiver_url_reason(&request->service->settings, url, request->language) : NULL;
    if (reason != NULL) {
        json_decref(json);
        answer_problem(request, PROBLEM_INVALID, "%s", "%s", reason);
        return;
    }
    if (!url_is_web(url) || !types_join(json_object_get(json, "events"), types)) {
        json_decref(json);
        answer_problem(request, PROBLEM_INVALID,
                       "url must be an http or https address and events a list of types; see /openapi.json",
                       "url debe ser una dirección http o https y events una lista de tipos; vea /openapi.json");
        return;
    }
    store_id(id, "hook");
    delivery_secret(secret);
    struct webhook webhook = {id, url, secret, types, store_now_ms()};
    if (store_webhook_add(request->service->store, &webhook, &request->failure) != LINCE_OK) {
        answer_failure(request);
    } else {
        store_audit(request->service->store, request->actor, "webhook create", id, NULL);
        json_t *made = webhook_json(request, &webhook);
        json_set_text(made, "secret", secret); /* shown only once */
        answer_json(request, 201, made);
    }
    json_decref(json);
}

void webhooks_list(struct request *request) {
    struct webhook *webhooks;
    size_t count;
    if (store_webhooks(request->service->store, LIST_LIMIT, &request->arena, &webhooks, &count, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "webhooks");
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "webhooks"), webhook_json(request, &webhooks[i]));
    }
    answer_json(request, 200, json);
}

void webhook_delete(struct request *request) {
    if (store_webhook_delete(request->service->store, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    courier_forget(request->service->courier, request->parameters[0]);
    store_audit(request->service->store, request->actor, "webhook delete", request->parameters[0], NULL);
    answer_empty(request, MHD_HTTP_NO_CONTENT);
}

void webhook_test(struct request *request) {
    courier_try_all(request->service->courier); /* at once, even if the receiver is paused */
    if (store_webhook_test(request->service->store, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "webhook test", request->parameters[0], NULL);
    answer_empty(request, 202);
}

void webhook_deliveries(struct request *request) {
    struct delivery *deliveries;
    size_t count;
    if (store_deliveries(request->service->store, request->parameters[0], LIST_LIMIT, &request->arena, &deliveries,
                         &count, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "deliveries");
    for (size_t i = 0; i < count; i++) {
        json_t *delivery = json_object();
        json_set_text(delivery, "id", deliveries[i].id);
        json_set_text(delivery, "state", delivery_state_name(deliveries[i].state));
        json_object_set_new(delivery, "attempts", json_integer((json_int_t)deliveries[i].attempts));
        json_object_set_new(delivery, "last_status", json_integer((json_int_t)deliveries[i].last_status));
        json_set_text(delivery, "last_error",
                      translation_of(&request->arena, deliveries[i].last_error, request->language));
        json_set_time(delivery, "next_at", deliveries[i].next_ms);
        json_array_append_new(json_object_get(json, "deliveries"), delivery);
    }
    answer_json(request, 200, json);
}

void delivery_resend(struct request *request) {
    courier_try_all(request->service->courier); /* before the message is due, or it would be put off with the others */
    if (store_delivery_resend(request->service->store, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    answer_empty(request, 202);
}
