"""A map as a file: pages, a picture, slides, a workbook. Each is made from a Sheet."""
