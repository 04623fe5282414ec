"""What a page may ask of the browser's devices: nothing, save a security key for staff."""

DENIED = ["camera", "microphone", "geolocation", "payment", "usb", "display-capture"]
POLICY = ", ".join([*(f"{feature}=()" for feature in DENIED), "publickey-credentials-get=(self)"])


class PermissionsPolicy:
    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        response = self._get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
