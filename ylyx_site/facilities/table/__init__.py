"""A register as a file: xlsx or CSV in, typed rows and what is wrong with the others out."""

from ylyx_site.facilities.table.row import Problem, read_division, read_row
from ylyx_site.facilities.table.sheet import BadFile, SheetRow, read_sheet

__all__ = ["BadFile", "Problem", "SheetRow", "read_division", "read_row", "read_sheet"]
