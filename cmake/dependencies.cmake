# All libraries that Lince uses, as one target.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
set(LINCE_PACKAGE_NAMES libjpeg libpng zlib libwebp libgif jansson libpcre2-8 libutf8proc libsodium xlsxwriter)
pkg_check_modules(LINCE_PACKAGES REQUIRED IMPORTED_TARGET ${LINCE_PACKAGE_NAMES})

# Libraries that are loaded with the first file of their format: only their headers are used, nothing is linked.
# lince_loaded_library(NAME MODULE) defines LINCE_NAME_LIBRARY, the file for the loader.
add_library(lince_loaded INTERFACE)
function(lince_loaded_library name module)
    pkg_check_modules(LINCE_${name} REQUIRED IMPORTED_TARGET GLOBAL ${module})
    list(GET LINCE_${name}_LIBRARIES 0 stem)
    find_library(LINCE_${name}_FILE NAMES ${stem} HINTS ${LINCE_${name}_LIBRARY_DIRS} REQUIRED)
    execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${LINCE_${name}_FILE} OUTPUT_VARIABLE parts COMMAND_ERROR_IS_FATAL ANY)
    if(NOT parts MATCHES "SONAME +([^ \n]+)")
        message(FATAL_ERROR "${LINCE_${name}_FILE} does not name itself")
    endif()
    target_compile_definitions(lince_loaded INTERFACE "LINCE_${name}_LIBRARY=\"${CMAKE_MATCH_1}\"")
    target_include_directories(lince_loaded SYSTEM INTERFACE ${LINCE_${name}_INCLUDE_DIRS})
endfunction()
lince_loaded_library(TIFF libtiff-4)
lince_loaded_library(HEIF libheif)
lince_loaded_library(JXL libjxl)
lince_loaded_library(OPENJPEG libopenjp2)

# PDFium is fetched by scripts/setup and loaded in the same way; programs of the build tree load it from third_party/.
set(LINCE_PDFIUM ${PROJECT_SOURCE_DIR}/third_party/pdfium CACHE PATH "PDFium: lib/ and licenses/")

# ZXing-C++ is compiled by scripts/setup, with its C interface (src/codes/zxing.h), and loaded in the same way.
set(LINCE_ZXING ${PROJECT_SOURCE_DIR}/third_party/zxing CACHE PATH "ZXing-C++: lib/ and LICENSE")
set(CMAKE_BUILD_RPATH ${LINCE_PDFIUM}/lib ${LINCE_ZXING}/lib)

# Only the program draws text, for `lince read --boxes`.
pkg_check_modules(LINCE_FREETYPE REQUIRED IMPORTED_TARGET freetype2)

# ONNX Runtime is fetched by scripts/setup into third_party/: the library from its wheel, the C header from Debian.
set(LINCE_RUNTIME ${PROJECT_SOURCE_DIR}/third_party/onnxruntime CACHE PATH "ONNX Runtime: include/ and lib/")
find_library(LINCE_ONNXRUNTIME NAMES onnxruntime PATHS ${LINCE_RUNTIME}/lib NO_DEFAULT_PATH REQUIRED)

add_library(lince_dependencies INTERFACE)
target_include_directories(lince_dependencies SYSTEM INTERFACE ${LINCE_RUNTIME}/include)
# The C++ library that ONNX Runtime uses, by file name: this project's own code is C.
target_link_libraries(lince_dependencies INTERFACE
    PkgConfig::LINCE_PACKAGES ${LINCE_ONNXRUNTIME} -l:libstdc++.so.6 Threads::Threads m)
