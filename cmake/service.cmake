# The service: a program of its own without the models, beside `lince`, which turns into it. What reads images in a worker
# process belongs to `lince` itself.
pkg_check_modules(LINCE_SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(LINCE_SERVICE REQUIRED IMPORTED_TARGET libmicrohttpd sqlite3 libcurl inih xlsxwriter)
pkg_check_modules(LINCE_INIH REQUIRED IMPORTED_TARGET inih)

set(LINCE_WORKER_SOURCES
    src/serve/worker.c src/serve/lockdown.c src/serve/likeness.c src/serve/boxes.c src/serve/worker_protocol.c
    src/serve/settings_table.c src/serve/settings.c src/serve/engine_settings.c)

function(lince_add_service)
    file(GLOB sources CONFIGURE_DEPENDS src/store/*.c src/serve/*.c)
    foreach(source IN ITEMS worker lockdown likeness boxes engine_settings)
        list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/src/serve/${source}.c)
    endforeach()
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/src/serve/main.c)
    # All of it but main() is a library, so that its parts have unit tests and fuzz targets.
    add_library(lince_service_parts STATIC ${sources})
    target_compile_definitions(lince_service_parts PRIVATE LINCE_SOURCE="${PROJECT_SOURCE_DIR}")
    target_link_libraries(lince_service_parts PUBLIC lince_static PkgConfig::LINCE_SERVICE PRIVATE lince_warnings)
    add_executable(lince_service src/serve/main.c)
    set_target_properties(lince_service PROPERTIES OUTPUT_NAME lince-service)
    target_link_libraries(lince_service PRIVATE lince_service_parts lince_warnings)
    # The models' runtime is in the libraries that lince_static names, and nothing here calls it.
    target_link_options(lince_service PRIVATE -Wl,--as-needed)
    set_source_files_properties(src/store/store.c PROPERTIES OBJECT_DEPENDS
        "${PROJECT_SOURCE_DIR}/src/store/schema.sql;${PROJECT_SOURCE_DIR}/src/store/schema_2.sql")
    file(GLOB page CONFIGURE_DEPENDS src/serve/page/*)
    set_source_files_properties(src/serve/page.c PROPERTIES OBJECT_DEPENDS "${page}")
    set_source_files_properties(src/serve/openapi.c PROPERTIES OBJECT_DEPENDS ${PROJECT_SOURCE_DIR}/src/serve/openapi.json)
    install(TARGETS lince_service RUNTIME DESTINATION ${CMAKE_INSTALL_LIBDIR}/lince)
endfunction()
