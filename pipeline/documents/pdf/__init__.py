"""The bytes of a PDF with a text layer in, a draft out: letters, lines, columns, paragraphs.

``letters`` asks PDFium what stands where; ``layout`` makes lines of it in reading order, without
what stands on every page; ``paragraphs`` puts the lines together; ``reader`` says what each is.
"""

from pipeline.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
