/* engine_settings.h - the engine's settings as its options, for `lince read`, `lince worker` and similar commands. */
#ifndef LINCE_CONFIG_ENGINE_SETTINGS_H
#define LINCE_CONFIG_ENGINE_SETTINGS_H

#include "config/settings.h"

/* Sets the clean-up share, the threads per image (if the setting is given) and all of the runtime's options. */
void engine_settings_apply(const struct settings *settings, struct lince_engine_options *options,
                           struct lince_runtime_options *runtime);

#endif
