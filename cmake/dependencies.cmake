# Everything that Lince borrows, gathered in one target.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
set(LINCE_PACKAGE_NAMES libjpeg libpng zlib libwebp libgif jansson libpcre2-8 libutf8proc libsodium xlsxwriter)
pkg_check_modules(LINCE_PACKAGES REQUIRED IMPORTED_TARGET ${LINCE_PACKAGE_NAMES})

# The program alone draws text, for `lince read --boxes`.
pkg_check_modules(LINCE_FREETYPE REQUIRED IMPORTED_TARGET freetype2)

# ONNX Runtime is fetched by scripts/setup into third_party/: the library from its wheel, the C header from Debian.
set(LINCE_RUNTIME ${PROJECT_SOURCE_DIR}/third_party/onnxruntime CACHE PATH "ONNX Runtime: include/ and lib/")
find_library(LINCE_ONNXRUNTIME NAMES onnxruntime PATHS ${LINCE_RUNTIME}/lib NO_DEFAULT_PATH REQUIRED)

add_library(lince_dependencies INTERFACE)
target_include_directories(lince_dependencies SYSTEM INTERFACE ${LINCE_RUNTIME}/include)
# The C++ library is the one that ONNX Runtime brings in; by file name, since no C++ compiler need be installed.
target_link_libraries(lince_dependencies INTERFACE
    PkgConfig::LINCE_PACKAGES ${LINCE_ONNXRUNTIME} -l:libstdc++.so.6 Threads::Threads m)
