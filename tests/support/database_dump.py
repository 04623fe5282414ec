"""All that is stored, so that a test can say that nothing changed."""

from django.apps import apps


def whole_database(*, without=()) -> dict[str, list]:
    """Every row of every table, those between two models included; `without` names models by their label."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in without]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}
