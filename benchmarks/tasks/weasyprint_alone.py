"""WeasyPrint alone on the report's own HTML, with the options that make the PDF archivable."""

import sys

import weasyprint

weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a")
