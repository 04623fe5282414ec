from django.shortcuts import render
from django.urls import path

from bench.bare.models import Talk


def talks(request):
    return render(request, "bare/talks.html", {"talks": Talk.objects.order_by("starts_at")})


urlpatterns = [path("", talks)]
