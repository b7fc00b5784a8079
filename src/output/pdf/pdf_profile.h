/* pdf_profile.h - the colour space sRGB as an ICC profile (ICC.1:2001-04), which PDF/A requires. */
#ifndef LINCE_OUTPUT_PDF_PDF_PROFILE_H
#define LINCE_OUTPUT_PDF_PDF_PROFILE_H

struct buffer;

/* Appends the dictionary and the stream of the profile. */
void pdf_profile_append(struct buffer *buffer);

#endif
