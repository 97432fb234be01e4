"""What every face shares: the page of components, error pages, log-in page."""
