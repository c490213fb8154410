"""The launcher: an ASGI application around ``app.py``, warm before its first visitor.

``python -m budgeting.server`` starts it with the settings of the installation; any ASGI server can
run ``budgeting.server:app`` instead.
"""

import errno
import gc
import json
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from importlib import import_module
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import streamlit as st
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime import runtime as sending
from streamlit.web.bootstrap import load_config_options

from budgeting import __version__, channel
from budgeting.errors import BudgetingError
from budgeting.meetings.joining import COOKIE
from budgeting.model import text
from budgeting.settings import ROOT, Settings, settings
from budgeting.store import Store

if TYPE_CHECKING:
    from budgeting.ui.ahead import Ahead

LOG = logging.getLogger(__name__)

# pandas comes before altair: a page that imports altair while another thread is still importing
# pandas finds half a module.
WARM_IMPORTS = (
    *("pandas", "altair", "pyarrow", "duckdb", "babel.numbers", "babel.dates"),
    *("pyarrow.acero", "budgeting.imports.stored.acceptance"),  # a first file would wait for them
    "pandas.io.formats.style",  # a first table with sums would
)

# Seconds that Streamlit rests each time it has sent something. Its own five thousandths would make of
# a click that is drawn in six milliseconds one that is seen after ten: docs/decisions/0027-sending.md.
REST_AFTER_SENDING = ("MESSAGE_FLUSH_INTERVAL_SECS", 0.002)

# Vega compiles expressions ('unsafe-eval'); Streamlit's page carries one inline script and styles
# its parts inline; downloads and images are blobs.
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "connect-src 'self' ws: wss: data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    ),
}
LOOPBACK = ("127.0.0.1", "::1", "localhost")
BACKLOG = 2048
PING_SECONDS = 30
GRACE_SECONDS = 3  # open connections may take this long to end at shutdown


class SecurityHeaders:
    """Middleware that adds `SECURITY_HEADERS` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers where the answer starts."""
        if scope["type"] != "http":  # every message of a websocket would go through here
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class GuestCookie:
    """Middleware that gives a browser at the door of a meeting a secret, so that it stays one guest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the cookie where the page of guests is asked for without it."""
        if scope["type"] != "http" or scope["path"].rstrip("/") != "/meeting":
            await self.app(scope, receive, send)
            return
        if COOKIE in Request(scope).cookies:
            await self.app(scope, receive, send)
            return
        cookie = f"{COOKIE}={token_urlsafe(16)}; Path=/; HttpOnly; SameSite=Lax"
        if scope["scheme"] == "https":
            cookie += "; Secure"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def health(_request: Request) -> JSONResponse:
    """Answer ``/healthz``: 200 and the data version while the store answers, else 503."""
    answer: dict[str, str | int] = {"status": "ok", "version": __version__}
    status = 200
    try:
        store = _store()
        store.query("audit_head")
        answer["data_version"] = store.data_version
    except Exception:
        LOG.exception("the store does not answer")
        answer["status"], status = "unavailable", 503
    return JSONResponse(answer, status, headers={"Cache-Control": "no-store"})


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up, take commands while the server runs, and leave the database closed."""
    for name in WARM_IMPORTS:
        import_module(name)
    setattr(sending, *REST_AFTER_SENDING)
    with closing(_store()) as store, closing(channel.serve(store)):
        await _run_first_page()
        _ask_first_questions()
        gc.collect()
        gc.freeze()  # what is there now stays: collections need not look at it again
        with closing(_ahead()):
            yield


def _store() -> Store:
    """Return the process's store; imported here because what the pages share wants a launcher."""
    from budgeting.ui.session import open_store  # noqa: PLC0415

    return open_store()


def _ahead() -> "Ahead":
    """Return what finds out in quiet moments what the next clicks ask for, started."""
    from budgeting.ui.ahead import AHEAD  # noqa: PLC0415

    AHEAD.start()
    return AHEAD


async def _run_first_page() -> None:
    """Run the first page without a browser: the first visitor waits no longer than the second."""
    ok, reason = await runtime.get_instance().does_script_run_without_error()
    if not ok:
        LOG.warning("the first page did not run at startup: %s", reason)


def _ask_first_questions() -> None:
    """Fill the caches with what the explorer's first visitor asks."""
    from budgeting.ui.explorer_parts import warm_up  # noqa: PLC0415

    try:
        warm_up()
    except Exception:
        LOG.exception("the explorer was not warmed up")


app = st.App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[Route("/healthz", health)],
    middleware=[Middleware(SecurityHeaders), Middleware(GuestCookie)],
)


class _Server(uvicorn.Server):
    """Server that says where it is, once it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Paritet is ready: {_url(settings())}  (Ctrl-C ends it)", flush=True)


def main() -> int:
    """Serve until SIGINT or SIGTERM; return the exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _serve(settings())
    except BudgetingError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # the server has shut down by then and hands the signal on
        return 0
    return 0


def _serve(chosen: Settings) -> None:
    load_config_options(
        {
            "server.address": chosen.address,
            "server.port": chosen.port,
            "server.maxUploadSize": chosen.upload_limit_mb,
            **trusted_header(chosen),
        }
    )
    warn_if_open(chosen)
    with closing(_listen(chosen)) as listener:
        _store()  # a database that cannot be opened is told before the server starts
        _Server(_uvicorn_config()).run(sockets=[listener])


def trusted_header(chosen: Settings) -> dict[str, str]:
    """Return the option by which Streamlit takes the person's name from the proxy's header."""
    if chosen.sign_in != "header":
        return {}
    return {"server.trustedUserHeaders": json.dumps({chosen.header: "email"})}


def warn_if_open(chosen: Settings) -> None:
    """Log a warning where whoever reaches the machine over the network is its administrator."""
    if chosen.sign_in == "none" and chosen.address not in LOOPBACK:
        LOG.warning(
            "Paritet listens at %s and nobody signs in: whoever reaches it may change everything. "
            "Set PARITET_SIGN_IN, or let a proxy in front of it ask for a password.",
            chosen.address,
        )


def _listen(chosen: Settings) -> socket.socket:
    """Return a socket that listens already: who comes during the warm-up waits, and is answered."""
    family = socket.AF_INET6 if ":" in chosen.address else socket.AF_INET
    try:
        return socket.create_server((chosen.address, chosen.port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise _why_not_listen(chosen, error) from error


def _why_not_listen(chosen: Settings, error: OSError) -> BudgetingError:
    if error.errno == errno.EADDRINUSE:
        message = text(
            "Port {port} is taken, perhaps by a Paritet that runs already. "
            "Choose another port, for example: PARITET_PORT={other}.",
            port=str(chosen.port),
            other=str(chosen.port + 1),
        )
    else:
        message = text(
            "Paritet cannot listen at {address}, port {port} ({reason}). "
            "Set PARITET_ADDRESS and PARITET_PORT to what this machine may use.",
            address=chosen.address,
            port=str(chosen.port),
            reason=error.strerror or str(error),
        )
    return BudgetingError(message)


def _uvicorn_config() -> uvicorn.Config:
    """Return what Streamlit's own launcher gives uvicorn, quieter, and with an end to waiting."""
    return uvicorn.Config(
        app,
        lifespan="on",
        ws="websockets-sansio",
        ws_max_size=st.get_option("server.maxMessageSize") * 1_000_000,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _url(chosen: Settings) -> str:
    host = "localhost" if chosen.address in ("0.0.0.0", "::") else chosen.address
    return f"http://[{host}]:{chosen.port}" if ":" in host else f"http://{host}:{chosen.port}"


if __name__ == "__main__":
    sys.exit(main())
