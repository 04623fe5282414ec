"""For the people who run the server: the numbers of people in time slots, set to those of the registrations."""

from django.core.management.base import BaseCommand
from django.db import transaction

from registrations.seats import counters
from sessions.models import Occurrence


class Command(BaseCommand):
    help = "Count the people in each time slot anew and correct the numbers that are wrong; needs no pause."

    @transaction.atomic
    def handle(self, **options):
        corrected = counters.count_anew(Occurrence.objects.all())
        self.stdout.write(f"{corrected} time slots had a wrong number of people.")
