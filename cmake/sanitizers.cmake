# Builds everything with the sanitizers in LINCE_SANITIZER. Every finding is fatal.
set(LINCE_SANITIZER "" CACHE STRING "Sanitizers: empty, thread, or address,undefined")
if(LINCE_SANITIZER)
    add_compile_options(-fsanitize=${LINCE_SANITIZER} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${LINCE_SANITIZER})
endif()
