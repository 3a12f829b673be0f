"""Fixtures that tests of several packages share: a server for all of them, started once."""

from servers import postgres_server, postgres_url, spark_session

__all__ = ["postgres_server", "postgres_url", "spark_session"]
