# The manual pages, which the program writes from its tables of options.
foreach(language IN ITEMS en es)
    set(folder ${PROJECT_BINARY_DIR}/man/${language}/man1)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(OUTPUT ${folder}/lince.1
        COMMAND ${CMAKE_COMMAND} -E env LINCE_LANG=${language} $<TARGET_FILE:lince_program> help --man > ${folder}/lince.1
        DEPENDS lince_program VERBATIM)
    list(APPEND LINCE_MANUALS ${folder}/lince.1)
endforeach()
add_custom_target(lince_manual ALL DEPENDS ${LINCE_MANUALS})
install(FILES ${PROJECT_BINARY_DIR}/man/en/man1/lince.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_BINARY_DIR}/man/es/man1/lince.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/es/man1)
