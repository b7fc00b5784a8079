# The built-in layouts, countries, kinds of pages and weights of doubt: embedded in the library, and installed for people to read and copy.
file(GLOB LINCE_LAYOUTS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/layouts/*.json)
file(GLOB LINCE_COUNTRIES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/countries/*.json)
file(GLOB LINCE_KINDS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/kinds/*.json)
file(GLOB LINCE_DOUBT CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/doubt/*.json)
set(LINCE_LAYOUTS_SOURCE ${PROJECT_BINARY_DIR}/generated/layout_builtin.c)
set(LINCE_COUNTRIES_SOURCE ${PROJECT_BINARY_DIR}/generated/country_builtin.c)
set(LINCE_KINDS_SOURCE ${PROJECT_BINARY_DIR}/generated/kind_builtin.c)
set(LINCE_DOUBT_SOURCE ${PROJECT_BINARY_DIR}/generated/doubt_builtin.c)
add_custom_command(
    OUTPUT ${LINCE_LAYOUTS_SOURCE}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/layouts -DOUT=${LINCE_LAYOUTS_SOURCE} -DNAME=layout_builtin
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    DEPENDS ${LINCE_LAYOUTS} ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    VERBATIM)
add_custom_command(
    OUTPUT ${LINCE_COUNTRIES_SOURCE}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/countries -DOUT=${LINCE_COUNTRIES_SOURCE}
            -DNAME=country_builtin -P ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    DEPENDS ${LINCE_COUNTRIES} ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    VERBATIM)
add_custom_command(
    OUTPUT ${LINCE_KINDS_SOURCE}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/kinds -DOUT=${LINCE_KINDS_SOURCE} -DNAME=kind_builtin
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    DEPENDS ${LINCE_KINDS} ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    VERBATIM)
add_custom_command(
    OUTPUT ${LINCE_DOUBT_SOURCE}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/doubt -DOUT=${LINCE_DOUBT_SOURCE} -DNAME=doubt_builtin
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    DEPENDS ${LINCE_DOUBT} ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
    VERBATIM)
install(FILES ${LINCE_LAYOUTS} DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/layouts)
install(FILES ${LINCE_COUNTRIES} DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/countries)
install(FILES ${LINCE_KINDS} DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/kinds)
install(FILES ${LINCE_DOUBT} DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/doubt)
