"""Listening to a page for everything that may not happen: errors in the console, refused policies, failed requests."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber}) ${event.sample}`);
});
"""


@dataclass
class Watch:
    """What went wrong in the pages of one context, and every request they made. `allowed`: parts of problems that are meant."""

    origin: str
    allowed: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        return [problem for problem in self.seen if not any(part in problem for part in self.allowed)]

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        context.on("requestfailed", self._note_failure)
        context.on("page", self._attend)

    def _attend(self, page: Page) -> None:
        page.on("crash", lambda crashed: self.seen.append(f"crash: {crashed.url}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"console: {message.text} ({message.location['url']})")

    def _note_request(self, request: Request) -> None:
        self.requests.append(request)
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.seen.append(f"foreign: {request.url}")

    def _note_response(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self.seen.append(f"status {response.status}: {response.url}")

    def _note_failure(self, request: Request) -> None:
        # The page itself takes a request back when a newer one replaces it, or when the reader goes on.
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"failed: {request.url} {request.failure}")
