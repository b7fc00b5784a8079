# The built-in layouts: embedded in the library, and installed for people to read and copy.
file(GLOB LINCE_LAYOUTS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/layouts/*.json)
set(LINCE_LAYOUTS_SOURCE ${PROJECT_BINARY_DIR}/generated/layout_builtin.c)
add_custom_command(
    OUTPUT ${LINCE_LAYOUTS_SOURCE}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/layouts -DOUT=${LINCE_LAYOUTS_SOURCE}
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    DEPENDS ${LINCE_LAYOUTS} ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    VERBATIM)
install(FILES ${LINCE_LAYOUTS} DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/layouts)
