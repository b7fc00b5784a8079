# Run with cmake -P: writes OUT, a C file that embeds every file of the web page, each as it is and compressed: those of
# OWN and of OTHERS. A file's name is its path below its folder. page.html is apart: the service writes its first lines.
cmake_policy(VERSION 3.25)
set(assembly "")
set(entries "")
set(count 0)
get_filename_component(work ${OUT} DIRECTORY)
foreach(folder ${OWN} ${OTHERS})
    file(GLOB_RECURSE files RELATIVE ${folder} ${folder}/*.js ${folder}/*.css ${folder}/*.svg)
    list(SORT files)
    foreach(file IN LISTS files)
        set(packed ${work}/page_${count}.gz)
        execute_process(COMMAND gzip -9nc ${folder}/${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
        file(SHA256 ${folder}/${file} sum)
        string(SUBSTRING ${sum} 0 16 tag)
        string(APPEND assembly "EMBED(page_${count}, \"${folder}/${file}\");\nEMBED(packed_${count}, \"${packed}\");\n")
        string(APPEND entries "    {\"${file}\", \"\\\"${tag}\\\"\", page_${count}, page_${count}_end, packed_${count}, packed_${count}_end},\n")
        math(EXPR count "${count} + 1")
    endforeach()
endforeach()
file(WRITE ${OUT} "/* Made from web/ and third_party/web/ by cmake/embed_page.cmake. */
#include \"base/embed.h\"
#include \"serve/page/page_file.h\"

${assembly}
EMBED(page_html, \"${OWN}/page.html\");

const struct page_file page_files[] = {\n${entries}};
const size_t page_file_count = ${count};
const struct page_file page_document = {\"page.html\", \"\", page_html, page_html_end, 0, 0};
")
