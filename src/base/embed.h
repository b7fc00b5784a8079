/*
 * embed.h - a file of the source tree as bytes of the program, put there by the assembler.
 *
 * The build has to name the file as a dependency (OBJECT_DEPENDS): the compiler does not see it.
 */
#ifndef LINCE_BASE_EMBED_H
#define LINCE_BASE_EMBED_H

/* Declares `symbol`, the file's first byte, and `symbol`_end, the one after its last, which is a zero. For file scope.
 */
#define EMBED(symbol, path)                                                                                            \
    extern const char(symbol)[], symbol##_end[];                                                                       \
    __asm__(".pushsection .rodata\n" #symbol ":\n.incbin \"" path "\"\n" #symbol "_end:\n.byte 0\n.popsection\n")

#endif
