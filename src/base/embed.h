/*
 * embed.h - embeds a file of the source tree in the program through the assembler.
 *
 * The compiler does not see the file, so the build must name it as a dependency (OBJECT_DEPENDS).
 */
#ifndef LINCE_BASE_EMBED_H
#define LINCE_BASE_EMBED_H

/* Declares `symbol`, the file's first byte, and `symbol`_end, the zero byte after its last. For file scope. */
#define EMBED(symbol, path)                                                                                            \
    extern const char(symbol)[], symbol##_end[];                                                                       \
    __asm__(".pushsection .rodata\n" #symbol ":\n.incbin \"" path "\"\n" #symbol "_end:\n.byte 0\n.popsection\n")

#endif
