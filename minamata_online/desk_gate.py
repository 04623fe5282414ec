from django.contrib.auth.views import redirect_to_login
from django.urls import reverse

LOOKING = ("GET", "HEAD", "OPTIONS")


class DeskGate:
    """What strangers send to the staff's desk is not read: it may be large, and come so slowly that a thread waits.

    Stands before the check for CSRF, which reads forms; everybody's other forms are small and come whole from the proxy
    (deploy/Caddyfile).
    """

    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        is_for_desk = request.path.startswith(reverse("admin:index")) and request.method not in LOOKING
        if is_for_desk and not request.user.is_staff:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return self._get_response(request)
