"""What a page may ask of the browser's devices (nothing, save a security key for staff), and who may load our pages."""

DENIED = ["camera", "microphone", "geolocation", "payment", "usb", "display-capture"]
POLICIES = {
    "Permissions-Policy": ", ".join([*(f"{feature}=()" for feature in DENIED), "publickey-credentials-get=(self)"]),
    # No page of others may load ours as a picture or script, to guess by it who reads; programs are no pages.
    "Cross-Origin-Resource-Policy": "same-origin",
}


class BrowserPolicies:
    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        response = self._get_response(request)
        for header, policy in POLICIES.items():
            response.headers.setdefault(header, policy)
        return response
