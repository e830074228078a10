"""One frozen report object in, SVG, HTML and PDF bytes out. Knows neither Qt nor the store."""
