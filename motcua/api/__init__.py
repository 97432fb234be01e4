"""REST over the same acts and looks as the pages: `/api/v1`, OpenAPI 3.1 at `/api/v1/openapi.json`."""
