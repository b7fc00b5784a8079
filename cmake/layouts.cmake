# The built-in layouts, countries, kinds of pages and weights of doubt: embedded in the library, and installed for people to
# read and copy. SOURCE names the variable that gets the C file made of a folder.
function(lince_embed_folder folder array SOURCE)
    file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.json)
    set(source ${PROJECT_BINARY_DIR}/generated/${array}.c)
    add_custom_command(
        OUTPUT ${source}
        COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/${folder} -DOUT=${source} -DNAME=${array}
                -P ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
        DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_layouts.cmake
        VERBATIM)
    install(FILES ${files} DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/${folder})
    set(${SOURCE} ${source} PARENT_SCOPE)
endfunction()

lince_embed_folder(layouts layout_builtin LINCE_LAYOUTS_SOURCE)
lince_embed_folder(countries country_builtin LINCE_COUNTRIES_SOURCE)
lince_embed_folder(kinds kind_builtin LINCE_KINDS_SOURCE)
lince_embed_folder(doubt doubt_builtin LINCE_DOUBT_SOURCE)
