"""Files of the current release as pages, and pages that follow the builds."""
