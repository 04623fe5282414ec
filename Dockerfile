# Read more, and what of it was tried without a Docker engine, in docs/deploy.md.
FROM python:3.11.14-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media

WORKDIR /srv/app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY gunicorn.conf.py ./
COPY manage.py ./
COPY minamata_online minamata_online
COPY sessions sessions
COPY registrations registrations
COPY static static
COPY templates templates
COPY locale locale
# The handbook, which the staff's desk shows.
COPY docs/handbook docs/handbook

# Compiled once: nobody may write here later, and every start and every health check would compile what it imports.
# The two values are for the second command only: the settings want them, collectstatic does not use them.
RUN python -m compileall -q minamata_online sessions registrations && \
    SECRET_KEY=unused SITE_URL=http://localhost python manage.py collectstatic --no-input

# A new volume at one of these folders takes its owner over; the program itself belongs to root and stays as it is.
RUN useradd --system --uid 10001 --no-create-home app && chown -R app /srv/static && install --directory --owner app /srv/media
USER app

EXPOSE 8000
# The heartbeat files of gunicorn belong in memory: on a slow disk a worker would be taken for dead.
CMD ["gunicorn", "minamata_online.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--forwarder-headers", "", \
     "--access-logfile", "-", "--logger-class", "minamata_online.monitoring.access_log.AccessLog"]
