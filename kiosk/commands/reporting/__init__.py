"""What `report` writes: one page to print, rows for a spreadsheet, or JSON."""
