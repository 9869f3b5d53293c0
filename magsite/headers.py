"""Headers that keep a page safe and that neither Django nor django-csp sends."""

SAFE_HEADERS = {
    # What says nothing of itself is asked for again: elsewhere it might be kept for as long as somebody there thinks right.
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
}


class SafeHeadersMiddleware:
    """Adds SAFE_HEADERS to every response that doesn't set them itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in SAFE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
