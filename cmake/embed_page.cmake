# Run with cmake -P: writes OUT, a C file that embeds every file of the web page, each as it is and compressed: those of
# OWN and of OTHERS. A file's name is its path below its folder. page.html is apart: the service writes its first lines,
# and here its line of kit.js becomes one for each module that the first view needs, so that the browser asks for all of
# them at once and not for each when another names it. A module that is only taken by import() is not among them.
# Its addresses hold the version, made of the tags of all files, so that the browser keeps the files until one changes.
cmake_policy(VERSION 3.25)
set(assembly "")
set(entries "")
set(preloads "")
set(tags "")
set(count 0)
file(GLOB_RECURSE own RELATIVE ${OWN} ${OWN}/*.js)
set(later "")
foreach(file IN LISTS own)
    file(READ ${OWN}/${file} text)
    string(REGEX MATCHALL "import\\('[^']+'\\)" taken "${text}")
    foreach(one IN LISTS taken)
        string(REGEX REPLACE "^import\\('(.+)'\\)$" "\\1" path ${one})
        get_filename_component(folder ${file} DIRECTORY)
        cmake_path(SET path NORMALIZE ${folder}/${path})
        list(APPEND later ${path})
    endforeach()
endforeach()
get_filename_component(work ${OUT} DIRECTORY)
foreach(folder ${OWN} ${OTHERS})
    file(GLOB_RECURSE files RELATIVE ${folder} ${folder}/*.js ${folder}/*.css ${folder}/*.svg)
    list(SORT files)
    foreach(file IN LISTS files)
        set(packed ${work}/page_${count}.gz)
        execute_process(COMMAND gzip -9nc ${folder}/${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
        file(SHA256 ${folder}/${file} sum)
        string(SUBSTRING ${sum} 0 16 tag)
        string(APPEND tags ${tag})
        string(APPEND assembly "EMBED(page_${count}, \"${folder}/${file}\");\nEMBED(packed_${count}, \"${packed}\");\n")
        string(APPEND entries "    {\"${file}\", \"\\\"${tag}\\\"\", page_${count}, page_${count}_end, packed_${count}, packed_${count}_end},\n")
        if(file MATCHES "\\.js$" AND NOT file IN_LIST later)
            string(APPEND preloads "<link rel=\"modulepreload\" href=\"page/${file}\">\n")
        endif()
        math(EXPR count "${count} + 1")
    endforeach()
endforeach()
set(one_preload "<link rel=\"modulepreload\" href=\"page/kit/kit.js\">\n")
file(READ ${OWN}/page.html document)
string(FIND "${document}" "${one_preload}" place)
if(place EQUAL -1)
    message(FATAL_ERROR "page.html lacks the line that becomes the list of modules: ${one_preload}")
endif()
string(REPLACE "${one_preload}" "${preloads}" document "${document}")
string(SHA256 version ${tags})
string(SUBSTRING ${version} 0 16 version)
string(REPLACE "=\"page/" "=\"page/${version}/" document "${document}")
file(WRITE ${work}/page.html "${document}")
file(WRITE ${OUT} "/* Made from web/ and third_party/web/ by cmake/embed_page.cmake. */
#include \"base/embed.h\"
#include \"serve/page/page_file.h\"

${assembly}
EMBED(page_html, \"${work}/page.html\");

const struct page_file page_files[] = {\n${entries}};
const size_t page_file_count = ${count};
const char page_version[] = \"${version}\";
const struct page_file page_document = {\"page.html\", \"\", page_html, page_html_end, 0, 0};
")
