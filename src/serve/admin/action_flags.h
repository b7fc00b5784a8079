/* action_flags.h - shared by the actions beside a service: the actions of each file. */
#ifndef LINCE_SERVE_ADMIN_ACTION_FLAGS_H
#define LINCE_SERVE_ADMIN_ACTION_FLAGS_H

#include "config/settings.h"
#include "lince.h"
#include "store/store.h"

enum lince_status keys_action(const char *action, struct store *store, char *const *flags, char *const *operands,
                              struct lince_error *error);
/* `data`: the data folder. */
enum lince_status backup_action(const char *action, struct store *store, const char *data, char *const *operands,
                                struct lince_error *error);
/* What the corrections in `folder` teach: proposals on standard output, kept or taken back as the flags say. */
enum lince_status learn_action(const char *folder, struct store *store, char *const *flags,
                               enum lince_language language, struct lince_error *error);
/* Known parties: all as lines, or the named ones erased. */
enum lince_status parties_action(const char *action, struct store *store, char *const *operands,
                                 struct lince_error *error);
/* Copies one store into another; needs no service, and no settings. */
enum lince_status copy_action(char *const *flags, char *const *operands, struct lince_error *error);
/* Prints how the service would share out its memory limit; opens no store. */
enum lince_status plan_action(const struct settings *settings, struct lince_error *error);
enum lince_status backup_restore(const char *folder, char *const *operands, struct lince_error *error);

#endif
