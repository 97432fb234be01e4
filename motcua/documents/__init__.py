"""Files, scans and official papers."""
