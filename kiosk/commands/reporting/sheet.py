"""How the page of a report looks, on a screen and on A4."""

STYLE = """
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { font: 10pt/1.45 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  color: #1d2b27; max-width: 182mm; margin: 8mm auto; padding: 0 3mm }
h1 { font-size: 18pt; margin: 0 } h2 { font-size: 12pt; margin: 7mm 0 2mm }
p { margin: 1mm 0 } .quiet { color: #4d5f59; font-size: 9pt }
header { border-bottom: 2px solid #1d2b27; padding-bottom: 3mm }
section { break-inside: avoid }
dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; margin: 5mm 0 0 }
dl div { border: 1px solid #5f7d73; border-radius: 1.5mm; padding: 2mm 3mm }
dt { font-size: 9pt; color: #4d5f59 } dd { margin: 0; font-size: 15pt; font-weight: 600 }
dd small { display: block; font-size: 8.5pt; font-weight: 400; color: #4d5f59 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: right; padding: .8mm 1.5mm; border-bottom: 1px solid #c9d5d0;
  white-space: nowrap; font-variant-numeric: tabular-nums }
th { font-size: 8.5pt; vertical-align: bottom; font-weight: 600; white-space: normal }
td:first-child, th:first-child { text-align: left; white-space: normal }
td:last-child, th:last-child { padding-right: 0; width: 70mm }
tr { break-inside: avoid } thead { display: table-header-group }
svg { display: block; width: 100%; height: auto; font: 11px system-ui, sans-serif }
td svg, th svg { width: 68mm }
@media print { body { margin: 0; padding: 0; max-width: none } }
"""
