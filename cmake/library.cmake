# The static and the shared library, versioned, and the files with which a program finds them.
set(LINCE_ABI 0) # incremented by a release that breaks programs built before it

add_library(lince_shared SHARED ${LINCE_OBJECTS})
set_target_properties(lince_shared PROPERTIES
    OUTPUT_NAME lince VERSION ${PROJECT_VERSION} SOVERSION ${LINCE_ABI} EXPORT_NAME lince
    INSTALL_RPATH "$ORIGIN/lince")
target_include_directories(lince_shared INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(lince_shared PRIVATE $<BUILD_INTERFACE:lince_dependencies>)
if(NOT LINCE_SANITIZER)
    target_link_options(lince_shared PRIVATE -Wl,--no-undefined)
endif()

# Programs in the build tree find the models in ../share/lince/models, as installed ones do.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/../share/lince)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/models/prepared ${PROJECT_BINARY_DIR}/../share/lince/models SYMBOLIC)
