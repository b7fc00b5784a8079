# What `make install` installs, and where. An installed tree can be moved as a whole: its paths are relative.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Lince)

install(FILES include/lince.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS lince_static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS lince_shared EXPORT LinceTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT LinceTargets NAMESPACE Lince:: DESTINATION ${package_folder})

if(TARGET lince_program)
    file(RELATIVE_PATH to_libraries /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR}/lince)
    set_target_properties(lince_program PROPERTIES INSTALL_RPATH "$ORIGIN/${to_libraries}")
    install(TARGETS lince_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

# ONNX Runtime goes to a separate folder, where no other program finds it by accident.
file(REAL_PATH ${LINCE_ONNXRUNTIME} runtime_library)
install(PROGRAMS ${runtime_library} DESTINATION ${CMAKE_INSTALL_LIBDIR}/lince RENAME libonnxruntime.so.1)
install(FILES ${LINCE_RUNTIME}/LICENSE ${LINCE_RUNTIME}/ThirdPartyNotices.txt
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/onnxruntime)
install(PROGRAMS ${LINCE_PDFIUM}/lib/libpdfium.so DESTINATION ${CMAKE_INSTALL_LIBDIR}/lince)
install(PROGRAMS ${LINCE_ZXING}/lib/liblince-zxing.so DESTINATION ${CMAKE_INSTALL_LIBDIR}/lince)
install(FILES ${LINCE_ZXING}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR}/zxing)
install(DIRECTORY ${LINCE_PDFIUM}/licenses/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/pdfium)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY models/prepared/ DESTINATION ${CMAKE_INSTALL_DATADIR}/lince/models)

file(RELATIVE_PATH pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" pc_to_prefix ${pc_to_prefix})
list(JOIN LINCE_PACKAGE_NAMES " " pc_requires)
configure_file(cmake/lince.pc.in lince.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/lince.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

configure_package_config_file(cmake/LinceConfig.cmake.in LinceConfig.cmake
    INSTALL_DESTINATION ${package_folder} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(LinceConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/LinceConfig.cmake ${PROJECT_BINARY_DIR}/LinceConfigVersion.cmake
    DESTINATION ${package_folder})

# The unit contains the program's installed path, which is known only now.
install(CODE "set(template ${PROJECT_SOURCE_DIR}/cmake/lince.service.in)
set(unit ${PROJECT_BINARY_DIR}/lince.service)")
install(CODE [[configure_file(${template} ${unit} @ONLY)]])
install(FILES ${PROJECT_BINARY_DIR}/lince.service DESTINATION lib/systemd/system)
