from django.db import models


class Talk(models.Model):
    title = models.CharField(max_length=300)
    speaker = models.CharField(max_length=200)
    starts_at = models.DateTimeField()

    def __str__(self):
        return self.title
