"""Serve the empty page by Paritet's own launcher: only the script is another one."""

import sys
from pathlib import Path

from budgeting import settings

settings.ROOT = Path(__file__).parent

from budgeting import server  # noqa: E402

if __name__ == "__main__":
    sys.exit(server.main())
