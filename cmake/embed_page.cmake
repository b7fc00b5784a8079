# Run with cmake -P: writes OUT, a C file that embeds every file of the folder PAGE, which scripts/page made, each as it
# is and compressed. page.html is apart: the service writes its first lines. Its addresses hold the version, made of the
# tags of all files, so that the browser keeps the files until one changes.
cmake_policy(VERSION 3.25)
set(assembly "")
set(entries "")
set(tags "")
set(count 0)
get_filename_component(work ${OUT} DIRECTORY)
file(GLOB files RELATIVE ${PAGE} ${PAGE}/*.js ${PAGE}/*.css ${PAGE}/*.svg)
list(SORT files)
foreach(file IN LISTS files)
    set(packed ${work}/page_${count}.gz)
    execute_process(COMMAND gzip -9nc ${PAGE}/${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
    file(SHA256 ${PAGE}/${file} sum)
    string(SUBSTRING ${sum} 0 16 tag)
    string(APPEND tags ${tag})
    string(APPEND assembly "EMBED(page_${count}, \"${PAGE}/${file}\");\nEMBED(packed_${count}, \"${packed}\");\n")
    string(APPEND entries "    {\"${file}\", \"\\\"${tag}\\\"\", page_${count}, page_${count}_end, packed_${count}, packed_${count}_end},\n")
    math(EXPR count "${count} + 1")
endforeach()
file(READ ${PAGE}/page.html document)
string(SHA256 version ${tags})
string(SUBSTRING ${version} 0 16 version)
string(REPLACE "=\"page/" "=\"page/${version}/" document "${document}")
file(WRITE ${work}/page.html "${document}")
file(WRITE ${OUT} "/* Made from web/ and third_party/web/ by scripts/page and cmake/embed_page.cmake. */
#include \"base/embed.h\"
#include \"serve/page/page_file.h\"

${assembly}
EMBED(page_html, \"${work}/page.html\");

const struct page_file page_files[] = {\n${entries}};
const size_t page_file_count = ${count};
const char page_version[] = \"${version}\";
const struct page_file page_document = {\"page.html\", \"\", page_html, page_html_end, 0, 0};
")
