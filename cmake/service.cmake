# The code above the library: one static library per folder, in the order of src/layers.txt, each linked with those above it.
# They make two programs: `lince` has the commands and the worker that reads images; `lince-service` is the service, without
# the models, and `lince serve` executes it.
pkg_check_modules(LINCE_SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(LINCE_INIH REQUIRED IMPORTED_TARGET inih)
pkg_check_modules(LINCE_SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(LINCE_LIBPQ REQUIRED libpq)
pkg_check_modules(LINCE_CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(LINCE_SHEETS REQUIRED IMPORTED_TARGET expat minizip)
pkg_check_modules(LINCE_MICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
pkg_check_modules(LINCE_GNUTLS REQUIRED IMPORTED_TARGET gnutls) # libmicrohttpd uses it for TLS

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS src/layers.txt)
file(STRINGS src/layers.txt LINCE_LAYERS REGEX "^[a-z]")

# lince_add_folder(FOLDER LIBRARY...): the sources of src/FOLDER, less service_main.c, as lince_FOLDER. Those of its sub-folders are
# among them, unless a sub-folder is a layer of its own.
function(lince_add_folder folder)
    string(REPLACE "/" "_" name lince_${folder})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/${folder}/*.c)
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/src/${folder}/service_main.c)
    foreach(layer IN LISTS LINCE_LAYERS)
        if(layer MATCHES "^${folder}/")
            list(FILTER sources EXCLUDE REGEX "^${PROJECT_SOURCE_DIR}/src/${layer}/")
        endif()
    endforeach()
    add_library(${name} STATIC ${sources})
    target_compile_definitions(${name} PRIVATE LINCE_SOURCE="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${ARGN} lince_static PRIVATE lince_warnings)
endfunction()

lince_add_folder(earlier)
lince_add_folder(config PkgConfig::LINCE_INIH)
lince_add_folder(archive PkgConfig::LINCE_SHEETS)
lince_add_folder(statement PkgConfig::LINCE_SHEETS)
lince_add_folder(reconcile)
lince_add_folder(store/sql PkgConfig::LINCE_SQLITE)
target_include_directories(lince_store_sql PRIVATE ${LINCE_LIBPQ_INCLUDE_DIRS}) # loaded when a store on PostgreSQL is opened
lince_add_folder(store/states)
lince_add_folder(store/s3 PkgConfig::LINCE_CURL)
lince_add_folder(store/known lince_store_sql lince_store_states)
lince_add_folder(store lince_config lince_store_sql lince_store_states lince_store_s3 lince_store_known)
lince_add_folder(store/upkeep lince_store)
lince_add_folder(store/parties lince_store)
lince_add_folder(store/reconcile lince_store)
lince_add_folder(worker lince_config lince_archive lince_statement PkgConfig::LINCE_SECCOMP)
lince_add_folder(serve/state lince_config lince_store lince_store_upkeep lince_worker)
lince_add_folder(serve/courier lince_serve_state PkgConfig::LINCE_CURL)
lince_add_folder(serve/pool lince_serve_state)
lince_add_folder(serve/http lince_serve_pool PkgConfig::LINCE_MICROHTTPD PkgConfig::LINCE_GNUTLS)
lince_add_folder(serve/learn lince_serve_http)
lince_add_folder(serve/parties lince_serve_http lince_store_parties)
lince_add_folder(serve/reconcile lince_serve_http lince_store_reconcile lince_statement lince_reconcile)
lince_add_folder(serve/upkeep lince_serve_http)
lince_add_folder(serve/corrections lince_serve_http)
lince_add_folder(serve/v1 lince_serve_http lince_serve_courier lince_serve_reconcile lince_serve_upkeep
    lince_serve_corrections lince_serve_learn lince_serve_parties)
lince_add_folder(serve/legacy lince_serve_v1 lince_earlier)
lince_add_folder(serve/page lince_serve_http)
lince_add_folder(serve/admin lince_serve_http lince_serve_learn lince_store_parties)
lince_add_folder(serve lince_serve_admin lince_serve_page lince_serve_legacy)

# The assembler embeds these files; the compiler does not see them.
file(GLOB schemas CONFIGURE_DEPENDS src/store/*.sql)
set_source_files_properties(src/store/migration.c PROPERTIES OBJECT_DEPENDS "${schemas}")
file(GLOB_RECURSE page CONFIGURE_DEPENDS web/* third_party/web/*)
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
set(page_folder ${PROJECT_BINARY_DIR}/generated/page/files)
set(page_source ${PROJECT_BINARY_DIR}/generated/page/page_files.c)
add_custom_command(
    OUTPUT ${page_source}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/page ${page_folder}
    COMMAND ${CMAKE_COMMAND} -DPAGE=${page_folder} -DOUT=${page_source} -P ${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake
    DEPENDS ${page} ${PROJECT_SOURCE_DIR}/scripts/page ${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake
    VERBATIM)
target_sources(lince_serve_page PRIVATE ${page_source})
target_include_directories(lince_serve_page PRIVATE src)

# Messages that were stored are told in the reader's language by a table of all in both.
file(GLOB_RECURSE message_sources CONFIGURE_DEPENDS src/base/*.c src/image/*.c src/infer/*.c src/text/*.c src/fields/*.c
     src/engine/*.c src/output/*.c src/worker/*.c src/serve/pool/*.c src/serve/courier/*.c)
set(message_table ${PROJECT_BINARY_DIR}/generated/messages.c)
add_custom_command(
    OUTPUT ${message_table}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/messages ${message_table} ${message_sources}
    DEPENDS ${message_sources} ${PROJECT_SOURCE_DIR}/scripts/messages
    VERBATIM)
target_sources(lince_serve_http PRIVATE ${message_table})

# The API document is made from the tables of routes, the handlers and their descriptions.
file(GLOB_RECURSE described CONFIGURE_DEPENDS src/serve/*.c src/serve/v1/openapi/*.json)
set(openapi ${PROJECT_BINARY_DIR}/generated/openapi.json)
add_custom_command(
    OUTPUT ${openapi}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/openapi ${openapi}
    DEPENDS ${described} ${PROJECT_SOURCE_DIR}/src/serve/http/problem.h ${PROJECT_SOURCE_DIR}/scripts/openapi
            ${PROJECT_SOURCE_DIR}/docs/memory-report.schema.json
    VERBATIM)
set_source_files_properties(src/serve/v1/v1_about.c PROPERTIES OBJECT_DEPENDS ${openapi} COMPILE_DEFINITIONS OPENAPI_JSON="${openapi}")
target_sources(lince_serve_v1 PRIVATE ${openapi})

add_executable(lince_service src/serve/service_main.c)
set_target_properties(lince_service PROPERTIES OUTPUT_NAME lince-service)
target_link_libraries(lince_service PRIVATE lince_serve lince_warnings)
# lince_static links the models' runtime, which nothing here calls.
target_link_options(lince_service PRIVATE -Wl,--as-needed)
install(TARGETS lince_service RUNTIME DESTINATION ${CMAKE_INSTALL_LIBDIR}/lince)
