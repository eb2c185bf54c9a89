"""The report at ``/report/``, for who has the agents' token."""
