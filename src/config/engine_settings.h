/* engine_settings.h - the settings of the engine as its options: for `lince read`, `lince worker` and their sisters. */
#ifndef LINCE_CONFIG_ENGINE_SETTINGS_H
#define LINCE_CONFIG_ENGINE_SETTINGS_H

#include "config/settings.h"

/* Sets the clean-up, the threads of an image (unless the setting leaves them open) and all of the runtime's options. */
void engine_settings_apply(const struct settings *settings, struct lince_engine_options *options,
                           struct lince_runtime_options *runtime);

#endif
