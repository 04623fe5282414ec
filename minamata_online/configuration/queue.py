"""How long a process waits for the broker, and the broker for a task that a worker has taken; all in seconds."""

TRANSPORT = {
    "visibility_timeout": 120,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
# A sign-up waits for it some milliseconds only; beat has the row found later.
WHEN_THE_BROKER_IS_AWAY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
